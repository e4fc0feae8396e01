#!/usr/bin/env python3
"""Writes vectors/scrypt_werkzeug.json.

Two systems make the digests: Werkzeug's own generate_password_hash, its salts fixed by replacing gen_salt (its scrypt is
OpenSSL's, by way of hashlib), and libsodium's scrypt, laid out as Werkzeug does. Each digest of one is verified by the other
where it can be, and so is RFC 7914's; both refuse every `invalid` test. Werkzeug takes no bytes, and no N under 128 with p of one:
it gives OpenSSL 132 * N * r * p bytes, which is too little there.

Needs Werkzeug 2.3 or later (3.1.8 made the file in the repository; Debian 12 has 2.2, which knows no scrypt), and from Debian 12
libsodium23 1.0.18.

  python3 vectors/generators/scrypt_werkzeug.py
"""

import base64
import functools
from importlib.metadata import version
from unittest import mock

from werkzeug import security

from password_flags import NOTES, TRUNCATED_NOTE, key_sized_passwords
from sodium import HASHED_WORD, HMAC_KEY_NOTE, LONG_WORD, scrypt, scrypt_flags
from text_salts import SPACED_SALT_NOTE, SPACED_SALTS, bad_text_salts
from vector_tools import (
    assemble,
    change,
    invalid,
    malformed,
    note,
    password_bytes,
    read_passwords,
    replace_once,
    source,
    valid,
)

COMMAND = "python3 vectors/generators/scrypt_werkzeug.py"
WERKZEUG = version("werkzeug")
SALTS = ["seasaltA", "c1W9tRkq0ZpLx7Vd", "N4x", "Qe7mZ2hTq9LsBw3u", "7bXcPf0aKj5RyGt8", "UvD1sO6nEiMgHr4C"]


def by_werkzeug(comment, password, method, salt, *flags):
    with mock.patch.object(security, "gen_salt", lambda length: salt):
        digest = security.generate_password_hash(password, method)
    return valid(comment, password, digest, *flags)


def lay(password, n, r, p, salt, salt_bytes=None):
    checksum = scrypt(password, salt.encode() if salt_bytes is None else salt_bytes, n, r, p, 64)
    return f"scrypt:{n}:{r}:{p}${salt}${checksum.hex()}"


def as_bytes(password):
    return password if isinstance(password, bytes) else password.encode()


def by_sodium(comment, password, n, r, p, salt, *flags):
    return valid(comment, password, lay(as_bytes(password), n, r, p, salt), *flags)


passwords = read_passwords()
text_passwords = [entry for entry in passwords if "password" in entry]
byte_passwords = [entry for entry in passwords if "passwordHex" in entry]

werkzeug_tests = [
    *(
        by_werkzeug(
            entry["comment"],
            entry["password"],
            f"scrypt:{128 << index % 4}:{1 + index % 8}:1",
            SALTS[index % 6],
            *scrypt_flags(password_bytes(entry)),
        )
        for index, entry in enumerate(text_passwords[0::2])
    ),
    by_werkzeug("The defaults of Werkzeug 2.3 to 3.1.", "flask-default", "scrypt", "mJ2pQ8vYc5XoRw1K"),
    by_werkzeug("Half the default N.", "saddle", "scrypt:16384:8:1", "seasaltA"),
    by_werkzeug("An N of two, for which Werkzeug needs a p of four.", "pebble", "scrypt:2:1:4", "seasaltB"),
    by_werkzeug("The largest N below two to the sixteenth with r of one.", "granite", "scrypt:32768:1:1", "seasaltC"),
    by_werkzeug("A p of eight.", "eight lanes", "scrypt:512:8:8", "seasaltD"),
    by_werkzeug("An r of 16.", "wide blocks", "scrypt:2048:16:1", "seasaltE"),
    by_werkzeug("r and p are no powers of two.", "odd", "scrypt:64:5:3", "seasaltF"),
    by_werkzeug(
        "A salt of URL-safe base64, as later releases draw it.",
        "token",
        "scrypt:256:8:1",
        "pX-3_vR9kd0-_aZb7LmQ1w",
        "TextSalt",
    ),
    by_werkzeug("A salt of one character.", "short salt", "scrypt:256:8:1", "s", "TextSalt"),
    by_werkzeug("A salt that looks like hex.", "hex salt", "scrypt:256:8:1", "deadbeef", "TextSalt"),
    by_werkzeug("A salt that is no ASCII.", "umlaut salt", "scrypt:256:8:1", "Salz-für-Müller", "TextSalt"),
    by_werkzeug("A salt with colons.", "meridian", "scrypt:256:8:1", "a:1:b", "TextSalt"),
    *(
        by_werkzeug(comment, "spaced salt", "scrypt:128:8:1", salt, "SpacedSalt")
        for comment, salt in SPACED_SALTS
    ),
]

