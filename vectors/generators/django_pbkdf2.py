#!/usr/bin/env python3
"""Writes vectors/pbkdf2_sha256_django.json.

Two systems make the digests: Django's PBKDF2PasswordHasher (its PBKDF2 is OpenSSL's, by way of hashlib) and passlib's
django_pbkdf2_sha256 with its own PBKDF2 in Python. Each verifies the digests of the other, where passlib takes the salt (letters
and digits only), and PHP's hash_pbkdf2() agrees on all of them. All three refuse every `invalid` test.

Needs, from Debian 12: python3-django 3.2.25, python3-passlib 1.7.4, php-cli 8.2; and Node 20 or later.

  python3 vectors/generators/django_pbkdf2.py
"""

import base64
import functools
import hashlib
import hmac

from pbkdf2_systems import (
    WORD,
    bad_iterations,
    by_all,
    by_openssl,
    by_php,
    merge_flags,
    near_misses,
    notes_of,
    pbkdf2_flags,
)

import django
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from passlib.hash import django_pbkdf2_sha256

from password_flags import key_sized_passwords
from text_salts import SPACED_SALTS, bad_text_salts
from vector_tools import (
    assemble,
    change,
    invalid,
    malformed,
    password_bytes,
    read_passwords,
    source,
    valid,
)

settings.configure()
assert django.__version__ == "3.2.25"

HASHER = "pbkdf2_sha256_django"
COMMAND = "python3 vectors/generators/django_pbkdf2.py"
DJANGO = ("Django, PBKDF2PasswordHasher", "3.2.25 (Debian python3-django 3:3.2.25-0+deb12u7)")
PASSLIB = (
    "passlib.hash.django_pbkdf2_sha256 with its backend in Python",
    "1.7.4 (Debian python3-passlib 1.7.4-3)",
)
SALTS = ["seasalt", "kR8vQ2mXw0Lz", "T5hYcJ9pBn3Ds7Gf1VaEuK", "9", "0000000000000000", "xQeSaltForTests"]
ITERATIONS = [1, 2, 3, 10, 100, 1000]

hasher = PBKDF2PasswordHasher()


def by_django(password, salt, iterations):
    return hasher.encode(password, salt, iterations)


def by_passlib(password, salt, iterations):
    return django_pbkdf2_sha256.using(salt=salt, rounds=iterations).hash(password)


def test_by(make, comment, password, salt, iterations, *flags):
    return valid(comment, password, make(password, salt, iterations), *flags, *pbkdf2_flags("sha256", password))


def matrix(make, entries, shift):
    return [
        test_by(
            make,
            entry["comment"],
            entry.get("password", password_bytes(entry)),
            SALTS[(index + shift) % 6],
            ITERATIONS[(index * 5 + shift) % 6],
        )
        for index, entry in enumerate(entries)
    ]


