"""PBKDF2 of directories and their kin, behind tags in braces."""

from families.pbkdf2_rows import ALGORITHMS, RAW_SALTS, ROUNDS, TEXT, row
from fields import Base64, Hex, Integer, Layout, Packed, Word
from write import fixed_bytes

MOST = 2**31 - 1
OPENDJ_TAGS = {"{PBKDF2}": "sha1", "{PBKDF2-HMAC-SHA256}": "sha256", "{PBKDF2-HMAC-SHA512}": "sha512"}
SALTS_389DS = [fixed_bytes(f"389ds salt {index}", 64) for index in range(6)]
SALTS_ATLASSIAN = [fixed_bytes(f"atlassian salt {index}", 16) for index in range(6)]


class EitherBase64(Base64):
    """passlib's, or padded base64."""

    def decode(self, text):
        return super().decode(text.replace("+", "."))


def either(name, size):
    return EitherBase64(name, size, padded=False, signs="./", longer=size == 1)


class AnyCase:
    """What a layout mixes in to read the tag in any case, and by either name of SHA-1."""

    def split(self, digest):
        end = digest.index("}") + 1
        return super().split(digest[:end].upper().replace("{PBKDF2-SHA1}", "{PBKDF2}") + digest[end:])


class Tagged(AnyCase, Layout):
    pass


class TaggedPacked(AnyCase, Packed):
    pass


def openldap(algorithm, tag):
    def asked(system, test):
        """passlib reads its own tag and its own base64 alone."""
        is_its_own = test["digest"].startswith("{" + tag + "}") and "=" not in test["digest"]
        return [test["digest"]] if system != "passlib" or is_its_own else []

    return row(
        f"ldap_pbkdf2_{algorithm}",
        "",
        layout=Tagged("{{" + tag + "}}{iterations}${salt}${checksum}", ROUNDS, either("salt", 1), either("checksum", ALGORITHMS[algorithm])),
        systems=["passlib", "ds389"],
        makers=["passlib", "php"],
        algorithm=algorithm,
        salts=RAW_SALTS,
        asked=asked,
    )


class Opendj(Tagged):
    """Key and salt in one base64, `digest`."""

    def pattern_of(self, name):
        return "(?P<algorithm>{[^}]*})" if name == "algorithm" else super().pattern_of(name)

    def read(self, digest):
        values = super().read(digest)
        size = ALGORITHMS[values["algorithm"]]
        return {**values, "checksum": values["digest"][:size], "salt": values["digest"][size:]}

    def write(self, values):
        return super().write({**values, "digest": values["checksum"] + as_bytes(values["salt"])})


def as_bytes(salt):
    return salt if isinstance(salt, bytes) else bytes.fromhex(salt)


HASHERS = [
    openldap("sha1", "PBKDF2"),
    openldap("sha256", "PBKDF2-SHA256"),
    openldap("sha512", "PBKDF2-SHA512"),
    row(
        "ldap_pbkdf2_dovecot",
        "",
        layout=Tagged("{{PBKDF2}}$1${salt}${iterations}${checksum}", TEXT, ROUNDS, Hex("checksum", 20)),
        systems=["dovecot"],
        algorithm="sha1",
    ),
    row(
        "ldap_pbkdf2_opendj",
        "",
        layout=Opendj(
            "{algorithm}{iterations}:{digest}", Word("algorithm", OPENDJ_TAGS), ROUNDS, Base64("digest", 20, title="base64", longer=True)
        ),
        words=OPENDJ_TAGS,
        salts=RAW_SALTS,
        salt=lambda values: as_bytes(values["salt"]),
    ),
    row(
        "ldap_pbkdf2_389ds",
        "",
        layout=TaggedPacked(
            "{PBKDF2_SHA256}",
            lambda data: {"iterations": data[:4], "salt": data[4:68], "checksum": data[68:]},
            *(Integer("iterations", 1, MOST, one="iteration"), Hex("salt", 64), Hex("checksum", 256)),
        ),
        systems=["ds389"],
        algorithm="sha256",
        salts=SALTS_389DS,
        draw_salt=lambda random, _: random.randbytes(64),
        length=256,
    ),
    row(
        "pbkdf2_sha1_atlassian",
        "",
        layout=TaggedPacked(
            "{PKCS5S2}",
            lambda data: {"salt": data[:16], "checksum": data[16:]},
            *(Hex("salt", 16), Hex("checksum", 32)),
        ),
        systems=["passlib"],
        makers=["passlib", "php"],
        algorithm="sha1",
        salts=SALTS_ATLASSIAN,
        draw_salt=lambda random, _: random.randbytes(16),
        length=32,
        rounds=[10_000],
        iterations=10_000,
    ),
]
