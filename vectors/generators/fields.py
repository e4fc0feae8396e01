"""The kinds of fields that digests are made of. A field reads and writes itself; `changes` gives (comment, text, flags) of changes
that still parse, `damages` gives (comment, text, problem, flags) of damage."""

import base64
import re

ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BCRYPT64 = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def b64(data):
    return base64.b64encode(data).decode()


def change(text, index, replacement):
    """The text with one character replaced by a different one."""
    index %= len(text)
    assert text[index] != replacement
    return text[:index] + replacement + text[index + 1 :]


def flip(text, index, bits, alphabet=BCRYPT64):
    """The text with bits of one character of an alphabet of 64 flipped."""
    return change(text, index, alphabet[alphabet.index(text[index]) ^ bits])


def replace_once(text, old, new):
    assert text.count(old) == 1, (text, old)
    return text.replace(old, new)


class Layout:
    """The layout of a digest's fields: `$x${rounds}${salt}${checksum}`."""

    def __init__(self, text, *fields):
        self.text, self.fields = text, {field.name: field for field in fields}
        parts = re.split(r"(?<!\{)\{(\w+)\}", text)
        # Braces of the digest's own are written twice.
        parts = [part.replace("{{", "{").replace("}}", "}") for part in parts]
        pattern = "".join(self.pattern_of(part) if index % 2 else re.escape(part) for index, part in enumerate(parts))
        self.pattern, self.prefix = re.compile(pattern, re.DOTALL), parts[0]

    def pattern_of(self, name):
        """Letters have a fixed number; what else there is ends where the next sign stands."""
        size = self.fields[name].characters
        return f"(?P<{name}>.{{{size}}}|)" if size else f"(?P<{name}>.*?)"

    def split(self, digest):
        """The texts of a digest's fields."""
        found = self.pattern.fullmatch(digest)
        assert found, f"{digest} is not {self.text}"
        return found.groupdict()

    def read(self, digest):
        return {name: self.fields[name].decode(text) for name, text in self.split(digest).items()}

    def write(self, values):
        return self.text.format(**{name: field.encode(values[name]) for name, field in self.fields.items()})

    def put(self, digest, /, **texts):
        """The digest with other texts in some of its fields."""
        return self.text.format(**{**self.split(digest), **texts})

    def changes(self, digest, *names):
        """The changes (comment, digest, flags) of the named fields."""
        return [
            (comment, self.put(digest, **{name: text}), "ChangedDigest")
            for name in names
            for comment, text in self.fields[name].changes(self.split(digest)[name])
        ]

    def damages(self, digest, *names):
        """The damage (comment, digest, problem and field, flags) of the named fields; `shape` stands for the whole digest."""
        return [
            row if name == "shape" else (row[0], self.put(digest, **{name: row[1]}), f"{row[2]} {name}", row[3])
            for name in names
            for row in (self.shapes(digest) if name == "shape" else self.fields[name].damages(self.split(digest)[name]))
        ]

    def shapes(self, digest):
        """Damage to the shape of a digest that has a prefix."""
        shape = "shape digest"
        rows = [
            ("A space in front.", " " + digest, shape, "Whitespace"),
            ("A byte order mark in front.", "\ufeff" + digest, shape, "Whitespace"),
            ("The digest in quotes.", f'"{digest}"', shape, ""),
            ("The first character is missing.", digest[1:], shape, ""),
            ("The prefix in the other case.", self.prefix.swapcase() + digest[len(self.prefix) :], shape, ""),
        ]
        return rows if any(map(str.isalpha, self.prefix)) else rows[: 4 if self.prefix else 0]


class Packed(Layout):
    """Fields in one base64 behind a prefix. `cut` gives {field: its bytes} of the whole; numbers stand as decimals, bytes as hexadecimal."""

    def __init__(self, prefix, cut, *fields):
        self.prefix, self.cut, self.packed = prefix, cut, {field.name: field for field in fields}
        self.fields = self.packed

    def split(self, digest):
        assert digest.startswith(self.prefix), self.prefix
        found = self.cut(base64.b64decode(digest[len(self.prefix) :], validate=True))
        return {name: field.text_of(found[name]) if isinstance(field, Integer) else found[name].hex() for name, field in self.packed.items()}

    def put(self, digest, /, **texts):
        return self.join({**self.split(digest), **texts})

    def write(self, values):
        return self.join({name: field.encode(values[name]) for name, field in self.fields.items()})

    def join(self, texts):
        parts = [field.bytes_of(texts[name]) if isinstance(field, Integer) else bytes.fromhex(texts[name]) for name, field in self.packed.items()]
        return self.prefix + b64(b"".join(parts))

    def damages(self, digest, *names):
        """`digest` stands for the base64 as a whole."""
        whole = Base64("digest", 1)
        rows = whole.damages(digest[len(self.prefix) :]) if "digest" in names else []
        others = super().damages(digest, *(name for name in names if name != "digest"))
        return [*((what, self.prefix + text, f"{problem} digest", flags) for what, text, problem, flags in rows), *others]