passwords = read_passwords()
django_test = functools.partial(test_by, by_django)
django_tests = [
    *matrix(by_django, passwords[0::2], 0),
    django_test("The default of Django 5.2.", "l\u00e8tmein", "seasalt", 1_000_000, "Iterations"),
    django_test(
        "The default of Django 3.2, with a salt as long as it draws.",
        "django-default",
        "mJ2pQ8vYc5XoRw1KtZ4bNe",
        260_000,
        "Iterations",
    ),
    django_test("The default of Django 2.1.", "saddle", "Hq6sVf3dUy0P", 120_000, "Iterations"),
    django_test("The default of Django 1.4, with a salt as long as it drew.", "granite", "Ub5eRz8wKx2C", 10_000),
    django_test("One iteration.", "pebble", "seasalt", 1, "Iterations"),
    django_test("Two iterations.", "pebble", "seasalt", 2, "Iterations"),
    django_test("A salt of one character.", "short salt", "s", 1),
    django_test("A salt of 200 characters.", "long salt", "0123456789abcdefghij" * 10, 1),
    django_test("A salt that is padded base64.", "base64 salt", "c2FsdA==", 10, "TextSalt"),
    django_test("A salt that is base64 without padding.", "base64 salt", "c2FsdHNhbHQh", 10, "TextSalt"),
    django_test("A salt that is hexadecimal.", "hex salt", "deadbeef", 10, "TextSalt"),
    django_test("A salt of digits.", "one two three", "1000", 10, "TextSalt"),
    django_test("A salt of the characters of base64 that are no letters.", "plus and equals", "+/=", 10, "TextSalt"),
    django_test("A salt with accents.", "umlaut salt", "Salz-f\u00fcr-M\u00fcller", 10, "TextSalt"),
    django_test("A salt with an accent of its own.", "umlaut salt", "cafe\u0301", 10, "TextSalt"),
    django_test("A salt in Greek.", "greek salt", "\u03b1\u03bb\u03ac\u03c4\u03b9", 10, "TextSalt"),
    django_test("A salt outside the Basic Multilingual Plane.", "emoji salt", "\U0001f9c2", 10, "TextSalt"),
    django_test(
        "A salt of all ASCII characters but space and dollar sign.",
        "plus and equals",
        "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) != "$"),
        10,
        "TextSalt",
    ),
    *(django_test(comment, "spaced salt", salt, 10, "SpacedSalt") for comment, salt in SPACED_SALTS),
    django_test("A password with a NUL at its end.", "key\0", "seasalt", 10),
    django_test("64 bytes, HMAC's block.", "b" * 64, "seasalt", 10),
    django_test("65 bytes, one more than HMAC's block.", "b" * 65, "seasalt", 10),
]
passlib_test = functools.partial(test_by, by_passlib)
passlib_tests = [
    *matrix(by_passlib, passwords[1::2], 3),
    passlib_test("The default of passlib 1.7, with a salt as long as it draws.", "lighthouse", "w4GtJ7hNc9Vd", 29_000),
    passlib_test("One iteration.", "pebble", "seasaltB", 1, "Iterations"),
    passlib_test("The default of Django 1.8.", "meridian", "Zr1xTq5Lm8Wb", 20_000, "Iterations"),
    passlib_test("A salt of one digit.", "short salt", "0", 1, "TextSalt"),
    passlib_test("A salt of 64 letters and digits.", "long salt", "AbCdEfGh01234567" * 4, 7),
]

# The same keys: what HMAC makes of them cannot be told apart.
same_keys = [
    django_test("The digest of a password with a NUL at its end, without it.", "key", "seasalt", 10, "HmacKey"),
    django_test("The digest of the empty password, for a NUL.", "\0", "seasaltB", 10),
    django_test(
        "The digest of a password of 65 bytes, for its SHA-256.",
        hashlib.sha256(b"b" * 65).digest(),
        "seasalt",
        10,
        "HmacKey",
    ),
    *(django_test(comment, password, "seasalt", 10) for comment, password in key_sized_passwords(32)),
]
assert same_keys[0]["digest"] == by_django("key\0", "seasalt", 10)
assert same_keys[1]["digest"] == by_django("", "seasaltB", 10)
assert same_keys[2]["digest"] == by_django("b" * 65, "seasalt", 10)

LETMEIN = "l\u00e8tmein"
transcribed_django = [
    valid(
        "Django 1.10's test of make_password.",
        LETMEIN,
        "pbkdf2_sha256$30000$seasalt$VrX+V8drCGo68wlvy6rfu8i1d1pfkdeXA4LJkRGJodY=",
    ),
    valid(
        "Django 1.10's test of the hasher.",
        LETMEIN,
        "pbkdf2_sha256$30000$seasalt2$a75qzbogeVhNFeMqhdgyyoqGKpIzYUo651sq57RERew=",
    ),
    valid(
        "Django 4.1's test of make_password.",
        LETMEIN,
        "pbkdf2_sha256$390000$seasalt$8xBlGd3jVgvJ+92hWPxi5ww0uuAuAnKgC45eudxro7c=",
        "Iterations",
    ),
    valid(
        "Django 4.2's test of make_password.",
        LETMEIN,
        "pbkdf2_sha256$600000$seasalt$OAXyhAQ/4ZDA9V5RMExt3C1OwQdUpLZ99vm1McFlLRA=",
        "Iterations",
    ),
]
transcribed_passlib = [
    valid(
        "A password of letters and spaces.",
        "not a password",
        "pbkdf2_sha256$10000$kjVJaVz6qsnJ$5yPHw3rwJGECpUf70daLGhOrQ5+AMxIJdz1c3bqK1Rs=",
    ),
    valid(
        "A password of five scripts.",
        "t\u00e1\u0411\u2113\u0259",
        "pbkdf2_sha256$10000$bEwAfNrH1TlQ$OgYUblFNUX1B8GfMqaCYUK/iHyO0pa7STTDdaEJBuY0=",
    ),
]