sodium_tests = [
    *(
        by_sodium(
            entry["comment"],
            password_bytes(entry),
            *(2 << index % 10, 1 + index % 16, 1 + index % 3),
            SALTS[(index + 3) % 6],
            *scrypt_flags(password_bytes(entry)),
        )
        for index, entry in enumerate(text_passwords[1::2] + byte_passwords)
    ),
    by_sodium("The smallest N, r and p.", "pebble", 2, 1, 1, "seasaltB"),
    by_sodium("An N of 32768.", "large n", 32768, 4, 1, "seasaltG"),
    by_sodium("An r of 16 and a p of eight.", "wide and many", 256, 16, 8, "seasaltH"),
    by_sodium("A long salt.", "lighthouse", 16, 8, 1, "0123456789abcdef" * 16, "TextSalt"),
    by_sodium("A salt that looks like padded base64.", "base64 salt", 16, 8, 1, "c2FsdA==", "TextSalt"),
    *(
        by_sodium(comment, password, 16, 8, 1, "seasaltK", *scrypt_flags(as_bytes(password)))
        for comment, password in [
            *key_sized_passwords(32),
            ("A password longer than HMAC's block.", LONG_WORD),
            ("The same digest, for the hash of that password.", HASHED_WORD),
        ]
    ),
    by_sodium("A password with a NUL at its end.", "key\0", 16, 8, 1, "seasaltI", "HmacKey", "Truncated"),
    by_sodium("The same digest without the NUL.", "key", 16, 8, 1, "seasaltI", "HmacKey"),
    by_sodium("The empty password against a NUL's digest.", "", 16, 8, 1, "seasaltJ", "HmacKey"),
]
assert sodium_tests[-2]["digest"] == sodium_tests[-3]["digest"]
assert sodium_tests[-4]["digest"] == sodium_tests[-5]["digest"]
assert sodium_tests[-1]["digest"] == lay(b"\0", 16, 8, 1, "seasaltJ")

rfc_tests = [
    valid(
        "The second example of RFC 7914.",
        "password",
        "scrypt:1024:8:16$NaCl$fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
    ),
    valid(
        "The third example of RFC 7914.",
        "pleaseletmein",
        "scrypt:16384:8:1$SodiumChloride$7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
    ),
]


def in_base64(digest):
    method, salt, checksum = digest.split("$")
    return f"{method}${salt}${base64.b64encode(bytes.fromhex(checksum)).decode()}"


respelled = [
    valid(f"{test['comment']} The checksum in base64.", test["password"], in_base64(test["digest"]), "Base64Checksum")
    for test in [werkzeug_tests[2], werkzeug_tests[7], sodium_tests[5], rfc_tests[1]]
]

WORD = "Crème-Brûlée №5"
base = lay(WORD.encode(), 64, 8, 2, "Zk8rSaltWord")
long_word = "0123456789" * 10
long_base = lay(long_word.encode(), 16, 1, 1, "Zk8rSaltWord")
nul_base = lay(b"a\0b", 16, 1, 1, "Zk8rSaltWord")
bytes_base = lay(b"\xff\xfe\x80", 16, 1, 1, "Zk8rSaltWord")

