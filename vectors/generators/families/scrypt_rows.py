"""scrypt as other systems lay it out. Where a system is none of `systems`, OpenSSL and libsodium follow its rule."""

import re

from families.scrypt import FIREBASE_FIELDS, SALTS, SIGNER_KEY, scrypt_flags
from fields import Base64, Hex, HexNumber, Layout, Number, Text, Word, change
from write import PASSWORDS, Hasher, fixed_bytes

COMPUTING = ["openssl", "libsodium"]
RAW_SALTS = [fixed_bytes(f"scrypt salt {length}", length) for length in (16, 12, 8, 24, 10, 32)]
HEX_SALTS = [fixed_bytes(f"scrypt hex salt {index}", 16) for index in range(6)]
CHEAP = [(1 << 2 + index % 8, 1 + index % 8, 1 + index % 3) for index in range(24)]


def as_bytes(values):
    salt = values["salt"]
    return salt if isinstance(salt, bytes) else salt.encode()


def row(name, text, *fields, systems=(), numbers=CHEAP, salts=SALTS, size=64, **more):
    """`numbers` are N, r and p where the digest does not hold them as `constants`; `size` is that of the checksum; `forms(values)`
    says, for each way to read a digest, whether the password is put in NFKC first."""
    layout = more.get("layout") or Layout(text, *fields)
    salt_of, constants, every = more.get("salt", as_bytes), more.get("constants", {}), more.get("every", 2)
    forms = more.get("forms", lambda values: [False])

    def parameters(values):
        length = len(values["checksum"]) if "checksum" in values else values.get("length", size)
        nfkc = values.get("nfkc", forms(values)[0])
        numbers = {key: constants.get(key, values.get(key)) for key in "Nrp"}
        numbers["N"] = numbers["N"] or 1 << values["ln"]
        made = {**numbers, "salt": salt_of(values), "length": length, **more.get("also", lambda values: {})(values)}
        return {**made, "nfkc": True} if nfkc else made

    def values(index):
        N, r, p = numbers[index % len(numbers)]
        return {"N": N, "ln": N.bit_length() - 1, "r": r, "p": p, "salt": salts[index % len(salts)]}

    def flags(password, digest):
        return [*scrypt_flags(password, digest), *([] if systems else ["Rule"])]

    is_taken = lambda entry: not (more.get("text_only") and "passwordHex" in entry)  # noqa: E731
    chosen = [index for index, entry in enumerate(PASSWORDS) if index % every < 2 and is_taken(entry)]
    return Hasher(
        name,
        layout,
        [*systems, *COMPUTING],
        inner=("scrypt", lambda password: password, ""),
        flags=flags,
        parameters=parameters,
        readings=lambda digest: [{**layout.read(digest), "nfkc": form} for form in forms(layout.read(digest))],
        matrix=[
            (maker, [index for index in chosen if index % 2 == turn], lambda index, entry: values(index))
            for turn, maker in enumerate(more.get("makers", COMPUTING))
        ],
        draw=lambda random: values(random.randrange(1000)),
    )


def b64np(name, size):
    return Base64(name, size, longer=True, padded=False)


def firebase_row(name, text):
    """Firebase's modified scrypt in another string; its p is always 1."""

    def values(index):
        made = {"salt": fixed_bytes(f"{name} salt {index}", 10), "signerKey": SIGNER_KEY, "saltSeparator": b"\x07", "p": 1}
        return {**made, "rounds": 1 + index % 8, "memoryCost": 1 + index % 7}

    layout = Layout(
        text,
        *(Base64("checksum", 16, longer=True), Base64("salt", 1, longer=True), Base64("signerKey", 1, "signer key", longer=True)),
        *(Base64("saltSeparator", 1, "separator", longer=True), Number("rounds", 1, 8), Number("memoryCost", 1, 14, "memory cost")),
        *([Word("p", {"1": 1})] if "{p}" in text else []),
    )
    return Hasher(
        name,
        layout,
        ["firebase", "sodium_aes"],
        scheme="scrypt_firebase",
        flags=scrypt_flags,
        parameters=lambda values: {key: values[key] for key in FIREBASE_FIELDS},
        matrix=[(maker, slice(turn, None, 2), lambda index, entry: values(index)) for turn, maker in enumerate(["firebase", "sodium_aes"])],
        draw=lambda random: values(random.randrange(1000)),
    )


class LuciaLayout(Layout):
    """The layout of Lucia, with a version in front or without."""

    def pattern_of(self, name):
        return f"(?P<{name}>s2:|)" if name == "r" else super().pattern_of(name)


class LuciaSalt(Text):
    """16 letters and digits, or 32 digits of hexadecimal."""

    def changes(self, text):
        return [("A letter of the salt in the other case.", text[0].swapcase() + text[1:]), ("Another letter in the salt.", change(text, -1, "x"))]

    def damages(self, text):
        rows = [
            ("An empty salt.", "", "length", "Fields"),
            ("A salt one character short.", text[:-1], "length", "Fields"),
            ("A salt one character long.", text + "A", "length", "Fields"),
            ("A salt twice as long that is no hexadecimal.", text * 2, "alphabet", ""),
            ("A full stop in the salt.", change(text, 3, "."), "alphabet", ""),
            ("A slash in the salt.", change(text, 3, "/"), "alphabet", ""),
            ("A hyphen in the salt.", change(text, 3, "-"), "alphabet", ""),
            ("A letter that is no ASCII in the salt.", change(text, 3, "\u00e9"), "alphabet", ""),
            ("A full-width digit in the salt.", change(text, 3, "\uff11"), "alphabet", ""),
            ("A space in the salt.", change(text, 3, " "), "alphabet", "Whitespace"),
            ("A line feed in the salt.", change(text, 3, "\n"), "alphabet", "Whitespace"),
            ("A NUL in the salt.", change(text, 3, "\0"), "alphabet", "Whitespace"),
        ]
        return rows


