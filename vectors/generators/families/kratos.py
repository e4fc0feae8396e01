"""What Ory Kratos and Zitadel's passwap import: one digest of a template, or of a salt before or behind the password; HMAC with its key."""

import base64

from families.digests import SIZES, TEXT_SALTS, alternating, flagged
from fields import Base64, Layout, Text, Word
from write import PASSWORDS, Hasher, fixed_bytes

TEMPLATES = [b"{SALT}{PASSWORD}", b"{PASSWORD}{SALT}", b"{SALT}$${PASSWORD}", b"??static??{SALT}:{PASSWORD}:", b"{PASSWORD}{SALT}{PASSWORD}", b"{SALT}{PASSWORD}{SALT}"]
SALTS = [fixed_bytes(f"kratos salt {length}", length) for length in (8, 16, 5, 9, 1, 32)]
# Where base64 is padded, a key is no longer than a block: HMAC adds the NUL that another spelling holds.
KEYS = [fixed_bytes(f"kratos key {length}", length) for length in (32, 16, 5, 63, 66, 129)]
HMACS = {f"hmac-{name}": name for name in ("md4", *SIZES)}
HMAC_SIZES = {"md4": 16, **SIZES}


def plain(password):
    return password


class Md5(Layout):
    """Without a template there is no salt, and no field stands for them."""

    def split(self, digest):
        parts = digest.split("$")
        return {"template": parts[2][3:], "salt": parts[3], "checksum": parts[4]} if len(parts) == 5 else {"template": "", "salt": "", "checksum": parts[2]}

    def put(self, digest, **texts):
        return self.join({**self.split(digest), **texts}, "$pf=" in digest)

    def write(self, values):
        return self.join({name: field.encode(values[name]) for name, field in self.fields.items()}, bool(values["template"]))

    def join(self, texts, is_templated):
        template = f"pf={texts['template']}${texts['salt']}$" if is_templated else ""
        return f"$md5${template}{texts['checksum']}"


def templated(algorithm):
    layout = (Md5 if algorithm == "md5" else Layout)(
        f"${algorithm}$pf={{template}}${{salt}}${{checksum}}",
        *(Base64("template", 1, longer=True), Base64("salt", 0, longer=True), Base64("checksum", SIZES[algorithm])),
    )
    templates = [*TEMPLATES, b"", b""] if algorithm == "md5" else TEMPLATES

    def values(shift):
        def made(index, entry):
            template = templates[(index + shift) % len(templates)]
            return {"template": template, "salt": SALTS[(index // 2 + shift) % 6] if template else b""}

        return made

    return Hasher(
        f"{algorithm}_kratos",
        layout,
        ["python", "php"],
        inner=("template", plain, ""),
        parameters=lambda found: {"algorithm": algorithm, "template": found["template"] or b"{PASSWORD}", "salt": found["salt"]},
        flags=flagged(True),
        matrix=alternating("python", "php", values),
        draw=lambda random: {"template": random.choice(TEMPLATES), "salt": random.randbytes(random.randrange(24))},
    )


class Hmac(Layout):
    """The checksum is base64 of hexadecimal."""

    def read(self, digest):
        found = super().read(digest)
        return {**found, "checksum": bytes.fromhex(found["checksum"].decode())}

    def write(self, values):
        return super().write({**values, "checksum": values["checksum"].hex().encode()})


def hmac():
    layout = Hmac("${algorithm}${checksum}${key}", Word("algorithm", HMACS), Base64("checksum", 64), Base64("key", 0, longer=True))
    # Digests of all of its algorithms begin so.
    layout.prefix = "$hmac-sha256$"

    def values(shift):
        return lambda index, entry: {"algorithm": [*HMACS.values()][(index + shift) % 7], "key": KEYS[(index + shift) % 6]}

    return Hasher(
        "hmac_kratos",
        layout,
        ["openssl", "pycryptodome", "php"],
        inner=("hmac", plain, ""),
        parameters=lambda found: {"algorithm": found["algorithm"], "key": found["key"]},
        flags=flagged(True),
        matrix=[("php", [index for index in range(len(PASSWORDS)) if index % 2], values(3)), *by_algorithm(values(0))],
        draw=lambda random: {"algorithm": random.choice([*HMACS.values()]), "key": random.randbytes(random.randrange(24))},
    )


def by_algorithm(values):
    """MD4 is pycryptodome's, the others are OpenSSL's."""
    found = {index: values(place, PASSWORDS[index]) for place, index in enumerate(range(0, len(PASSWORDS), 2))}
    for system, is_md4 in (("openssl", False), ("pycryptodome", True)):
        chosen = [index for index, made in found.items() if (made["algorithm"] == "md4") is is_md4]
        yield system, chosen, lambda place, entry, chosen=chosen: found[chosen[place]]


def salted():
    def values(shift):
        return lambda index, entry: {"position": ["prefix", "suffix"][(index + shift) // 2 % 2], "salt": [*TEXT_SALTS, "c2FsdA=="][(index + shift) % 7]}

    return Hasher(
        "md5_passwap",
        Layout("$md5salted-{position}${salt}${checksum}", Word("position", {"prefix": "prefix", "suffix": "suffix"}), Text("salt"), Base64("checksum", 16)),
        ["openssl", "php"],
        inner=("digest", plain, ""),
        parameters=lambda found: {"algorithm": "md5", {"prefix": "before", "suffix": "after"}[found["position"]]: found["salt"].encode()},
        flags=flagged(True),
        matrix=alternating("openssl", "php", values),
        draw=lambda random: {"position": random.choice(["prefix", "suffix"]), "salt": base64.b64encode(random.randbytes(random.randrange(1, 16))).decode()},
    )


HASHERS = [*map(templated, ["md5", "sha1", "sha256", "sha512"]), hmac(), salted()]
