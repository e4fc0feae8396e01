"""FSHP: a digest of salt and password, then digests of that; salt and checksum in one base64."""

from families.digests import alternating, salt_of
from fields import Base64, Layout, Number, Word
from write import Hasher, fixed_bytes, password_flags

VARIANTS = {"0": "SHA-1", "1": "SHA-256", "2": "SHA-384", "3": "SHA-512"}
ROUNDS = [1, 2, 3, 10, 100, 1000]
SALTS = [fixed_bytes(f"fshp salt {length}", length) for length in (8, 16, 0, 1, 32, 7)]


class Fshp(Layout):
    def read(self, digest):
        found = super().read(digest)
        size, data = found.pop("saltLength"), found["checksum"]
        return {**found, "salt": data[:size], "checksum": data[size:]}

    def write(self, values):
        salt = salt_of(values)
        return super().write({**values, "saltLength": len(salt), "checksum": salt + values["checksum"]})


LAYOUT = Fshp(
    "{{FSHP{variant}|{saltLength}|{rounds}}}{checksum}",
    *(Word("variant", VARIANTS), Number("saltLength", 0, 4096, title="length of the salt"), Number("rounds", 1, 2**32 - 1, one="round")),
    Base64("checksum", 32, title="payload", longer=True),
)


def parameters(found):
    return {"algorithm": found["variant"], "iterations": found["rounds"], "salt": salt_of(found)}


def values(shift):
    def made(index, entry):
        return {"variant": VARIANTS[str((index // 2 + shift) % 4)], "rounds": ROUNDS[(index + shift) % 6], "salt": SALTS[(index + shift) % 6]}

    return made


def draw(random):
    return {"variant": random.choice([*VARIANTS.values()]), "rounds": random.randrange(1, 200), "salt": random.randbytes(random.randrange(24))}


HASHERS = [
    Hasher(
        "fshp",
        LAYOUT,
        ["passlib", "jdk", "python"],
        inner=("loop", lambda password: password, ""),
        parameters=parameters,
        flags=lambda password, digest: password_flags(password),
        matrix=alternating("passlib", "jdk", values),
        draw=draw,
    )
]
