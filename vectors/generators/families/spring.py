"""Spring Security: an encoder's name in braces, and what that encoder writes. The systems compute each encoder's rule; those that know
bcrypt and Argon2 are shown the string behind the name."""

from families.digests import Ldap, salt_of
from families.pbkdf2 import flags as pbkdf2_flags
from families.scrypt import scrypt_flags
from families.wraps import SHORT, bcrypt, in_argon2, same
from fields import Base64, Hex, HexNumber, Layout, Text
from write import Hasher, password_flags

ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "MD4": "md4"}
SIZES = {"md4": 16, "md5": 16, "sha1": 20, "sha256": 32}


def with_rule(found):
    return lambda password, digest: [*found(password, digest), "Rule"]


def fixed(name, size, **more):
    """A number of bytes in hexadecimal beside another one, without a sign between them."""
    field = Hex(name, size, **more)
    field.characters = 2 * size
    return field


class Digest(Layout):
    """A salt with its braces, or none, and what is left."""

    def pattern_of(self, name):
        return r"(?P<salt>\{[^}]*\}|)" if name == "salt" else super().pattern_of(name)


def part(text, systems, *fields, flags=lambda password, digest: password_flags(password), layout=None, **more):
    return Hasher("spring", layout or Layout(text, *fields), systems, flags=with_rule(flags), **more)


def pbkdf2(tag, algorithm, iterations, salt_size):
    return part(
        "{{" + tag + "}}{salt}{checksum}",
        ["jdk", "openssl", "php"],
        *(fixed("salt", salt_size), fixed("checksum", 32)),
        scheme="pbkdf2",
        parameters=lambda found: {"algorithm": algorithm, "iterations": iterations, "salt": found["salt"], "length": 32},
        flags=pbkdf2_flags(algorithm),
        draw=lambda random: {"salt": random.randbytes(salt_size)},
    )


def scrypt(tag):
    def parameters(found):
        packed = found["parameters"]
        return {"N": 1 << (packed >> 16), "r": packed >> 8 & 255, "p": packed & 255, "salt": found["salt"], "length": 32}

    def draw(random):
        packed = random.randrange(1, 12) << 16 | random.randrange(1, 9) << 8 | random.randrange(1, 4)
        return {"parameters": packed, "salt": random.randbytes(random.choice([16, 64]))}

    return part(
        "{{" + tag + "}}${parameters}${salt}${checksum}",
        ["openssl", "libsodium"],
        *(HexNumber("parameters", 0x10101, 0x1EFFFF), Base64("salt", 1), Base64("checksum", 32)),
        scheme="scrypt",
        parameters=parameters,
        flags=scrypt_flags,
        draw=draw,
    )


def digest(tag):
    """The salt has braces, which are hashed too; without them there is none."""
    algorithm = ALGORITHMS[tag]
    return part(
        "",
        ["pycryptodome", "php"],
        layout=Digest("{{" + tag + "}}{salt}{checksum}", Text("salt"), fixed("checksum", SIZES[algorithm], strict=True)),
        scheme="digest",
        parameters=lambda found: {"algorithm": algorithm, "after": found["salt"].encode()},
        draw=lambda random: {"salt": random.choice(["", "{}", "{" + random.randbytes(9).hex() + "}"])},
    )


def standard():
    return part(
        "{{sha256}}{salt}{checksum}",
        ["jdk", "python"],
        *(fixed("salt", 8), fixed("checksum", 32)),
        scheme="loop",
        parameters=lambda found: {"algorithm": "SHA-256", "iterations": 1024, "salt": found["salt"]},
        draw=lambda random: {"salt": random.randbytes(8)},
    )


def ldap(tag):
    salted = tag == "SSHA"
    return part(
        "",
        ["openssl", "pycryptodome", "php"],
        layout=Ldap("{{ldap}}{{" + tag + "}}", 20),
        scheme="digest",
        parameters=lambda found: {"algorithm": "sha1", "after": salt_of(found)},
        draw=lambda random: {"salt": random.randbytes(8) if salted else b""},
    )


BCRYPT = bcrypt("spring", "{bcrypt}", same, ["2a", "2b"], chosen=SHORT, reads_all=False)
STANDARD = standard()
PARTS = [
    BCRYPT,
    in_argon2("spring", "{argon2}", "argon2d"),
    in_argon2("spring", "{argon2}"),
    in_argon2("spring", "{argon2@SpringSecurity_v5_8}"),
    pbkdf2("pbkdf2", "sha1", 185_000, 8),
    pbkdf2("pbkdf2@SpringSecurity_v5_8", "sha256", 310_000, 16),
    scrypt("scrypt"),
    scrypt("scrypt@SpringSecurity_v5_8"),
    STANDARD,
    *(digest(tag) for tag in ALGORITHMS),
    ldap("SSHA"),
    ldap("SHA"),
]



def part_of(digest):
    return next(one for one in PARTS if digest.lower().startswith(one.layout.prefix.lower()))


class Spring(Hasher):
    """The layout is that of bcrypt's part, which is the base of what is changed and damaged field by field."""

    def values(self, setting, options=()):
        found = part_of(setting)
        return {**found.values(setting, options), "part": found}

    def make(self, system, password, values):
        return values["part"].make(system, password, values)

    def takes(self, system, password, values):
        return system in values["part"].systems and values["part"].takes(system, password, values)

    def verify(self, system, password, digest):
        """Tags in any case are shown to the systems in the usual one."""
        found = part_of(digest)
        spelled = found.layout.prefix + digest[len(found.layout.prefix) :]
        return found.verify(system, password, spelled) if system in found.systems else None


def draw(random):
    """One system knows only `{sha256}`, which is drawn more often."""
    found = random.choice([*PARTS, STANDARD, STANDARD])
    return {**found.draw(random), "part": found}


def of_bcrypt(values):
    return lambda index, entry: {**values(index, entry), "part": BCRYPT}


HASHERS = [
    Spring(
        "spring",
        BCRYPT.layout,
        list(dict.fromkeys(system for one in PARTS for system in one.systems)),
        flags=lambda password, digest: part_of(digest).flags(password, digest),
        matrix=[(maker, which, of_bcrypt(values)) for maker, which, values in BCRYPT.matrix],
        draw=draw,
    )
]
