"""One digest of password and salt: LDAP's, which join digest and salt in base64; salt and digest between dollar signs; HMAC with the
salt as its key."""

import base64

from fields import Base64, Hex, Layout, Number, Text, Word
from write import PASSWORDS, Hasher, fixed_bytes, password_flags

SIZES = {"md5": 16, "sha1": 20, "sha224": 28, "sha256": 32, "sha384": 48, "sha512": 64}
# Algorithms of hashlib that Werkzeug alone writes.
FURTHER = ["sha3_224", "sha3_256", "sha3_384", "sha3_512", "sha512_224", "sha512_256", "ripemd160"]
TEXT_SALTS = ["seasalt", "kR8vQ2mXw0Lz", "T5hYcJ9pBn3Ds7Gf1VaEuK", "9", "0000000000000000", "xQeSaltForTests"]
BYTE_SALTS = [fixed_bytes(f"ldap salt {length}", length) for length in (4, 8, 16, 5, 12, 7)]


def salt_of(values):
    salt = values.get("salt", b"")
    return salt if isinstance(salt, bytes) else bytes.fromhex(salt)


class Ldap(Layout):
    """A tag, and base64 of the digest and the salt behind it."""

    def __init__(self, text, size):
        super().__init__(text + "{checksum}", Base64("checksum", size, title="payload", longer=True))
        self.size = size

    def read(self, digest):
        data = super().read(digest)["checksum"]
        return {"checksum": data[: self.size], "salt": data[self.size :]}

    def write(self, values):
        return super().write({"checksum": values["checksum"] + salt_of(values)})


def flagged(is_rule, hmac_size=0):
    def flags(password, digest):
        return [*password_flags(password), *(["Rule"] if is_rule else [])]

    return flags


def alternating(first, second, values, is_text=False):
    """Every other password for one system, the rest for the other; bytes that are no text only for the second."""
    chosen = [index for index, entry in enumerate(PASSWORDS) if index % 2 == 0 and not (is_text and "passwordHex" in entry)]
    others = [index for index in range(len(PASSWORDS)) if index not in chosen]
    return [(first, chosen, values(0)), (second, others, values(3))]


def ldap(name, algorithm, tag, salted, systems, maker="openssl"):
    def values(shift):
        return lambda index, entry: {"salt": BYTE_SALTS[(index + shift) % 6] if salted else b""}

    return Hasher(
        name,
        Ldap(tag, SIZES[algorithm]),
        [*systems, "openssl", "php"],
        inner=("digest", lambda password: password, ""),
        parameters=lambda found: {"algorithm": algorithm, "after": salt_of(found)},
        flags=flagged(not systems),
        matrix=alternating(maker, "php", values),
        draw=lambda random: {"salt": random.randbytes(random.randrange(1, 24)) if salted else b""},
    )