def b64(data):
    return base64.b64encode(data).decode()


SALT = "Zk8rSaltWord"
base = by_django(WORD, SALT, 10)
checksum = base.split("$")[3]
key = base64.b64decode(checksum)
word = WORD.encode()


def with_fields(iterations=10, salt=SALT, checksum=checksum):
    return f"pbkdf2_sha256${iterations}${salt}${checksum}"


assert with_fields() == base


def with_key(data):
    return with_fields(checksum=b64(data))


changed_digests = [
    (
        "The first character of the checksum changed.",
        with_fields(checksum=change(checksum, 0, "Q" if checksum[0] != "Q" else "R")),
    ),
    ("The last bits of the checksum changed.", with_key(key[:-1] + bytes([key[-1] ^ 1]))),
    (
        "The letters of the checksum in the other case.",
        with_fields(checksum=checksum[:-2].swapcase() + checksum[-2:]),
    ),
    ("The halves of the checksum exchanged.", with_key(key[16:] + key[:16])),
    ("The checksum's bytes in reverse order.", with_key(key[::-1])),
    ("The first 16 bytes right, the others not.", with_key(key[:16] + bytes(16))),
    ("A checksum of zeros.", with_key(bytes(32))),
    ("A checksum of ones.", with_key(b"\xff" * 32)),
    ("One iteration more.", with_fields(11)),
    ("One iteration less.", with_fields(9)),
    ("One iteration.", with_fields(1)),
    ("Ten times the iterations.", with_fields(100)),
    ("One letter of the salt in the other case.", with_fields(salt="zk8rSaltWord")),
    ("A salt one character shorter.", with_fields(salt=SALT[:-1])),
    ("A salt one character longer.", with_fields(salt=SALT + "A")),
    ("The salt's first two characters exchanged.", with_fields(salt="kZ8rSaltWord")),
    ("The second block of a longer key.", with_key(by_all("sha256", word, SALT.encode(), 10, 64)[32:])),
]
text_salts = [
    ("A salt in NFD where it was NFC.", by_django(WORD, "caf\u00e9", 10).replace("caf\u00e9", "cafe\u0301")),
    (
        "The salt was decoded from base64 before it was used.",
        with_fields(salt="c2FsdA==", checksum=b64(by_all("sha256", word, b"salt", 10, 32))),
    ),
    (
        "The salt was decoded from hexadecimal before it was used.",
        with_fields(salt="deadbeef", checksum=b64(by_all("sha256", word, b"\xde\xad\xbe\xef", 10, 32))),
    ),
    (
        "The salt was used in Latin-1.",
        with_fields(salt="caf\u00e9", checksum=b64(by_all("sha256", word, b"caf\xe9", 10, 32))),
    ),
]
spaced_salts = [
    ("The space before the salt was lost.", by_django(WORD, " seasalt", 10).replace("$ sea", "$sea")),
    ("The space after the salt was lost.", by_django(WORD, "seasalt ", 10).replace("salt $", "salt$")),
    ("A space before the salt that was not there.", by_django(WORD, "seasalt", 10).replace("$sea", "$ sea")),
    ("A no-break space for a space.", by_django(WORD, "sea salt", 10).replace("sea salt", "sea\u00a0salt")),
]
other_algorithms = [
    ("32 bytes of PBKDF2 with SHA-1.", with_key(by_all("sha1", word, SALT.encode(), 10, 32))),
    ("32 bytes of PBKDF2 with SHA-512.", with_key(by_all("sha512", word, SALT.encode(), 10, 32))),
    ("SHA-256 of salt and password.", with_key(hashlib.sha256(SALT.encode() + word).digest())),
    (
        "HMAC of the salt without the number of the block.",
        with_key(hmac.digest(word, SALT.encode(), "sha256")),
    ),
    ("Password and salt exchanged.", with_key(by_all("sha256", SALT.encode(), word, 10, 32))),
    ("The digest of no password.", with_key(by_all("sha256", b"", SALT.encode(), 10, 32))),
]
changed = [
    *(invalid(comment, WORD, digest, "ChangedDigest") for comment, digest in changed_digests),
    *(invalid(comment, WORD, digest, "TextSalt") for comment, digest in text_salts),
    *(invalid(comment, WORD, digest, "SpacedSalt") for comment, digest in spaced_salts),
    *(invalid(comment, WORD, digest, "OtherAlgorithm") for comment, digest in other_algorithms),
]
wrong = [
    merge_flags(test, *pbkdf2_flags("sha256", password_bytes(test)))
    for test in near_misses(lambda password: by_django(password, SALT, 10))
]