near_misses = [
    invalid("Another password.", "letmein", base),
    invalid("No password.", "", base),
    invalid("The same in upper case.", WORD.upper(), base),
    invalid("The same in lower case.", WORD.lower(), base),
    invalid("A trailing space.", WORD + " ", base),
    invalid("A leading space.", " " + WORD, base),
    invalid("A trailing line feed.", WORD + "\n", base),
    invalid("One character short.", WORD[:-1], base),
    invalid("The password twice.", WORD * 2, base),
    invalid("The same in NFD.", "Cre\u0300me-Bru\u0302le\u0301e №5", base),
    invalid("The same in NFKC.", "Crème-Brûlée No5", base),
    invalid("Accents left out.", "Creme-Brulee №5", base),
    invalid("A NUL in front.", "\0" + WORD, base),
    invalid("The salt as the password.", "Zk8rSaltWord", base),
    invalid("What stands before a NUL.", "a", nul_base),
    invalid("Another character after the NUL.", "a\0c", nul_base),
    invalid("A password of 100 bytes cut to 72.", long_word[:72], long_base),
    invalid("Two passwords that differ in byte 100.", long_word[:-1] + "x", long_base),
    invalid("Replacement characters in place of bytes that are not UTF-8.", "\ufffd\ufffd\ufffd", bytes_base),
]
spaced = lay(WORD.encode(), 64, 8, 2, " seasalt")
first = base.rindex("$") + 1
other = {"0": "1"}.get(base[first], "0")
changed = [
    invalid("The first digit of the checksum changed.", WORD, change(base, first, other)),
    invalid("The last digit of the checksum changed.", WORD, change(base, -1, "0" if base[-1] != "0" else "1")),
    invalid(
        "The halves of the checksum exchanged.", WORD, base[:first] + base[first + 64 :] + base[first : first + 64]
    ),
    invalid("A checksum of zeros.", WORD, base[:first] + "0" * 128),
    invalid("One letter of the salt in the other case.", WORD, replace_once(base, "Zk8r", "zk8r"), "TextSalt"),
    invalid("The space before the salt was lost.", WORD, spaced.replace("$ sea", "$sea"), "SpacedSalt"),
    invalid("A space before the salt that was not there.", WORD, replace_once(base, "$Zk8r", "$ Zk8r"), "SpacedSalt"),
    invalid("A salt one character shorter.", WORD, replace_once(base, "Zk8rSaltWord", "Zk8rSaltWor"), "TextSalt"),
    invalid("Twice the N.", WORD, replace_once(base, ":64:", ":128:")),
    invalid("Half the N.", WORD, replace_once(base, ":64:", ":32:")),
    invalid("One more in r.", WORD, replace_once(base, ":8:2", ":9:2")),
    invalid("One less in p.", WORD, replace_once(base, ":8:2", ":8:1")),
    invalid("r and p exchanged.", WORD, replace_once(base, ":8:2", ":2:8")),
    invalid(
        "The salt was decoded from hex before it was used.",
        WORD,
        lay(WORD.encode(), 64, 8, 2, "deadbeef", bytes.fromhex("deadbeef")),
        "TextSalt",
    ),
    invalid(
        "The salt was decoded from base64 before it was used.",
        WORD,
        lay(WORD.encode(), 64, 8, 2, "c2FsdA==", b"salt"),
        "TextSalt",
    ),
    invalid(
        "A changed checksum in base64.",
        WORD,
        in_base64(change(base, first, other)),
        "Base64Checksum",
    ),
]

encoded = in_base64(base)
start = encoded.rindex("$") + 1
checksum = base[first:]


def with_salt(salt):
    return f"scrypt:64:8:2${salt}${checksum}"


def with_numbers(n, r, p):
    return f"scrypt:{n}:{r}:{p}$Zk8rSaltWord${checksum}"


