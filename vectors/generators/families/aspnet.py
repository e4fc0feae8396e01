"""Identity of ASP.NET (PBKDF2 in one base64), its membership providers and Umbraco (one digest of the UTF-16). Only text is hashed."""

from families.pbkdf2 import BLOCK_BYTES, OUTPUT_BYTES
from fields import Base64, Hex, Integer, Layout, Packed, Word
from write import PASSWORDS, Hasher, fixed_bytes, hmac_flags, password_flags

PRFS = ["sha1", "sha256", "sha512"]
SALTS = [fixed_bytes(f"aspnet salt {length}", length) for length in (16, 17, 20, 24, 32)]
TEXTS = [index for index, entry in enumerate(PASSWORDS) if "passwordHex" not in entry]
OTHERS = [index for index, entry in enumerate(PASSWORDS) if "passwordHex" in entry]


def cut_identity(data):
    """Version 2 has no numbers."""
    if data[0] == 0:
        parts = data[:1], b"", b"", b"", data[1:17], data[17:]
    else:
        end = 13 + int.from_bytes(data[9:13], "big")
        parts = data[:1], data[1:5], data[5:9], data[9:13], data[13:end], data[end:]
    return dict(zip(IDENTITY.fields, parts))


IDENTITY = Packed(
    "",
    cut_identity,
    Integer("version", 0, 1, width=1),
    Integer("algorithm", 0, 2),
    Integer("iterations", 1, 2**31 - 1, one="iteration"),
    Integer("saltLength", 16, 2**31 - 1, title="length of the salt"),
    Hex("salt", 16, longer=True),
    Hex("checksum", 16, longer=True),
)


def identity_values(version, prf=0, iterations=1000, salt=SALTS[0], length=32):
    if version == 0:
        return {"version": 0, "algorithm": None, "iterations": None, "saltLength": None, "salt": salt, "length": 32}
    return {"version": 1, "algorithm": prf, "iterations": iterations, "saltLength": len(salt), "salt": salt, "length": length}


def identity_parameters(values):
    algorithm = PRFS[values["algorithm"] or 0]
    length = len(values["checksum"]) if "checksum" in values else values.get("length", 32)
    return {"algorithm": algorithm, "iterations": values["iterations"] or 1000, "salt": values["salt"], "length": length}


def identity_flags(password, digest):
    algorithm = identity_parameters(IDENTITY.read(digest))["algorithm"]
    return hmac_flags(password, OUTPUT_BYTES[algorithm], BLOCK_BYTES[algorithm])


def identity_matrix(index, entry):
    if index % 4 == 0:
        return identity_values(0, salt=fixed_bytes(f"aspnet {index}", 16))
    return identity_values(1, index % 3, [1, 2, 10, 100, 1000][index % 5], SALTS[index % 5], [32, 16, 64, 20][index % 4])


def identity_draw(random):
    salt = random.randbytes(16)
    return random.choice([identity_values(0, salt=salt), identity_values(1, random.randrange(3), random.randrange(1, 200), salt)])


ALGORITHMS = {
    name: size
    for digest, size in [("MD5", 16), ("SHA1", 20), ("SHA256", 32), ("SHA384", 48), ("SHA512", 64)]
    for name in (digest, f"HMAC{digest}")
}
MEMBERSHIP = Layout(
    "aspnet_membership${algorithm}${salt}${checksum}",
    Word("algorithm", {name: name for name in ALGORITHMS}),
    Base64("salt", 1),
    Base64("checksum", 16),
)
MEMBERSHIP_SALTS = [fixed_bytes(f"membership salt {length}", length) for length in (16, 16, 8, 64, 100, 128, 200, 1)]
UMBRACO_SALT = Base64("salt", 16)
UMBRACO_SALT.characters = 24
UMBRACO = Layout("{salt}{checksum}", UMBRACO_SALT, Base64("checksum", 32))


def membership_matrix(index, entry):
    return {"algorithm": list(ALGORITHMS)[index % len(ALGORITHMS)], "salt": MEMBERSHIP_SALTS[index % len(MEMBERSHIP_SALTS)]}


def plain_flags(password, digest):
    return [*password_flags(password), "Rule"]


def halves(values):
    return [("mono", TEXTS[::2], values), ("python", TEXTS[1::2], values)]


HASHERS = [
    Hasher(
        "aspnet_identity",
        IDENTITY,
        ["npm_aspnet_identity", "mono", "openssl"],
        inner=("pbkdf2", lambda password: password, ""),
        flags=identity_flags,
        parameters=identity_parameters,
        matrix=[("mono", TEXTS, identity_matrix), ("openssl", OTHERS, identity_matrix)],
        draw=identity_draw,
    ),
    Hasher(
        "aspnet_membership",
        MEMBERSHIP,
        ["mono", "python"],
        flags=plain_flags,
        matrix=halves(membership_matrix),
        draw=lambda random: {"algorithm": random.choice(list(ALGORITHMS)), "salt": random.randbytes(random.choice([8, 16, 70]))},
    ),
    Hasher(
        "umbraco",
        UMBRACO,
        ["mono", "python"],
        scheme="aspnet_membership",
        flags=plain_flags,
        parameters=lambda values: {"algorithm": "HMACSHA256", "salt": values["salt"]},
        matrix=halves(lambda index, entry: {"salt": fixed_bytes(f"umbraco {index}", 16)}),
        draw=lambda random: {"salt": random.randbytes(16)},
    ),
    Hasher(
        "umbraco_4",
        Layout("{checksum}", Base64("checksum", 20)),
        ["mono", "python"],
        flags=plain_flags,
        matrix=halves(lambda index, entry: {}),
        draw=lambda random: {},
    ),
]
