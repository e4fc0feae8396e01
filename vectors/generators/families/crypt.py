"""The schemes of crypt(3) beside bcrypt: loops over a message digest, DES, and the NT hash."""

import random as seeded
import re

from families.phpass import Code
from fields import ITOA64, Hex, Layout, Letters, Number, Text
from write import PASSWORDS, Hasher, as_bytes

# libxcrypt reads 511 bytes of a password.
SHORT = [index for index, entry in enumerate(PASSWORDS) if len(as_bytes(entry)) <= 511]
ALL = [*range(len(PASSWORDS))]
# passlib and OpenSSL refuse a NUL.
WITHOUT_NUL = [index for index in ALL if 0 not in as_bytes(PASSWORDS[index]) and len(as_bytes(PASSWORDS[index])) <= 256]
# A password of which nothing is left has the digest of the empty one, and never matches here.
WITH_NUL = [index for index in SHORT if as_bytes(PASSWORDS[index]).find(0) > 0]


def flags(password, digest):
    text = password.decode(errors="replace")
    found = {"CutAtNul": 0 in password, "Truncated": 0 in password, "OuterSpace": text != text.strip(), "LongPassword": len(password) > 72}
    return [flag for flag, holds in found.items() if holds]


def des_flags(most):
    def found(password, digest):
        is_cut = len(password) > most or any(not 0 < byte < 128 for byte in password)
        text = password.decode(errors="replace")
        rest = {"CutAtNul": 0 in password, "SevenBits": any(byte > 127 for byte in password), "OuterSpace": text != text.strip()}
        return [*(["Truncated"] if is_cut else []), *(flag for flag, holds in rest.items() if holds)]

    return found


def letters(label, size):
    """Fixed letters that look random."""
    return "".join(seeded.Random(f"crypt salt {label}").choices(ITOA64, k=size))


def numbered(digest):
    """A digest with the number of its scheme, where Ory Kratos has a name."""
    numbers = {"md5": "1", "sha256": "5", "sha512": "6"}
    return re.sub(r"^\$(\w+)-crypt\$", lambda found: f"${numbers[found[1]]}$", digest)


class Salted(Layout):
    """Salt and checksum behind a prefix. A salt may be empty, and the systems are asked with what stands before the checksum."""

    def setting(self, values):
        return {"setting": self.write({**values, "checksum": b""})}

    def split(self, digest):
        return super().split(numbered(digest))

    def put(self, digest, /, **texts):
        return super().put(numbered(digest), **texts)


class Rounds(Number):
    """Rounds that may be left out."""

    def decode(self, text):
        return int(text) if text else None


class Sha(Salted):
    """SHA-2 of crypt(3): `rounds=` and the number may be left out."""

    def __init__(self, prefix, size):
        fields = [Rounds("rounds", 1000, 999_999_999), Text("salt"), Code("checksum", size)]
        super().__init__(prefix + "rounds={rounds}${salt}${checksum}", *fields)
        self.short = Layout(prefix + "{salt}${checksum}", *fields[1:])

    def split(self, digest):
        return super().split(digest) if "$rounds=" in digest else {**self.short.split(numbered(digest)), "rounds": ""}

    def write(self, values):
        return super().write(values) if values.get("rounds") else self.short.write(values)

    def put(self, digest, /, **texts):
        return super().put(digest, **texts) if "$rounds=" in digest else self.short.put(digest, **texts)


def hasher(name, layout, systems, matrix, draw, **more):
    more.setdefault("asked", lambda system, test: [numbered(test["digest"])])
    return Hasher(name, layout, systems, flags=more.pop("flags", flags), parameters=layout.setting, matrix=matrix, draw=draw, **more)


def every_other(first, second, cell):
    """The passwords without a NUL by two systems in turn; those with one by the first, which ends them there."""
    return [(first, [*WITHOUT_NUL[::2], *WITH_NUL], cell(f"by {first}")), (second, WITHOUT_NUL[1::2], cell(f"by {second}"))]


def md5(name, prefix, systems, makers):
    def cell(label):
        return lambda index, entry: {"salt": letters(f"{name} {label} {index}", 8 - index % 3)}

    def draw(random):
        return {"salt": "".join(random.choices(ITOA64, k=random.randrange(1, 9)))}

    layout = Salted(prefix + "{salt}${checksum}", Text("salt"), Code("checksum", 22))
    first, second = makers
    matrix = every_other(first, second, cell) if first == "libxcrypt" else [(first, WITHOUT_NUL[::2], cell(first)), (second, WITHOUT_NUL[1::2], cell(second))]
    return hasher(name, layout, systems, matrix, draw)