assert with_numbers(64, 8, 2) == base == with_salt("Zk8rSaltWord")
broken = functools.partial(malformed, password=WORD)
damaged = [
    broken("A dollar sign in front.", "$" + base, "shape", "digest"),
    broken("The method in upper case.", "SCRYPT" + base[6:], "shape", "digest"),
    broken(
        "Another method of Werkzeug.",
        f"pbkdf2:sha256:600000$Zk8rSaltWord${checksum[:64]}",
        "shape",
        "digest",
        "OtherSystem",
    ),
    broken(
        "The form that Django keeps.", f"scrypt$64$Zk8rSaltWord$8$2${encoded[start:]}", "shape", "digest", "OtherSystem"
    ),
    broken(
        "The form of passlib.",
        "$scrypt$ln=6,r=8,p=2$WmsmclNhbHRXb3Jk$YWFhYWFhYWFhYWFhYWFhYQ",
        "shape",
        "digest",
        "OtherSystem",
    ),
    broken("A space in front.", " " + base, "shape", "digest", "Whitespace"),
    broken("A byte order mark in front.", "\ufeff" + base, "shape", "digest", "Whitespace"),
    broken("No p.", base.replace(":8:2", ":8"), "shape", "digest"),
    broken("A fourth number.", base.replace(":8:2", ":8:2:1"), "shape", "digest"),
    broken("No checksum and no sign for it.", base[: first - 1], "shape", "digest"),
    broken("No salt and no sign for it.", f"scrypt:64:8:2${checksum}", "shape", "digest"),
    broken("Another field after the checksum.", base + "$1", "shape", "digest"),
    broken("An empty N.", with_numbers("", 8, 2), "number", "N", "BadNumber"),
    broken("An N of zero.", with_numbers(0, 8, 2), "range", "N"),
    broken("An N of one.", with_numbers(1, 8, 2), "range", "N"),
    broken("An N that is no power of two.", with_numbers(65, 8, 2), "range", "N"),
    broken("An N of two to the sixteenth with r of one.", with_numbers(65536, 1, 1), "range", "N"),
    broken("A leading zero in N.", with_numbers("064", 8, 2), "number", "N", "BadNumber"),
    broken("A plus sign in N.", with_numbers("+64", 8, 2), "number", "N", "BadNumber"),
    broken("An underscore in N.", with_numbers("6_4", 8, 2), "number", "N", "BadNumber"),
    broken("A space in N.", with_numbers(" 64", 8, 2), "number", "N", "BadNumber"),
    broken("An exponent in N.", with_numbers("64e0", 8, 2), "number", "N", "BadNumber"),
    broken("A hexadecimal N.", with_numbers("0x40", 8, 2), "number", "N", "BadNumber"),
    broken("Full-width digits in N.", with_numbers("\uff16\uff14", 8, 2), "number", "N", "BadNumber"),
    broken("An r of zero.", with_numbers(64, 0, 2), "range", "r"),
    broken("A negative r.", with_numbers(64, -8, 2), "number", "r", "BadNumber"),
    broken("A decimal point in r.", with_numbers(64, "8.0", 2), "number", "r", "BadNumber"),
    broken("A p of zero.", with_numbers(64, 8, 0), "range", "p"),
    broken("The product of r and p is two to the thirtieth.", with_numbers(64, 32768, 32768), "range", "p"),
    broken("An empty p.", with_numbers(64, 8, ""), "number", "p", "BadNumber"),
    broken("A leading zero in p.", with_numbers(64, 8, "02"), "number", "p", "BadNumber"),
    broken("A line feed after p.", with_numbers(64, 8, "2\n"), "number", "p", "BadNumber"),
    broken("An empty salt.", with_salt(""), "length", "salt"),
    *(
        broken(comment, with_salt(salt), problem, "salt", flag)
        for comment, salt, problem, flag in bad_text_salts("Zk8rSaltWord")
        if salt != ""
    ),
    broken("An empty checksum.", base[:first], "length", "checksum"),
    broken("A checksum one digit short.", base[:-1], "length", "checksum"),
    broken("A checksum one digit long.", base + "0", "length", "checksum"),
    broken("A checksum cut to 64 digits.", base[: first + 64], "length", "checksum"),
    broken("A line feed at the end.", base + "\n", "length", "checksum", "Whitespace"),
    broken("A space in place of the last digit.", change(base, -1, " "), "alphabet", "checksum", "Whitespace"),
    broken("A letter that is no hexadecimal digit.", change(base, -1, "g"), "alphabet", "checksum"),
    broken(
        "Upper-case hexadecimal, which Werkzeug never wrote.", base[:first] + checksum.upper(), "alphabet", "checksum"
    ),
    broken("A full-width digit.", change(base, -1, "\uff11"), "alphabet", "checksum"),
    broken("Base64 without padding.", encoded[:-2], "length", "checksum", "Base64Checksum"),
    broken(
        "88 hexadecimal digits, which are base64 of 66 bytes.",
        base[: first + 88],
        "length",
        "checksum",
        "Base64Checksum",
    ),
    broken("URL-safe base64.", change(encoded, start + 3, "_"), "alphabet", "checksum", "Base64Checksum"),
    broken(
        "Unused bits set in base64.",
        change(encoded, -3, chr(ord(encoded[-3]) + 1)),
        "canonical",
        "checksum",
        "Base64Checksum",
    ),
    broken("A line feed after base64.", encoded + "\n", "length", "checksum", "Base64Checksum"),
]