broken = functools.partial(malformed, password=WORD)
damaged = [
    broken("A dollar sign in front.", "$" + base, "shape", "digest", "Fields"),
    broken("A space in front.", " " + base, "shape", "digest", "Whitespace"),
    broken("A byte order mark in front.", "\ufeff" + base, "shape", "digest", "Whitespace"),
    broken("The name in upper case.", base.upper(), "shape", "digest", "OtherFormat"),
    broken("The name with a hyphen.", base.replace("_", "-"), "shape", "digest", "OtherFormat"),
    broken("Without the name.", base[len("pbkdf2_sha256$") :], "shape", "digest", "Fields"),
    broken("Only the name.", "pbkdf2_sha256$", "shape", "digest", "Fields"),
    broken("The name without a dollar sign.", "pbkdf2_sha256", "shape", "digest", "Fields"),
    broken(
        "Django's digest with SHA-1.",
        f"pbkdf2_sha1$10${SALT}${b64(by_all('sha1', word, SALT.encode(), 10, 20))}",
        "shape",
        "digest",
        "OtherFormat",
    ),
    broken("The name of SHA-512.", base.replace("256", "512"), "shape", "digest", "OtherFormat"),
    broken("Werkzeug's form.", f"pbkdf2:sha256:10${SALT}${key.hex()}", "shape", "digest", "OtherFormat"),
    broken(
        "passlib's own form.",
        f"$pbkdf2-sha256$10${b64(SALT.encode()).rstrip('=')}${checksum.rstrip('=').replace('+', '.')}",
        "shape",
        "digest",
        "OtherFormat",
    ),
    broken("No checksum and no sign for it.", f"pbkdf2_sha256$10${SALT}", "shape", "digest", "Fields"),
    broken("No salt and no sign for it.", f"pbkdf2_sha256$10${checksum}", "shape", "digest", "Fields"),
    broken("No iterations and no sign for them.", f"pbkdf2_sha256${SALT}${checksum}", "shape", "digest", "Fields"),
    broken("A dollar sign in the salt.", with_fields(salt="Zk8r$SaltWord"), "shape", "digest", "Fields"),
    broken("A dollar sign at the end.", base + "$", "shape", "digest", "Fields"),
    broken("A fifth field.", base + "$32", "shape", "digest", "Fields"),
    *(
        broken(
            comment,
            with_fields(field),
            problem,
            "iterations",
            "BadNumber" if problem == "number" else "Range",
        )
        for comment, field, problem in bad_iterations()
    ),
    *(
        broken(comment, with_fields(salt=salt), problem, "salt", flag)
        for comment, salt, problem, flag in bad_text_salts(SALT)
    ),
    broken("An empty checksum.", with_fields(checksum=""), "length", "checksum", "CutOff"),
    broken("A checksum of one byte.", with_key(key[:1]), "length", "checksum", "CutOff"),
    broken("A checksum of 16 bytes.", with_key(key[:16]), "length", "checksum", "CutOff"),
    broken("A checksum of 31 bytes.", with_key(key[:31]), "length", "checksum", "CutOff"),
    broken(
        "A checksum of 33 bytes.",
        with_key(by_all("sha256", word, SALT.encode(), 10, 33)),
        "length",
        "checksum",
        "TooLong",
    ),
    broken(
        "A checksum of 64 bytes.",
        with_key(by_all("sha256", word, SALT.encode(), 10, 64)),
        "length",
        "checksum",
        "TooLong",
    ),
    broken("The checksum in hexadecimal.", with_fields(checksum=key.hex()), "length", "checksum", "OtherFormat"),
    broken("A checksum without padding.", base.rstrip("="), "length", "checksum", "Padding"),
    broken("A checksum with too much padding.", base + "=", "length", "checksum", "Padding"),
    broken("Padding in the middle of the checksum.", change(base, -5, "="), "alphabet", "checksum", "Padding"),
    broken("URL-safe base64.", change(base, -5, "_"), "alphabet", "checksum", "Padding"),
    broken("A full stop for a plus sign.", change(base, -5, "."), "alphabet", "checksum", "Padding"),
    broken(
        "Unused bits set in the checksum.",
        change(base, -2, chr(ord(base[-2]) + 1)),
        "canonical",
        "checksum",
        "UnusedBits",
    ),
    broken("A line feed at the end.", base + "\n", "alphabet", "checksum", "Whitespace"),
    broken("A carriage return at the end.", base + "\r", "alphabet", "checksum", "Whitespace"),
    broken("A space at the end.", base + " ", "alphabet", "checksum", "Whitespace"),
    broken(
        "A space before the checksum.",
        with_fields(checksum=" " + checksum),
        "alphabet",
        "checksum",
        "Whitespace",
    ),
    broken(
        "A line break within the checksum.",
        with_fields(checksum=checksum[:20] + "\n" + checksum[20:]),
        "alphabet",
        "checksum",
        "Whitespace",
    ),
    broken("A NUL at the end.", base + "\0", "alphabet", "checksum", "Whitespace"),
    broken("A letter that is no ASCII in the checksum.", change(base, -5, "\u00e9"), "alphabet", "checksum"),
    broken("A full-width letter in the checksum.", change(base, -5, "\uff21"), "alphabet", "checksum"),
]