def sha(name, prefix, size):
    def cell(label):
        return lambda index, entry: {"rounds": 1000 + index, "salt": letters(f"{name} {label} {index}", 16 - index % 5)}

    def draw(random):
        return {"rounds": random.choice([None, 1000, 1234]), "salt": "".join(random.choices(ITOA64, k=random.randrange(1, 17)))}

    return hasher(name, Sha(prefix, size), ["libxcrypt", "php", "passlib", "openssl_passwd"], every_other("libxcrypt", "passlib", cell), draw)


def sha1():
    def cell(label):
        return lambda index, entry: {"rounds": 1 + index, "salt": letters(f"sha1crypt {label} {index}", 8 + index)}

    def draw(random):
        return {"rounds": random.randrange(1, 50), "salt": "".join(random.choices(ITOA64, k=random.randrange(1, 65)))}

    fields = [Number("rounds", 1, 4_294_967_295), Text("salt"), Code("checksum", 28)]
    layout = Salted("$sha1${rounds}${salt}${checksum}", *fields)
    return hasher("sha1crypt", layout, ["libxcrypt", "passlib"], every_other("libxcrypt", "passlib", cell), draw)


def des(name, text, fields, make_values, systems, **more):
    def cell(label):
        return lambda index, entry: make_values(seeded.Random(f"{name} {label} {index}"))

    layout = Salted(text, *fields, Code("checksum", 11))
    return hasher(name, layout, systems, every_other("libxcrypt", "passlib", cell), make_values, **more)


def unix_values(random):
    return {"salt": "".join(random.choices(ITOA64, k=2))}


def bsdi_values(random):
    # An odd count of few.
    return {"count": random.choice(ITOA64[1::2]) + random.choice("./") + "..", "salt": "".join(random.choices(ITOA64, k=4))}


class Django(Salted):
    """The field of the salt is empty, or holds the salt once more."""

    def split(self, digest):
        return super().split(re.sub(r"^crypt\$..\$", "crypt$$", digest))


def django():
    def cell(label):
        return lambda index, entry: unix_values(seeded.Random(f"crypt_django {label} {index}"))

    layout = Django("crypt$${salt}{checksum}", Letters("salt", 2), Code("checksum", 11))
    return Hasher(
        "crypt_django",
        layout,
        ["django", "libxcrypt", "passlib", "php"],
        inner=("descrypt", lambda password: password, "crypt$$"),
        flags=des_flags(8),
        parameters=unix_setting,
        asked=lambda system, test: [test["digest"] if system == "django" else re.sub(r"^crypt\$..\$", "crypt$$", test["digest"])],
        matrix=[("django", TEXTS[::2], cell("django")), ("php", [*TEXTS[1::2], *WITH_NUL], cell("php"))],
        draw=unix_values,
    )


def unix_setting(values):
    return {"setting": values["salt"]}


TEXTS = [index for index in WITHOUT_NUL if "passwordHex" not in PASSWORDS[index]]


class Nt(Layout):
    def setting(self, values):
        return {"setting": "$3$"}


def nt_flags(password, digest):
    return [*flags(password, digest), *(["Ucs2"] if any(byte > 127 for byte in password) else [])]


def nt():
    """FreeBSD's and libxcrypt's, whose UTF-16 is that of ASCII alone; passlib's, which is UTF-16 of all, is asked for ASCII and its own."""

    def asked(system, test):
        is_ascii = as_bytes(test).isascii()
        by_passlib = "Utf16" in test["flags"]
        return [test["digest"]] if is_ascii or (system == "passlib") is by_passlib else []

    def cell(index, entry):
        return {}

    ascii_only = [index for index in WITHOUT_NUL if as_bytes(PASSWORDS[index]).isascii()]
    return hasher(
        "nt_crypt",
        Nt("$3$${checksum}", Hex("checksum", 16)),
        ["libxcrypt", "passlib"],
        [("libxcrypt", [*(index for index in WITHOUT_NUL if index not in ascii_only[1::2]), *WITH_NUL], cell), ("passlib", ascii_only[1::2], cell)],
        lambda random: {},
        flags=nt_flags,
        asked=asked,
    )


HASHERS = [
    md5("md5crypt", "$1$", ["libxcrypt", "php", "passlib", "openssl_passwd"], ("libxcrypt", "passlib")),
    md5("apr1", "$apr1$", ["openssl_passwd", "passlib", "htpasswd"], ("openssl_passwd", "passlib")),
    sha("sha256crypt", "$5$", 43),
    sha("sha512crypt", "$6$", 86),
    sha1(),
    des("descrypt", "{salt}{checksum}", [Letters("salt", 2)], unix_values, ["libxcrypt", "php", "passlib"], flags=des_flags(8)),
    des("bsdicrypt", "_{count}{salt}{checksum}", [Letters("count", 4), Letters("salt", 4)], bsdi_values, ["libxcrypt", "php", "passlib"], flags=des_flags(4096)),
    django(),
    nt(),
]
