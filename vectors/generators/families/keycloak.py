"""The credentials of Keycloak: an object of two texts that are JSON. The JDK and OpenSSL compute PBKDF2, argon2-cffi and a package of
npm Argon2; the layout is ours."""

from families.pbkdf2 import BLOCK_BYTES, OUTPUT_BYTES
from fields import Base64, Layout, Number, Word
from write import PASSWORDS, Hasher, fixed_bytes, hmac_flags, password_flags

PBKDF2 = {"pbkdf2": "sha1", "pbkdf2-sha256": "sha256", "pbkdf2-sha512": "sha512"}
SALTS = [fixed_bytes(f"keycloak salt {length}", length) for length in (16, 8, 32, 12, 20, 9)]
ITERATIONS = [1, 2, 3, 10, 100, 1000]
TEXTS = [index for index, entry in enumerate(PASSWORDS) if "passwordHex" not in entry]
SECRET = r'{{"secretData":"{{\"value\":\"{checksum}\",\"salt\":\"{salt}\",\"additionalParameters\":{{}}}}",'
DATA = r'"credentialData":"{{\"hashIterations\":{hashIterations},\"algorithm\":\"'
LISTS = r'\"hashLength\":[\"{hashLength}\"],\"memory\":[\"{memory}\"],\"type\":[\"{type}\"],\"version\":[\"{version}\"],\"parallelism\":[\"{parallelism}\"]'


class Credential(Layout):
    """The value is the checksum, and the salt stands behind it."""

    def write(self, found):
        return super().write({"hashLength": len(found["checksum"]), **found})


ROUNDS = Number("hashIterations", 1, 2**31 - 1, title="iterations", one="iteration")
LAYOUT = Credential(
    SECRET + DATA + r'{algorithm}\",\"additionalParameters\":{{}}}}"}}',
    *(Word("algorithm", PBKDF2), ROUNDS, Base64("salt", 1), Base64("checksum", 16, longer=True)),
)
ARGON2 = Credential(
    SECRET + DATA + r'argon2\",\"additionalParameters\":{{' + LISTS + r'}}}}"}}',
    ROUNDS,
    Base64("salt", 8, longer=True),
    Base64("checksum", 16, longer=True),
    Number("hashLength", 1, 2**31 - 1, title="length", one="byte"),
    Number("memory", 8, 2**31 - 1, one="KiB"),
    Word("type", {"id": "id", "i": "i", "d": "d"}),
    Word("version", {"1.3": 19, "1.0": 16}),
    Number("parallelism", 1, 2**24 - 1, one="lane"),
)


def parameters(found):
    length = len(found["checksum"]) if "checksum" in found else found.get("length", OUTPUT_BYTES[found["algorithm"]])
    return {"algorithm": found["algorithm"], "iterations": found["hashIterations"], "salt": found["salt"], "length": length}


def flags(password, digest):
    algorithm = LAYOUT.read(digest)["algorithm"]
    return [*hmac_flags(password, OUTPUT_BYTES[algorithm], BLOCK_BYTES[algorithm]), "Rule"]


def values(index):
    algorithm = list(PBKDF2.values())[index % 3]
    length = [OUTPUT_BYTES[algorithm], 64][index % 2]
    return {"algorithm": algorithm, "hashIterations": ITERATIONS[index // 2 % 6], "salt": SALTS[index // 3 % 6], "length": length}


def argon2_parameters(found):
    names = {"t": "hashIterations", "m": "memory", "p": "parallelism", "type": "type", "version": "version", "salt": "salt"}
    length = len(found["checksum"]) if "checksum" in found else found["hashLength"]
    return {**{short: found[name] for short, name in names.items()}, "length": length}


def argon2_values(index):
    shared = {"hashIterations": 1 + index % 3, "memory": [64, 32, 128][index % 3], "parallelism": 1 + index % 2}
    return {**shared, "type": ["id", "i"][index % 2], "version": [19, 19, 16][index % 3], "salt": SALTS[index % 6], "hashLength": 32}


def argon2_flags(password, digest):
    return [*password_flags(password), "Rule"]


def argon2_draw(random):
    return argon2_values(random.randrange(100))


HASHERS = [
    Hasher(
        "keycloak",
        LAYOUT,
        ["jdk", "openssl"],
        scheme="pbkdf2",
        flags=flags,
        parameters=parameters,
        matrix=[
            ("jdk", TEXTS[::2], lambda index, entry: values(index)),
            ("openssl", TEXTS[1::2], lambda index, entry: values(index + 3)),
        ],
        draw=lambda random: {**values(random.randrange(100)), "hashIterations": random.randrange(1, 200)},
    ),
    Hasher(
        "keycloak_argon2",
        ARGON2,
        ["argon2_cffi", "rs_argon2"],
        scheme="argon2",
        flags=argon2_flags,
        parameters=argon2_parameters,
        matrix=[
            ("argon2_cffi", TEXTS[::2], lambda index, entry: argon2_values(index)),
            ("rs_argon2", TEXTS[1::2], lambda index, entry: argon2_values(index + 1)),
        ],
        draw=argon2_draw,
    ),
]