def is_taken(test):
    """What Django, passlib and PHP say, who must agree."""
    password, digest = password_bytes(test), test["digest"]
    _, iterations, salt, stored = digest.split("$")
    task = ("sha256", password, salt.encode(), int(iterations), 32)
    answers = {
        hasher.verify(password, digest),
        b64(by_php(*task)) == stored,
        b64(by_openssl(*task)) == stored,
    }
    if salt.isascii() and salt.isalnum():
        answers.add(django_pbkdf2_sha256.verify(password, digest))
    assert len(answers) == 1, test
    return answers.pop()


groups = [
    {
        "source": source(
            "Django, tests",
            "1.10, 4.1 and 4.2",
            "transcribed",
            "https://github.com/django/django tests/auth_tests/test_hashers.py",
        ),
        "tests": transcribed_django,
    },
    {
        "source": source(
            "passlib's test suite, django_pbkdf2_sha256_test in passlib/tests/test_handlers_django.py",
            "1.7.4",
            "transcribed",
            "https://foss.heptapod.net/python-libs/passlib",
        ),
        "tests": transcribed_passlib,
    },
    {"source": source(*DJANGO, "generated", COMMAND), "tests": django_tests},
    {"source": source(*PASSLIB, "generated", COMMAND), "tests": passlib_tests},
    {
        "source": source("Django, with passwords of the same key", DJANGO[1], "generated", COMMAND),
        "tests": same_keys,
    },
    {
        "source": source("Digests of Django, with other passwords", DJANGO[1], "generated", COMMAND),
        "tests": wrong,
    },
    {
        "source": source("Digests of Django, changed so that they still parse", DJANGO[1], "mutated", COMMAND),
        "tests": changed,
    },
    {"source": source("Digests of Django, damaged", DJANGO[1], "mutated", COMMAND), "tests": damaged},
]
for group in groups:
    for test in group["tests"]:
        if test["result"] != "malformed":
            assert is_taken(test) is (test["result"] == "valid"), test

assemble(
    {
        "hasher": HASHER,
        "description": "Django: PBKDF2 with SHA-256. pbkdf2_sha256$iterations$salt$checksum, the salt as text, the checksum of 32 "
        "bytes in padded base64.",
        "spellings": [],
        "notes": notes_of(groups),
    },
    groups,
)
