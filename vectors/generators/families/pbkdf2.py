"""The pbkdf2_* formats of an import interface, which no public system writes: OpenSSL, PHP and passlib compute, and this file lays
the digests out. Django's, whose salt is text, is here too: `pbkdf2_sha256$<iterations>$<salt>$<checksum>`."""

import base64
import re

from fields import Base64, Hex, Layout, Number, Text, b64
from write import Hasher, fixed_bytes, hmac_flags

BLOCK_BYTES = {"sha1": 64, "sha256": 64, "sha512": 128}
OUTPUT_BYTES = {"sha1": 20, "sha256": 32, "sha512": 64}
ITERATIONS = [1, 2, 3, 10, 100, 1000]
TEXT_SALTS = ["seasalt", "kR8vQ2mXw0Lz", "T5hYcJ9pBn3Ds7Gf1VaEuK", "Q", "sea-salt_4.2", "xQeSaltForTests"]
BYTE_SALTS = [b64(fixed_bytes(f"pbkdf2_sha256 salt {length}", length)) for length in (16, 12, 8, 24, 15, 32)]
DJANGO_SALTS = ["seasalt", "kR8vQ2mXw0Lz", "T5hYcJ9pBn3Ds7Gf1VaEuK", "9", "0000000000000000", "xQeSaltForTests"]
MOST = 2**31 - 1
CHECKSUM = Hex("checksum", 16, longer=True)


def matrix(salts, shift):
    def values(index, entry):
        return {"salt": salts[(index + shift) % 6], "iterations": ITERATIONS[(index * 5 + shift) % 6]}

    return values


def alternating(first, second, salts):
    """Gives every other password to one system, and the rest to the other."""
    return [(first, slice(0, None, 2), matrix(salts, 0)), (second, slice(1, None, 2), matrix(salts, 3))]


def draw_text(random):
    return "".join(random.choices("abcXYZ0189", k=random.randrange(1, 24)))


def draw(algorithm, draw_salt):
    return lambda random: {"salt": draw_salt(random), "iterations": random.randrange(1, 200), "length": OUTPUT_BYTES[algorithm]}


def flags(algorithm):
    return lambda password, digest: hmac_flags(password, OUTPUT_BYTES[algorithm], BLOCK_BYTES[algorithm])


def layout(name, checksum, most):
    return Layout(name + "${iterations}${salt}${checksum}", Number("iterations", 1, most, one="iteration"), Text("salt"), checksum)


def pbkdf2(name, checksum, salts, most=MOST, decode=str.encode, readings=None, draw_salt=draw_text):
    algorithm = name.removeprefix("pbkdf2_")

    def parameters(values):
        """The parameters for a system; `hex` says that a salt in hexadecimal was bytes."""
        salt = bytes.fromhex(values["salt"]) if values.get("hex") else decode(values["salt"])
        length = len(values["checksum"]) if "checksum" in values else values.get("length", OUTPUT_BYTES[algorithm])
        return {"algorithm": algorithm, "iterations": values["iterations"], "salt": salt, "length": length}

    return Hasher(
        name,
        layout(name, checksum, most),
        ["openssl", "php", "passlib"],
        scheme="pbkdf2",
        flags=flags(algorithm),
        parameters=parameters,
        readings=readings,
        matrix=alternating("openssl", "php", salts),
        draw=draw(algorithm, draw_salt),
    )


def both_salts(digest):
    """The readings of a digest: a salt that is whole bytes in hexadecimal may be text or these bytes; a key length may follow."""
    _, iterations, salt, checksum, *_ = digest.split("$")
    is_hex = re.fullmatch("(?:[0-9A-Fa-f]{2})+", salt)
    values = {"iterations": int(iterations), "salt": salt, "checksum": bytes.fromhex(checksum)}
    return [values, {**values, "hex": True}] if is_hex else [values]


HASHERS = [
    pbkdf2(
        "pbkdf2_sha256",
        Base64("checksum", 16, longer=True),
        BYTE_SALTS,
        decode=base64.b64decode,
        draw_salt=lambda random: b64(random.randbytes(random.randrange(1, 24))),
    ),
    pbkdf2("pbkdf2_sha512", CHECKSUM, TEXT_SALTS, most=419_999),
    pbkdf2("pbkdf2_sha1", CHECKSUM, TEXT_SALTS, readings=both_salts),
    Hasher(
        "pbkdf2_sha256_django",
        Layout("pbkdf2_sha256${iterations}${salt}${checksum}", *layout("", Base64("checksum", 32), MOST).fields.values()),
        ["django", "passlib", "php"],
        flags=flags("sha256"),
        matrix=alternating("django", "passlib", DJANGO_SALTS),
        draw=lambda random: {"salt": draw_text(random), "iterations": random.randrange(1, 200)},
    ),
]
