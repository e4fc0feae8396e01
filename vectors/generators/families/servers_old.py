"""What servers kept of their users with one fast digest: RabbitMQ, CouchDB, Mosquitto, MediaWiki; and MediaWiki's PBKDF2 over that."""

from families.digests import alternating, fields
from families.pbkdf2_rows import ALGORITHMS, HEX_SALTS, LENGTH, RAW_SALTS, ROUNDS, same
from fields import Base64, Hex, Layout, Packed, Text, Word
from write import PASSWORDS, Hasher, as_bytes, fixed_bytes, password_flags

TEXTS = [index for index, entry in enumerate(PASSWORDS) if "passwordHex" not in entry]
BY_LENGTH = {16: "md5", 32: "sha256", 64: "sha512"}
MD5_SALTS = ["838c83e1", "1", "7fffffff", "seasalt", "0a1b2c3d", "42"]
KINDS = ["sha512", "sha256", "sha1", "sha512", "md5", "sha384"]


def plain(password):
    return password


def flags(password, digest):
    return password_flags(password)


def rabbitmq():
    def algorithm_of(found):
        return BY_LENGTH.get(len(found["checksum"]), "sha256") if "checksum" in found else found.get("algorithm", "sha256")

    def values(shift):
        return lambda index, entry: {
            "algorithm": ["sha256", "sha512", "sha256", "md5"][(index + shift) // 2 % 4],
            "salt": fixed_bytes(f"rabbitmq {index} {shift}", 4),
        }

    return Hasher(
        "rabbitmq",
        Packed("", lambda data: {"salt": data[:4], "checksum": data[4:]}, Hex("salt", 4), Hex("checksum", 16, longer=True)),
        ["rabbitmq", "openssl"],
        inner=("digest", plain, ""),
        parameters=lambda found: {"algorithm": algorithm_of(found), "before": found["salt"]},
        flags=flags,
        matrix=alternating("rabbitmq", "openssl", values),
        draw=lambda random: {"algorithm": random.choice([*BY_LENGTH.values()]), "salt": random.randbytes(4)},
    )


def mosquitto():
    def values(shift):
        return lambda index, entry: {"salt": fixed_bytes(f"mosquitto {index} {shift}", 12)}

    return Hasher(
        "sha512_mosquitto",
        Layout("$6${salt}${checksum}", Base64("salt", 12), Base64("checksum", 64)),
        ["mosquitto", "openssl", "php"],
        inner=("digest", plain, ""),
        parameters=lambda found: {"algorithm": "sha512", "after": found["salt"]},
        flags=flags,
        matrix=alternating("openssl", "php", values),
        draw=lambda random: {"salt": random.randbytes(12)},
    )


class OldMediaWiki(Layout):
    """Where there is no salt, no field stands for it."""

    def split(self, digest):
        _, type, *parts = digest.split(":")
        return {"type": type, "salt": ":".join(parts[:-1]), "checksum": parts[-1]}

    def put(self, digest, **texts):
        return self.join({**self.split(digest), **texts})

    def write(self, found):
        return self.join({name: field.encode(found[name]) for name, field in self.fields.items()})

    def join(self, texts):
        salt = texts["salt"] and texts["salt"] + ":"
        return f":{texts['type']}:{salt}{texts['checksum']}"


def old_mediawiki():
    layout = OldMediaWiki(":{type}:{salt}:{checksum}", Word("type", {"A": "A", "B": "B"}), Text("salt"), Hex("checksum", 16, strict=True))
    layout.prefix = ":B:"

    def setting(found):
        return {"setting": layout.join({"type": found["type"], "salt": found["salt"], "checksum": ""})}

    def values(shift):
        return lambda index, entry: {"type": "BA"[index // 2 % 2], "salt": ["", *MD5_SALTS][(index + shift) % 7] if index // 2 % 2 else MD5_SALTS[(index + shift) % 6]}

    return Hasher(
        "md5_mediawiki",
        layout,
        ["mediawiki", "python"],
        parameters=setting,
        flags=flags,
        matrix=alternating("mediawiki", "python", values),
        draw=lambda random: {"type": random.choice("AB"), "salt": random.randbytes(4).hex()},
    )


def layered_mediawiki():
    layout = Layout(
        ":pbkdf2-legacy{type}:!{algorithm}:{iterations}:{keyLength}!{innerSalt}!{salt}!{checksum}",
        *(Word("type", {"A": "A", "B": "B"}), Word("algorithm", same("sha1", "md5", "sha256", "sha512", "sha224", "sha384"))),
        *(ROUNDS, LENGTH, Text("innerSalt", "salt of MD5"), Base64("salt", 1, longer=True), Base64("checksum", 16, longer=True)),
    )

    def setting(found):
        checksum = {"checksum": b"", **{name: found[name] for name in layout.fields if name != "checksum"}}
        return {"setting": layout.write(checksum)}

    def made(index, shift):
        type, algorithm = "BA"[index // 2 % 2], KINDS[(index + shift) % 6]
        inner = "" if type == "A" and index % 3 else MD5_SALTS[(index + shift) % 6]
        numbers = {"iterations": [1, 2, 10, 100, 1000][(index + shift) % 5], "keyLength": ALGORITHMS[algorithm]}
        return {"type": type, "algorithm": algorithm, **numbers, "innerSalt": inner, "salt": RAW_SALTS[(index + shift) % 6]}

    return Hasher(
        "pbkdf2_mediawiki_md5",
        layout,
        ["mediawiki", "python"],
        parameters=setting,
        flags=flags,
        matrix=alternating("mediawiki", "python", lambda shift: lambda index, entry: made(index, shift)),
        draw=lambda random: made(random.randrange(1000), 0),
    )


HASHERS = [
    rabbitmq(),
    fields(
        "sha1_couchdb",
        "-hashed-{checksum},{salt}",
        Hex("checksum", 20, strict=True),
        [],
        "openssl",
        lambda _, salt: {"algorithm": "sha1", "after": salt},
        salts=HEX_SALTS,
    ),
    mosquitto(),
    old_mediawiki(),
    layered_mediawiki(),
]