def checksum_of(digest):
    text = digest.split("$")[2]
    return bytes.fromhex(text) if len(text) == 128 else base64.b64decode(text)


def fits_werkzeug(n, r, p):
    """OpenSSL needs 128 * r * (N + p + 2) bytes."""
    return 128 * r * (n + p + 2) <= 132 * n * r * p


for tests, expected in [
    (werkzeug_tests + sodium_tests + rfc_tests + respelled, True),
    (near_misses + changed, False),
]:
    for test in tests:
        method, salt, _ = test["digest"].split("$")
        stored = checksum_of(test["digest"])
        n, r, p = map(int, method.split(":")[1:])
        made = scrypt(password_bytes(test), salt.encode(), n, r, p, 64)
        assert (made == stored) is expected, ("libsodium", test)
        if "password" in test and fits_werkzeug(n, r, p):
            in_hex = f"{method}${salt}${stored.hex()}"
            assert security.check_password_hash(in_hex, test["password"]) is expected, ("werkzeug", test)

header = {
    "hasher": "scrypt_werkzeug",
    "description": "Werkzeug 2.3 and later (Flask): scrypt of 64 bytes. scrypt:N:r:p$salt$checksum, the salt as text.",
    "spellings": [],
    "notes": {
        **{flag: NOTES[flag] for flag in ("LongPassword", "NotUtf8", "Nul", "OuterSpace")},
        "HmacKey": HMAC_KEY_NOTE,
        "Truncated": TRUNCATED_NOTE,
        "TextSalt": note(
            "variant",
            "The salt is used as the text that it is, whatever it looks like.",
            "A verifier that decodes it refuses every password, or only those whose salt happens to decode.",
            "https://werkzeug.palletsprojects.com/en/stable/utils/#module-werkzeug.security",
        ),
        "SpacedSalt": SPACED_SALT_NOTE,
        "Base64Checksum": note(
            "variant",
            "The checksum in padded base64 of 64 bytes, as an import interface documents it, where Werkzeug writes hexadecimal.",
            "A verifier that tells them apart by anything but their length reads one as the other.",
        ),
        "OtherSystem": note(
            "malformed",
            "Another scheme, or another system's form of scrypt.",
            "Read as Werkzeug's it would be checked with the wrong parameters.",
        ),
        "Whitespace": note(
            "malformed",
            "White space where none belongs, a control character, a byte order mark or half of a surrogate pair, as a damaged "
            "file leaves it behind.",
            "Trimming hides a damaged column until it damages more than white space.",
        ),
        "BadNumber": note(
            "malformed",
            "A number field that is not a canonical decimal.",
            "Lenient number parsing reads another cost than the one that was written.",
        ),
    },
}
assemble(
    header,
    [
        {
            "source": source(
                "RFC 7914",
                "August 2016",
                "transcribed",
                "https://www.rfc-editor.org/rfc/rfc7914#section-12, laid out as Werkzeug does",
            ),
            "tests": rfc_tests,
        },
        {"source": source("Werkzeug", WERKZEUG, "generated", COMMAND), "tests": werkzeug_tests},
        {"source": source("libsodium (Debian)", "1.0.18", "generated", COMMAND), "tests": sodium_tests},
        {"source": source("the digests above, re-spelled", WERKZEUG, "mutated", COMMAND), "tests": respelled},
        {"source": source("libsodium, another password", "1.0.18", "mutated", COMMAND), "tests": near_misses},
        {"source": source("libsodium, a changed digest", "1.0.18", "mutated", COMMAND), "tests": changed},
        {"source": source("libsodium, a damaged digest", "1.0.18", "mutated", COMMAND), "tests": damaged},
    ],
)
