"""yescrypt and scrypt of crypt(3): `$y$<parameters>$<salt>$<checksum>` and `$7$<N, r and p><salt>$<checksum>`."""

from fields import Base64, Field, ITOA64, Layout, change, flip
from write import PASSWORDS, Hasher, as_bytes, fixed_bytes, hmac_flags, password_flags


class Itoa64(Base64):
    """Bytes in itoa64, low bits first."""

    def __init__(self, name, size, title=None, longer=False):
        super().__init__(name, size, title, longer, padded=False, signs="./")

    def encode(self, value):
        groups = [value[at : at + 3] for at in range(0, len(value), 3)]
        return "".join(ITOA64[int.from_bytes(group, "little") >> 6 * place & 63] for group in groups for place in range(len(group) + 1))

    def decode(self, text):
        groups = [text[at : at + 4] for at in range(0, len(text), 4)]
        numbers = [sum(ITOA64.index(sign) << 6 * place for place, sign in enumerate(group)) for group in groups]
        return b"".join((number & 0xFFFFFF).to_bytes(3, "little")[: len(group) - 1] for number, group in zip(numbers, groups))

    def damages(self, text):
        rows = [row for row in super().damages(text) if row[2] != "canonical"]
        assert len(text) % 4, "the last character is used whole"
        return [*rows, (f"Unused bits set in the {self.title}.", flip(text, -1, 32, ITOA64), "canonical", "UnusedBits")]


class Parameters(Field):
    """Flavor, log2 of N, r and more, each a number of one to six characters."""

    def changes(self, text):
        rows = [("Twice the N.", 1, 1), ("Half of the N.", 1, -1), ("One r more.", 2, 1), ("One r less.", 2, -1)]
        return [(what, change(text, at, ITOA64[ITOA64.index(text[at]) + step])) for what, at, step in rows]


def c_string_flags(password, digest=None):
    """The flags of a password that is read up to a NUL."""
    flags = [flag for flag in password_flags(password) if flag != "Nul"]
    return [*flags, *(["CutAtNul", "Truncated"] if b"\0" in as_bytes(password) else [])]


YESCRYPT = Layout("$y${params}${salt}${checksum}", Parameters("params"), Itoa64("salt", 1, longer=True), Itoa64("checksum", 32))
SETTINGS = ["j75", "j65", "j4T", "j5.", "/65", "j6/", "j60", ".53", "j73..", "j63/.", "/5/0./", "j520./"]
LENGTHS = [16, 1, 8, 64, 32, 12, 22, 5, 17, 3, 33, 24]
# libxcrypt refuses a password of 512 bytes, and passlift one that is empty up to its first NUL.
TAKEN = [index for index, entry in enumerate(PASSWORDS) if len(as_bytes(entry)) <= 511 and not as_bytes(entry).startswith(b"\0")]


def yescrypt(index, entry):
    return {"params": SETTINGS[index % 12], "salt": fixed_bytes(f"yescrypt salt {index}", LENGTHS[index % 12])}


class Itoa64Number(Field):
    """A number of a fixed length in itoa64, low bits first."""

    def __init__(self, name, characters):
        super().__init__(name)
        self.characters = characters

    def encode(self, value):
        return "".join(ITOA64[value >> 6 * place & 63] for place in range(self.characters))

    def decode(self, text):
        return sum(ITOA64.index(sign) << 6 * place for place, sign in enumerate(text))

    def changes(self, text):
        return [(f"One more of {self.name}.", self.encode(self.decode(text) + 1))]

    def damages(self, text):
        what = {"+": "A plus sign", "=": "An equals sign", " ": "A space", "\0": "A NUL", "\uff11": "A full-width digit"}
        rows = [(f"{name} in {self.name}.", change(text, -1, sign), "number", "BadNumber") for sign, name in what.items()]
        return [*rows, (f"Zero as {self.name}.", "." * self.characters, "range", "Range"), (f"The largest {self.name}.", "z" * self.characters, "range", "Range")]


class TextItoa64(Field):
    """A salt of letters of itoa64 that is hashed as text."""

    def changes(self, text):
        return [("A shorter salt.", text[:-1]), ("A longer salt.", text + "A"), ("The salt in the other case.", text.swapcase())]

    def damages(self, text):
        what = {"+": "A plus sign", "-": "A hyphen", "=": "An equals sign", " ": "A space", "\0": "A NUL", "\u00e9": "A letter with an accent"}
        rows = [(f"{name} in the salt.", change(text, 2, sign), "alphabet", "") for sign, name in what.items()]
        return [("An empty salt.", "", "length", "Fields"), *rows, ("A salt of 326 characters.", "A" * 326, "length", "Range")]


SCRYPT = Layout("$7${ln}{r}{p}{salt}${checksum}", Itoa64Number("ln", 1), Itoa64Number("r", 5), Itoa64Number("p", 5), TextItoa64("salt"), Itoa64("checksum", 32))
TEXT_SALTS = ["SodiumChloride", "a", "K5NJ0V0lQ4Xm9kZb3rTsV.", "./", "nLg5OZ2" * 6 + "x", "zz9"]


def scrypt(index, entry):
    return {"ln": 2 + index % 7, "r": 1 + index % 9, "p": 1 + index % 3, "salt": TEXT_SALTS[index % 6]}


def scrypt_flags(password, digest):
    """Those of a key of HMAC, in a string that ends at a NUL."""
    known = hmac_flags(password, 32)
    cut = b"\0" in as_bytes(password)
    return [*(flag for flag in known if not (cut and flag in ("Nul", "HmacKey"))), *(["CutAtNul", "Truncated"] if cut else [])]


HASHERS = [
    Hasher(
        "scrypt_crypt",
        SCRYPT,
        ["libxcrypt", "libsodium"],
        flags=scrypt_flags,
        parameters=lambda values: {"setting": SCRYPT.write({**values, "checksum": b""})[:-1]},
        matrix=[
            ("libxcrypt", TAKEN[::2], scrypt),
            ("libsodium", [index for index in range(1, len(PASSWORDS), 2) if 0 not in as_bytes(PASSWORDS[index])], scrypt),
        ],
        draw=lambda random: scrypt(random.randrange(1000), None),
    ),
    Hasher(
        "yescrypt",
        YESCRYPT,
        ["libxcrypt"],
        flags=c_string_flags,
        parameters=lambda values: {"setting": f"$y${values['params']}${YESCRYPT.fields['salt'].encode(values['salt'])}"},
        matrix=[("libxcrypt", TAKEN, yescrypt)],
        draw=lambda random: yescrypt(random.randrange(1000), None),
    ),
]