def fields(name, text, checksum, systems, maker, parameters, words=None, salts=TEXT_SALTS, readings=None):
    """Text with a salt that is text; `parameters(algorithm, salt)` for the systems."""
    known = list(words.values()) if words else [None]
    layout = Layout(text, *([Word("algorithm", words)] if words else []), Text("salt"), checksum)

    def values(shift):
        def made(index, entry):
            return {"algorithm": known[(index // 2 + shift) % len(known)], "salt": salts[(index + shift) % len(salts)]}

        return made

    def draw(random):
        letters = random.choices("abcXYZ0189", k=random.randrange(1, 24))
        return {"algorithm": random.choice(known), "salt": "".join(letters)}

    return Hasher(
        name,
        layout,
        [*systems, "openssl", "php"],
        inner=("hmac" if "hmac" in name else "digest", lambda password: password, ""),
        parameters=lambda found: parameters(found.get("algorithm"), found["salt"].encode()),
        flags=flagged(not systems),
        matrix=alternating(maker, "php", values, is_text=bool(systems)),
        draw=draw,
        readings=readings,
    )


def django(algorithm):
    return fields(
        f"{algorithm}_django",
        algorithm + "${salt}${checksum}",
        Hex("checksum", SIZES[algorithm], longer=True, strict=True),
        ["django", "passlib"],
        "django",
        lambda _, salt: {"algorithm": algorithm, "before": salt},
    )


def salted(algorithm):
    return fields(
        f"{algorithm}_salted",
        "{salt}${checksum}",
        Hex("checksum", SIZES[algorithm]),
        [],
        "openssl",
        lambda _, salt: {"algorithm": algorithm, "before": salt},
    )


def utf16(password):
    """Bytes that are no text become lone surrogates, which no text has."""
    return password.decode(errors="surrogateescape").encode("utf-16-le", errors="surrogatepass")


def keys(digest):
    """What the key of hmac_sha256_utf16_b64 may mean: its bytes, these repeated to 64, the text."""
    values = UTF16.read(digest)
    text = values["key"]
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    found = [data, (data * 64)[:64]] if data and base64.b64encode(data).decode() == text else []
    return [{**values, "bytes": key} for key in [*found, text.encode()]]


def key_of(values):
    if "bytes" in values:
        return values["bytes"]
    data = base64.b64decode(values["key"])
    return {"repeated": (data * 64)[:64], "text": values["key"].encode()}.get(values.get("as"), data)


UTF16 = Layout("hmac_sha256_utf16_b64${checksum}${key}", Base64("checksum", 32), Text("key"))
KEYS = [base64.b64encode(fixed_bytes(f"utf16 key {length}", length)).decode() for length in (64, 16, 32, 16, 64, 20)]


def by_utf16(index, entry):
    return {"key": KEYS[index % 6], "as": ["bytes", "repeated", "text"][index % 3]}


TEXTS = [index for index, entry in enumerate(PASSWORDS) if "passwordHex" not in entry]
SYMFONY = Layout("sha512_symfony${iterations}${salt}${checksum}", Number("iterations", 1, 2**31 - 1, one="iteration"), Text("salt"), Base64("checksum", 64))


def by_symfony(shift):
    return lambda index, entry: {"salt": TEXT_SALTS[(index + shift) % 6], "iterations": [1, 2, 10, 100, 5000, 3][(index * 5 + shift) % 6]}


def symfony_parameters(values):
    return {"algorithm": "sha512", "after": b"{" + values["salt"].encode() + b"}" if values["salt"] not in ("", "0") else b"", "rounds": values["iterations"] - 1}


HASHERS = [
    Hasher(
        "hmac_sha256_utf16_b64",
        UTF16,
        ["openssl", "php"],
        inner=("hmac", utf16, ""),
        parameters=lambda values: {"algorithm": "sha256", "key": key_of(values)},
        readings=keys,
        flags=flagged(True),
        matrix=[("openssl", TEXTS[::2], by_utf16), ("php", TEXTS[1::2], by_utf16)],
        draw=lambda random: {"key": random.choice(KEYS), "as": random.choice(["bytes", "repeated", "text"])},
    ),
    Hasher(
        "sha512_symfony",
        SYMFONY,
        ["symfony", "openssl"],
        inner=("digest", lambda password: password, ""),
        parameters=symfony_parameters,
        matrix=alternating("symfony", "openssl", by_symfony),
        draw=lambda random: {"salt": random.choice(TEXT_SALTS), "iterations": random.randrange(1, 200)},
    ),
    Hasher(
        "nthash",
        Layout("{checksum}", Hex("checksum", 16)),
        ["passlib", "php"],
        inner=("md4", utf16, ""),
        parameters=lambda values: {},
        matrix=[("passlib", TEXTS[::2], lambda index, entry: {}), ("php", TEXTS[1::2], lambda index, entry: {})],
        draw=lambda random: {},
    ),
    ldap("ldap_md5", "md5", "{{MD5}}", False, ["passlib"], "passlib"),
    ldap("ldap_smd5", "md5", "{{SMD5}}", True, ["passlib", "dovecot"]),
    ldap("ldap_sha1", "sha1", "{{SHA}}", False, ["passlib", "dovecot"], "passlib"),
    ldap("ldap_ssha", "sha1", "{{SSHA}}", True, ["passlib", "dovecot"]),
    ldap("ldap_ssha_untagged", "sha1", "", True, []),
    ldap("ldap_sha224", "sha224", "{{SHA224}}", False, []),
    ldap("ldap_ssha224", "sha224", "{{SSHA224}}", True, []),
    ldap("ldap_sha256", "sha256", "{{SHA256}}", False, ["dovecot"]),
    ldap("ldap_ssha256", "sha256", "{{SSHA256}}", True, ["passlib", "dovecot"]),
    ldap("ldap_sha384", "sha384", "{{SHA384}}", False, []),
    ldap("ldap_ssha384", "sha384", "{{SSHA384}}", True, []),
    ldap("ldap_sha512", "sha512", "{{SHA512}}", False, ["dovecot"]),
    ldap("ldap_ssha512", "sha512", "{{SSHA512}}", True, ["passlib", "dovecot"]),
    django("md5"),
    django("sha1"),
    salted("md5"),
    salted("sha256"),
    fields(
        "hmac_werkzeug",
        "{algorithm}${salt}${checksum}",
        Hex("checksum", 16, longer=True, strict=True),
        ["werkzeug_old"],
        "werkzeug_old",
        lambda algorithm, salt: {"algorithm": algorithm, "key": salt},
        words={name: name for name in [*SIZES, *FURTHER]},
    ),
]
