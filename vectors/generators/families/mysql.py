"""What MySQL and MariaDB keep of their accounts."""

from families.phpass import Code
from fields import Field, Hex, HexNumber, Layout
from write import PASSWORDS, Hasher, as_bytes, fixed_bytes, password_flags

TYPED = [index for index, entry in enumerate(PASSWORDS) if as_bytes(entry)]
WITHOUT_NUL = [index for index, entry in enumerate(PASSWORDS) if 0 not in as_bytes(entry)]


def flags(password, digest):
    return [*password_flags(password), *(["LowerCase"] if digest != digest.upper() else [])]


class Thousands(HexNumber):
    """The thousands of the rounds, in three digits of hexadecimal."""

    def encode(self, value):
        return f"{value // 1000:03x}"

    def decode(self, text):
        return int(text, 16) * 1000

    def changes(self, text):
        return [("A thousand rounds more.", self.encode(self.decode(text) + 1000)), ("The number of another digit.", "1" + text[1:])]


class RawSalt(Field):
    """20 bytes, each the character of its code."""

    characters = 20

    def encode(self, value):
        return value.decode("latin-1")

    def decode(self, text):
        return text.encode("latin-1")

    def changes(self, text):
        rows = [("The first bit of the salt changed.", chr(ord(text[0]) ^ 1)), ("A tab in the salt.", "\t"), ("A space in the salt.", " ")]
        rows = [(what, sign + text[1:]) for what, sign in rows]
        return [*rows, ("A line feed at the end of the salt.", text[:-1] + "\n"), ("The salt in reverse order.", text[::-1])]

    def damages(self, text):
        signs = [("A NUL", "\0"), ("A character past ASCII", "\u00e9"), ("The first character past ASCII", "\x80"), ("A byte order mark", "\ufeff")]
        signs += [("A line separator", "\u2028"), ("The sign for what no text is", "\ufffd"), ("Half of a surrogate pair", "\ud83e")]
        return [(f"{what} in the salt.", text[:4] + sign + text[5:], "alphabet", "Whitespace") for what, sign in signs]


class CachingSha2(Layout):
    """MySQL's text, or the hexadecimal of it."""

    def split(self, digest):
        return super().split(bytes.fromhex(digest[2:]).decode("latin-1") if digest.startswith("0x") else digest)

    def changes(self, digest, *names):
        return [(what, new, f"{found} Controls" if "\t" in new or "\n" in new else found) for what, new, found in super().changes(digest, *names)]


def caching_sha2():
    def values(index, entry):
        # As MySQL draws it: seven bits of each byte, and another for NUL and the dollar sign.
        salt = bytes((byte & 127) + (byte & 127 in (0, 36)) for byte in fixed_bytes(f"mysql_caching_sha2 {index}", 20))
        return {"rounds": 5000 if index % 4 else 1000, "salt": salt}

    def more_flags(password, digest):
        salt = LAYOUT.read(digest)["salt"]
        found = {"Hexadecimal": digest.startswith("0x"), "Controls": any(byte < 32 or byte == 127 for byte in salt)}
        return [*password_flags(password), "Rule", *(flag for flag, holds in found.items() if holds)]

    def draw(random):
        return {"rounds": random.choice([1000, 5000, 10000]), "salt": bytes(random.choice([*range(1, 36), *range(37, 128)]) for _ in range(20))}

    LAYOUT = CachingSha2("$A${rounds}${salt}{checksum}", Thousands("rounds", 1000, 4_095_000), RawSalt("salt"), Code("checksum", 43))
    matrix = [("python", [*WITHOUT_NUL[::2], *(index for index in range(len(PASSWORDS)) if index not in WITHOUT_NUL)], values), ("passlib", WITHOUT_NUL[1::2], values)]
    return Hasher("mysql_caching_sha2", LAYOUT, ["python", "passlib"], flags=more_flags, matrix=matrix, draw=draw)


HASHERS = [
    caching_sha2(),
    Hasher(
        "mysql41",
        Layout("*{checksum}", Hex("checksum", 20, upper=True)),
        ["mariadb", "passlib", "hashlib"],
        flags=flags,
        matrix=[("mariadb", TYPED[::2], lambda index, entry: {}), ("hashlib", TYPED[1::2], lambda index, entry: {})],
        draw=lambda random: {},
    )
]