class Field:
    characters = None  # How many it always has, where nothing stands behind it.

    def __init__(self, name, title=None):
        self.name, self.title = name, title or name

    def encode(self, value):
        return value

    def decode(self, text):
        return text

    def changes(self, text):
        return []

    def damages(self, text):
        return []


class Number(Field):
    """A decimal without leading zeros; `one` is its title in the singular."""

    def __init__(self, name, least, most, title=None, one=None):
        super().__init__(name, title)
        self.least, self.most, self.one = least, most, one or self.title

    def encode(self, value):
        return str(value)

    def decode(self, text):
        return int(text)

    def changes(self, text):
        near = [(f"One {self.one} more.", int(text) + 1), (f"One {self.one} less.", int(text) - 1)]
        return [(comment, str(value)) for comment, value in near if self.least <= value <= self.most]

    def damages(self, text):
        the = f"the {self.title}"
        bad = [
            (f"No {self.title}.", ""),
            (f"A plus sign before {the}.", "+" + text),
            (f"A minus sign before {the}.", "-" + text),
            (f"A leading zero in {the}.", "0" + text),
            (f"Only zeros as {the}.", "00"),
            (f"An underscore in {the}.", text[0] + "_" + (text[1:] or "0")),
            (f"A comma in {the}.", "1,000"),
            (f"An exponent in {the}.", "1e1"),
            (f"Hexadecimal {self.title}.", f"{int(text):#x}"),
            (f"A decimal point in {the}.", text + ".0"),
            (f"A space before {the}.", " " + text),
            (f"A space after {the}.", text + " "),
            (f"A line feed after {the}.", text + "\n"),
            (f"A NUL after {the}.", text + "\0"),
            ("Full-width digits.", "".join(chr(0xFF10 + int(digit)) for digit in text)),
            ("Arabic-Indic digits.", "".join(chr(0x660 + int(digit)) for digit in text)),
            (f"A letter after {the}.", text + "a"),
            (f"A word in place of {the}.", "NaN"),
        ]
        out = [
            *([(f"No {self.one} at all.", str(self.least - 1))] if self.least else []),
            (f"One {self.one} more than the most.", str(self.most + 1)),
            (f"More {self.title} than 32 bits hold.", "4294967297"),
            (f"More {self.title} than 64 bits hold.", "18446744073709551617"),
        ]
        return [(*row, "number", "BadNumber") for row in bad] + [(*row, "range", "Range") for row in out]


class Integer(Number):
    """A number of so many bytes within a base64, the most significant first; none where it is not there."""

    def __init__(self, name, least, most, width=4, **more):
        super().__init__(name, least, most, **more)
        self.width = width

    def encode(self, value):
        return "" if value is None else str(value)

    def decode(self, text):
        return int(text) if text else None

    def changes(self, text):
        return super().changes(text) if text else []

    def text_of(self, data):
        return str(int.from_bytes(data, "big")) if data else ""

    def bytes_of(self, text):
        return int(text).to_bytes(self.width, "big") if text else b""


class HexNumber(Number):
    """A number in lower-case hexadecimal without leading zeros."""

    def encode(self, value):
        return f"{value:x}"

    def decode(self, text):
        return int(text, 16)

    def changes(self, text):
        return [(comment, f"{int(decimal):x}") for comment, decimal in super().changes(str(self.decode(text)))]

    def damages(self, text):
        digits = (f"An exponent in the {self.title}.", f"A letter after the {self.title}.")
        rows = [row for row in super().damages("10") if row[0] not in digits]
        return [*rows, (f"A capital letter in the {self.title}.", text + "A", "number", "BadNumber")]


class Word(Field):
    """One of some words, {text: value}."""

    def __init__(self, name, words, title=None):
        super().__init__(name, title)
        self.words = words

    def encode(self, value):
        return next(text for text, known in self.words.items() if known == value)

    def decode(self, text):
        return self.words[text]

    def damages(self, text):
        rows = [("No {}.", ""), ("A {} that does not exist.", text + "0"), ("The {} in capitals.", text.upper())]
        return [(comment.format(self.title), new, "range", "OtherFormat") for comment, new in rows]


