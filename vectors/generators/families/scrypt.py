"""scrypt as Werkzeug and as Firebase write it: `scrypt:N:r:p$salt$checksum` with the salt as text, and
`checksum$salt$signerKey$saltSeparator$rounds$memoryCost`."""

import base64

from fields import Base64, Hex, Layout, Number, Text
from write import Hasher, fixed_bytes, hmac_flags

SALTS = ["seasaltA", "c1W9tRkq0ZpLx7Vd", "N4x", "Qe7mZ2hTq9LsBw3u", "7bXcPf0aKj5RyGt8", "UvD1sO6nEiMgHr4C"]
SIGNER_KEY = fixed_bytes("firebase signer key", 64)
FIREBASE_FIELDS = ("salt", "signerKey", "saltSeparator", "rounds", "memoryCost")


class EitherChecksum(Hex):
    """A checksum of 128 hexadecimal digits, or of 64 bytes in base64."""

    def decode(self, text):
        return bytes.fromhex(text) if len(text) == 128 else base64.b64decode(text)


class AnyBase64(Base64):
    """Base64, standard or URL-safe, padded or not."""

    def decode(self, text):
        return super().decode(text.replace("-", "+").replace("_", "/").rstrip("="))


def scrypt_flags(password, digest):
    return hmac_flags(password, 32)


def in_hex(system, test):
    """The digest with its checksum in hexadecimal, as Werkzeug writes it; base64 is an import's."""
    return [WERKZEUG.write(WERKZEUG.read(test["digest"]))]


def werkzeug(index, entry):
    return {"N": 128 << index % 4, "r": 1 + index % 8, "p": 1, "salt": SALTS[index % 6]}


def sodium(index, entry):
    return {"N": 2 << index % 10, "r": 1 + index % 16, "p": 1 + index % 3, "salt": SALTS[(index + 3) % 6]}


def firebase(label):
    def values(index, entry):
        made = {"salt": fixed_bytes(f"{label} salt {index}", 10), "signerKey": SIGNER_KEY, "saltSeparator": b"\x07"}
        return {**made, "rounds": 1 + index % 8, "memoryCost": 1 + index % 7}

    return values


def draw_werkzeug(random):
    r = random.randrange(1, 9)
    return {"N": 128 << random.randrange(4), "r": r, "p": random.randrange(1, 3), "salt": random.choice(SALTS)}


def draw_firebase(random):
    made = {"salt": random.randbytes(10), "signerKey": random.randbytes(64), "saltSeparator": b"\x07"}
    return {**made, "rounds": random.randrange(1, 9), "memoryCost": random.randrange(1, 8)}


# The first passwords are text, on which the systems take turns; the second gets those that are not.
TEXTS = 34
WERKZEUG = Layout(
    "scrypt:{N}:{r}:{p}${salt}${checksum}",
    *(Number(name, 1, 2**31) for name in "Nrp"),
    Text("salt"),
    EitherChecksum("checksum", 64),
)
FIREBASE = Layout(
    "{checksum}${salt}${signerKey}${saltSeparator}${rounds}${memoryCost}",
    *(AnyBase64(name, 1, longer=True) for name in ("checksum", "salt", "signerKey", "saltSeparator")),
    Number("rounds", 1, 8),
    Number("memoryCost", 1, 14),
)
HASHERS = [
    Hasher(
        "scrypt_werkzeug",
        WERKZEUG,
        ["werkzeug", "libsodium", "openssl"],
        flags=scrypt_flags,
        asked=in_hex,
        matrix=[("werkzeug", slice(0, TEXTS, 2), werkzeug), ("libsodium", [*range(1, TEXTS, 2), *range(TEXTS, 40)], sodium)],
        draw=draw_werkzeug,
    ),
    Hasher(
        "scrypt_firebase",
        FIREBASE,
        ["firebase", "sodium_aes"],
        flags=scrypt_flags,
        parameters=lambda values: {name: values[name] for name in FIREBASE_FIELDS},
        matrix=[("firebase", slice(0, None, 2), firebase("firebase-scrypt")), ("sodium_aes", slice(1, None, 2), firebase("libsodium"))],
        draw=draw_firebase,
    ),
]