class RubySalt(Hex):
    """Digits of hexadecimal, sometimes an odd number of them; 40 are the gem's first releases'."""

    def encode(self, value):
        return value

    def decode(self, text):
        return text

    def changes(self, text):
        return [
            ("A shorter salt.", text[:-2]),
            ("A longer salt.", text + "a1"),
            ("Another digit in the salt.", change(text, -1, "5")),
        ]

    def damages(self, text):
        rows = [row for row in super().damages(text) if "odd number" not in row[0].lower()]
        return [row for row in rows if "bytes" not in row[0] and "digits." not in row[0]]


def ruby_salt(values):
    """The bytes of a salt: 40 digits are text, with the numbers in front; any other are bytes, without the zeros in front."""
    text = values["salt"]
    if len(text) == 40:
        return "$".join([*(f"{values[key]:x}" for key in "Nrp"), text]).encode()
    digits = re.sub("^(00)+", "", text)
    return bytes.fromhex(digits + "0" * (len(digits) % 2))


def power(name):
    """N: what stands beside a power of two is none."""
    return Number("N", 2, 2**52)


LESS = (1, 2**30 - 1)
NUMBERS = [power("N"), Number("r", *LESS), Number("p", *LESS)]
LOG_NUMBERS = [Number("ln", 1, 31), *NUMBERS[1:]]
HEX_NUMBERS = [HexNumber("N", 2, 2**52), HexNumber("r", *LESS), HexNumber("p", *LESS)]
NFKC = {"forms": lambda values: [True], "text_only": True, "constants": {"N": 16384, "r": 16, "p": 1}}

HASHERS = [
    row(
        "scrypt_django",
        "scrypt${N}${salt}${r}${p}${checksum}",
        *(NUMBERS[0], Text("salt"), *NUMBERS[1:], Base64("checksum", 64)),
        systems=["django5"],
        makers=["django5", "libsodium"],
        text_only=True,
    ),
    row(
        "scrypt_better_auth",
        "{salt}:{checksum}",
        *(Hex("salt", 16, strict=True), Hex("checksum", 64, strict=True)),
        systems=["better_auth"],
        salts=HEX_SALTS,
        salt=lambda values: values["salt"].hex().encode(),
        every=4,
        **NFKC,
    ),
    row(
        "scrypt_lucia",
        "",
        systems=["lucia", "lucia_auth"],
        layout=LuciaLayout("{r}{salt}:{checksum}", Word("r", {"s2:": 16, "": 8}), LuciaSalt("salt"), Hex("checksum", 64, strict=True)),
        salts=["HmXw0LzkR8vQ2T5h", "c1W9tRkq0ZpLx7Vd", HEX_SALTS[0].hex(), "qe7mz2htq9lsbw3u", HEX_SALTS[1].hex()],
        numbers=[(16384, 8, 1), (16384, 16, 1), (16384, 8, 1)],
        constants={"N": 16384, "p": 1},
        forms=lambda values: [True] if values["r"] == 16 else [False, True],
        text_only=True,
        every=4,
    ),
    row(
        "scrypt_ruby",
        "{N}${r}${p}${salt}${checksum}",
        *(*HEX_NUMBERS, RubySalt("salt", 8, longer=True), Hex("checksum", 16, longer=True, strict=True)),
        salts=[salt.hex() for salt in RAW_SALTS],
        salt=ruby_salt,
        also=lambda values: {"sha1_of": 256} if len(values["salt"]) == 40 else {},
        size=32,
    ),
    row(
        "scrypt_passlib",
        "$scrypt$ln={ln},r={r},p={p}${salt}${checksum}",
        *(*LOG_NUMBERS, b64np("salt", 1), b64np("checksum", 16)),
        systems=["passlib"],
        makers=["passlib", "libsodium"],
        numbers=[(2 << index % 5, 1 + index % 4, 1 + index % 2) for index in range(20)],
        salts=RAW_SALTS,
        size=32,
    ),
    row(
        "scrypt_kratos",
        "$scrypt$ln={N},r={r},p={p}${salt}${checksum}",
        *(*NUMBERS, Base64("salt", 1, longer=True), Base64("checksum", 16, longer=True)),
        numbers=[(32 << index % 5, 1 + index % 8, 1 + index % 3) for index in range(40)],
        salts=RAW_SALTS,
        size=32,
    ),
    row(
        "scrypt_adonis",
        "$scrypt$n={N},r={r},p={p}${salt}${checksum}",
        *(*NUMBERS, b64np("salt", 8), b64np("checksum", 64)),
        systems=["adonis_scrypt"],
        salts=RAW_SALTS,
    ),
    firebase_row("scrypt_supabase", "$fbscrypt$v=1,n={memoryCost},r={rounds},p={p},ss={saltSeparator},sk={signerKey}${salt}${checksum}"),
    firebase_row("scrypt_kratos_firebase", "$firescrypt$ln={memoryCost},r={rounds},p={p}${salt}${checksum}${saltSeparator}${signerKey}"),
    firebase_row("scrypt_workos", "$firebase-scrypt$hash={checksum}$salt={salt}$sk={signerKey}$ss={saltSeparator}$r={rounds}$m={memoryCost}"),
]