class Text(Field):
    """A salt that is used as text."""

    def changes(self, text):
        return [
            (f"A shorter {self.title}.", text[:-1]),
            (f"A longer {self.title}.", text + "A"),
            (f"A letter of the {self.title} in the other case.", text[0].swapcase() + text[1:]),
        ]

    def damages(self, text):
        the = f"the {self.title}"
        foreign = [
            (f"A tab in {the}.", "\t"),
            (f"A line feed in {the}.", "\n"),
            (f"A carriage return in {the}.", "\r"),
            (f"A NUL in {the}.", "\0"),
            (f"An escape character in {the}.", "\x1b"),
            (f"A delete character in {the}.", "\x7f"),
            (f"The first control character past ASCII in {the}.", "\x80"),
            (f"A next-line character in {the}.", "\x85"),
            (f"The last control character past ASCII in {the}.", "\x9f"),
            (f"A line separator in {the}.", "\u2028"),
            (f"A paragraph separator in {the}.", "\u2029"),
            (f"A byte order mark in {the}.", "\ufeff"),
            (f"Half of a surrogate pair in {the}.", "\ud83e"),
            (f"The other half of a surrogate pair in {the}.", "\uddc2"),
        ]
        rows = [
            (f"A byte order mark before {the}.", "\ufeff" + text),
            (f"A line feed after {the}.", text + "\n"),
            (f"A carriage return after a {self.title} that ends with a space.", text + " \r"),
            (f"Only a tab as {the}.", "\t"),
            *((comment, text[:4] + character + text[4:]) for comment, character in foreign),
        ]
        return [(f"An empty {self.title}.", "", "length", "Fields"), *((*row, "alphabet", "Whitespace") for row in rows)]


