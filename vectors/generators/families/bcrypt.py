"""bcrypt, and Django's bcrypt over the SHA-256 of the password in hexadecimal: `$2b$<cost>$<salt><checksum>`.

`$2x$` is what crypt_blowfish computed before 1.1: a byte is read as a signed number, so that one above 0x7f overwrites the bytes
before it in its word of four. `$2$` has no NUL after the password. `$2a$` is `$2b$` with two exceptions: npm's bcrypt, like
OpenBSD before 5.5, counts the key's bytes in eight bits, and crypt_blowfish changes a bit of the state where the bug of `$2x$`
makes the key of other passwords too.
"""

import hashlib

from fields import BCRYPT64, Field, Layout, Letters
from systems import all_systems
from write import PASSWORDS, Hasher, as_bytes, fixed_bytes, password_flags

SYSTEMS = ["libxcrypt", "php", "python_bcrypt", "npm_bcrypt", "rs_bcrypt", "eksblowfish"]
DJANGO = "bcrypt_sha256$"
CRYPT_BLOWFISH = ("libxcrypt", "php")
OLD = {"$2x$": "2x", "$2$": "2"}


def layout(prefix):
    fields = [Field("version"), Field("cost"), Letters("salt", 22, BCRYPT64), Letters("checksum", 31, BCRYPT64)]
    return Layout(prefix + "${version}${cost}${salt}{checksum}", *fields)


def salt_of(label):
    """A fixed salt: 16 bytes in bcrypt's base64."""
    bits = "".join(f"{byte:08b}" for byte in fixed_bytes("bcrypt salt: " + label, 16)).ljust(132, "0")
    return "".join(BCRYPT64[int(bits[at : at + 6], 2)] for at in range(0, 132, 6))


def cheapest(label):
    return lambda index, entry: {"version": "2b", "cost": "04", "salt": salt_of(label + entry["comment"])}


def draw(versions):
    def values(random):
        return {"version": random.choice(versions), "cost": random.choice(["04", "05"]), "salt": salt_of(str(random.random()))}

    return values


def setting(values):
    return {"setting": "${version}${cost}${salt}".format(**values)}


def overwrites(password):
    """Whether `$2x$` makes another key of the password than `$2b$`."""
    key = (as_bytes(password) + b"\0") * 72
    return any(word_of(key[at : at + 4], 0) != word_of(key[at : at + 4], 0x80) for at in range(0, 72, 4))


def word_of(data, sign_bit):
    """Four bytes as a word, made as crypt_blowfish did: with the sign of a C `char`, or without."""
    word = 0
    for byte in data:
        word = (word << 8 | (byte - 256 if byte & sign_bit else byte)) & 0xFFFFFFFF
    return word


def has_own_2a(password):
    """Whether crypt_blowfish's `$2a$` differs: a byte above 0x7f had others before it in its word, and changed none of them."""
    key = (as_bytes(password) + b"\0") * 72
    return not overwrites(password) and any(key[place] > 127 for place in range(72) if place % 4)