class Bytes(Field):
    """Bytes in an encoding. `size` is their number; with `longer` it is the least."""

    def __init__(self, name, size, title=None, longer=False):
        super().__init__(name, title)
        self.size, self.longer = size, longer

    def changes(self, text):
        data, the = self.decode(text), f"the {self.title}"
        rows = [
            (f"The first bit of {the} changed.", bytes([data[0] ^ 128]) + data[1:]),
            (f"The last bit of {the} changed.", data[:-1] + bytes([data[-1] ^ 1])),
            (f"The bytes of {the} in reverse order.", data[::-1]),
            (f"A {self.title} of zeros.", bytes(len(data))),
            (f"The halves of {the} exchanged.", data[len(data) // 2 :] + data[: len(data) // 2]),
        ]
        return [(comment, self.encode(new)) for comment, new in rows if new != data]


class Hex(Bytes):
    """Hexadecimal in lower case, or in upper case with `upper`; the other case means the same, unless `strict`."""

    def __init__(self, name, size, title=None, longer=False, upper=False, strict=False):
        super().__init__(name, size, title, longer)
        self.upper, self.strict = upper, strict

    def encode(self, value):
        return value.hex().upper() if self.upper else value.hex()

    def decode(self, text):
        return bytes.fromhex(text)

    def damages(self, text):
        data, least = bytes.fromhex(text), self.size
        rows = [
            (f"An empty {self.title}.", "", "length", "CutOff"),
            (f"A {self.title} of one byte.", text[:2], "length", "CutOff"),
            (f"A {self.title} of {least - 1} bytes.", text[: least * 2 - 2], "length", "CutOff"),
            (f"A {self.title} of {least * 2 - 1} digits.", text[: least * 2 - 1], "length", "CutOff"),
            ("An odd number of digits, one missing.", text[:-1], "length", "CutOff"),
            ("An odd number of digits, one too many.", text + "0", "length", "CutOff"),
            ("A letter that is no hexadecimal digit.", change(text, -1, "g"), "alphabet", ""),
            ("A capital letter that is no hexadecimal digit.", change(text, 0, "G"), "alphabet", ""),
            ("A prefix that says hexadecimal.", "0x" + text, "alphabet", "OtherFormat"),
            ("Colons between the bytes.", data.hex(":"), "alphabet", "OtherFormat"),
            (f"The {self.title} in base64.", b64(data), "alphabet", "OtherFormat"),
            ("A full-width digit.", change(text, -1, "\uff11"), "alphabet", ""),
            ("A Cyrillic letter that looks like a digit.", change(text, -1, "\u0430"), "alphabet", ""),
            ("A line feed at the end.", text + "\n", "alphabet", "Whitespace"),
            ("Two line ends at the end.", text + "\r\n", "alphabet", "Whitespace"),
            ("A space at the end.", text + " ", "alphabet", "Whitespace"),
            ("A NUL at the end.", text + "\0", "alphabet", "Whitespace"),
            (f"A space before the {self.title}.", " " + text, "alphabet", "Whitespace"),
            ("A space in place of a digit.", change(text, 4, " "), "alphabet", "Whitespace"),
        ]
        if self.strict:
            rows.append(("Capital letters.", text.upper(), "alphabet", "UpperCase"))
        if least == 1:
            rows = [rows[0], *rows[4:]]
        if self.longer:
            return rows
        # A fixed length is checked before the alphabet, so that some rows of the table become one.
        fixed = {new: (comment, new, problem if len(new) == len(text) else "length", flags) for comment, new, problem, flags in rows}
        return list(fixed.values())


class Base64(Bytes):
    """Padded base64, unless `padded` is false; `signs` are the last two of the alphabet."""

    def __init__(self, name, size, title=None, longer=False, padded=True, signs="+/"):
        super().__init__(name, size, title, longer)
        self.padded, self.signs = padded, signs

    def encode(self, value):
        text = base64.b64encode(value, self.signs.encode()).decode()
        return text if self.padded else text.rstrip("=")

    def decode(self, text):
        return base64.b64decode(text + "=" * (-len(text) % 4), self.signs.encode(), validate=True)

    def damages(self, text):
        data, the, at = self.decode(text), f"the {self.title}", len(text) // 2
        signs = [
            ("A plus sign", "+", ""),
            ("A hyphen", "-", ", from URL-safe base64"),
            ("An underscore", "_", ", from URL-safe base64"),
            ("A full stop", ".", ", from the alphabet of crypt"),
        ]
        foreign = [row for row in signs if row[1] not in self.signs]
        rows = [
            (f"An empty {self.title}.", "", "length", "CutOff"),
            (f"A {self.title} of one byte less than the fewest.", self.encode(data[: self.size - 1]), "length", "CutOff"),
            (f"A {self.title} that is no number of bytes long.", text.rstrip("=")[: len(text) // 4 * 4 - 3], "length", "Padding"),
            *((f"{what} in {the}{why}.", change(text, at, sign), "alphabet", "OtherFormat") for what, sign, why in foreign),
            (f"A letter that is no ASCII in {the}.", change(text, at, "\u00e9"), "alphabet", ""),
            (f"A space in {the}.", change(text, at, " "), "alphabet", "Whitespace"),
            (f"A line feed in {the}.", change(text, at, "\n"), "alphabet", "Whitespace"),
            (f"A NUL in {the}.", change(text, at, "\0"), "alphabet", "Whitespace"),
            (f"A padding sign within {the}.", change(text, at, "="), "alphabet", "Padding"),
        ]
        if self.size == 1:
            rows = [row for row in rows if row[0] != f"A {self.title} of one byte less than the fewest."]
        bare, alphabet = text.rstrip("="), BASE64[:62] + self.signs
        if len(bare) % 4:
            rows.append((f"Unused bits set in {the}.", flip(bare, -1, 1, alphabet) + text[len(bare) :], "canonical", "UnusedBits"))
        return rows


class Letters(Bytes):
    """A fixed number of characters of an alphabet of 64, read as they are: salts and checksums of crypt(3) and its relatives."""

    def __init__(self, name, size, alphabet=ITOA64, title=None):
        super().__init__(name, size, title)
        self.alphabet, self.characters = alphabet, size

    def encode(self, value):
        return value

    def decode(self, text):
        return text

    def changes(self, text):
        the = f"the {self.title}"
        rows = [
            (f"The first character of {the} changed.", flip(text, 0, 1, self.alphabet)),
            (f"A character in the middle of {the} changed.", flip(text, len(text) // 2, 32, self.alphabet)),
            (f"The letters of {the} in the other case.", text[:-1].swapcase() + text[-1]),
            (f"Two characters of {the} exchanged.", text[1] + text[0] + text[2:]),
        ]
        return [(comment, new) for comment, new in rows if new != text]

    def damages(self, text):
        the, at = f"the {self.title}", len(text) // 2
        signs = [
            ("A plus sign", "+"),
            ("A minus sign", "-"),
            ("An equals sign", "="),
            ("A space", " "),
            ("A NUL", "\0"),
            ("A letter with an accent", "\u00e9"),
            ("A Cyrillic letter", "\u0430"),
        ]
        return [(f"{what} in {the}.", change(text, at, sign), "alphabet", "") for what, sign in signs]