def flags(password, digest):
    text = password.decode(errors="replace")
    size = len(password)
    is_repetition = any(password == password[:part] * (size // part) for part in range(1, size // 2 + 1))
    no_nul = digest.startswith("$2$") and (size > 36 or is_repetition)
    overwriting = digest.startswith("$2x$") and any(byte > 127 for byte in password)
    found = {
        "Truncated": size > 72 or 0 in password or no_nul or overwriting,
        "OuterSpace": text != text.strip(),
        # The key of $2$ ends without a NUL, so it has no sibling.
        "OverwrittenBytes": overwrites(password) and not digest.startswith("$2$"),
    }
    return [*(flag for flag, holds in found.items() if holds), *version_flags(digest)]


def version_flags(digest):
    names = {"$2a$": "Version2a", "$2y$": "Version2y", "$2$": "NoNul", "$2x$": "SignExtension"}
    return [flag for version, flag in names.items() if version in digest]


def asked(system, test):
    """The digests that a system is shown: its own spelling of `$2b$`, the old variants that it has, its own `$2a$` where it differs."""
    digest, size, flags = test["digest"], len(as_bytes(test)), test["flags"]
    version = digest[: digest.index("$", 1) + 1]
    if version == "$2x$":
        return [digest] if system in CRYPT_BLOWFISH else []
    if version == "$2$":
        return [digest] if system == "eksblowfish" or system == "npm_bcrypt" and size < 256 else []
    if version == "$2a$" and ("Only2a" in flags or test["result"] == "invalid"):
        wraps, counters = system == "npm_bcrypt" and size > 254, system in CRYPT_BLOWFISH and "WrappedLength" not in flags
        return [digest] if wraps or counters else []
    return ["$2b$" + digest[4:]]


def of_other_names(file):
    """The checksums of the old variants and of one system's `$2a$` under other names, which are all mismatches."""
    valid = [test for group in file.groups if group["source"]["how"] == "generated" for test in group["tests"]]
    valid += [test for group in file.by_hand("transcribed") for test in group["tests"] if "Only2a" in test["flags"]]
    rename = lambda version, digest: f"${version}{digest[digest.index('$', 1) :]}"  # noqa: E731
    make = all_systems()["libxcrypt"].hash
    for prefix, old in OLD.items():
        tests = [test for test in valid if test["digest"].startswith(prefix) and differs(old, as_bytes(test))]
        new = [(test["comment"], as_bytes(test), rename("2b", test["digest"])) for test in tests]
        rows = [(f"The checksum of ${old}$ as $2b$. {comment}", *rest) for comment, *rest in new]
        for comment, password, digest in new:
            if 0 not in password:
                made = make("bcrypt", password, setting=digest[:29])
                rows.append((f"The checksum of $2b$ as ${old}$. {comment}", password, rename(old, made)))
        file.invalid(f"Digests of the systems, ${old}$ as $2b$ and $2b$ as ${old}$", rows)
    own = [test for test in valid if "Only2a" in test["flags"] and "CutCharacter" not in test["flags"]]
    own = [test for test in own if " that begins with the same five." not in test["comment"]]
    rows = [
        (f"A digest of $2a$ alone, as ${version}$. {test['comment']}", as_bytes(test), rename(version, test["digest"]))
        for test in own
        for version in ("2b", "2y")
    ]
    file.invalid("Digests of only one system's $2a$, under another version's name", rows)
    check_rules(valid, make)


def check_rules(tests, make):
    """Checks `overwrites` and `has_own_2a` with every password that libxcrypt takes, and npm's keys with Perl."""
    for password in sorted({as_bytes(test)[:72] for test in tests}):
        if 0 not in password:
            old, new, own = (make("bcrypt", password, setting=f"${version}$04${salt_of('rules')}")[4:] for version in ("2x", "2b", "2a"))
            assert (old != new) is overwrites(password) and (own != new) is has_own_2a(password), password
    for test in tests:
        if "WrappedLength" in test["flags"]:
            password, rest = as_bytes(test), test["digest"][3:]
            key = password[: (len(password) + 1) % 256 or 1]
            assert all_systems()["eksblowfish"].hash("bcrypt", key, setting=f"$2{rest[:26]}") == f"$2{rest}", test


def differs(old, password):
    """Whether an old variant makes another key of the password than `$2b$`; an empty password is read as a NUL."""
    return overwrites(password) if old == "2x" else 0 < len(password) < 72


def prehash(password):
    return hashlib.sha256(password).hexdigest().encode()


TEXTS = [*range(34)]
# libxcrypt takes no NUL, and at most 511 bytes.
SHORT = [index for index, entry in enumerate(PASSWORDS) if 0 not in as_bytes(entry) and len(as_bytes(entry)) <= 511]
HASHERS = [
    Hasher(
        "bcrypt",
        layout(""),
        SYSTEMS,
        makers=["passlib"],
        flags=flags,
        parameters=setting,
        asked=asked,
        more=of_other_names,
        matrix=[("libxcrypt", SHORT, cheapest(""))],
        draw=draw(["2", "2a", "2b", "2x", "2y"]),
    ),
    Hasher(
        "bcrypt_sha256_django",
        layout(DJANGO),
        ["django", "libxcrypt", "npm_bcrypt", "rs_bcrypt"],
        makers=["passlib"],
        flags=lambda password, digest: [*password_flags(password), *version_flags(digest)],
        parameters=setting,
        inner=("bcrypt", prehash, DJANGO),
        matrix=[("django", TEXTS, cheapest("django: ")), ("passlib", [*range(34, 40)], cheapest("passlib: "))],
        draw=draw(["2b"]),
    ),
]
