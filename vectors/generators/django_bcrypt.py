#!/usr/bin/env python3
"""Writes vectors/bcrypt_sha256_django.json, with Django and passlib. Django verifies every digest whose password is text, passlib,
which is slow, a few of Django's.

The algorithm is bcrypt over the SHA-256 of the password in hex, so libxcrypt and the other systems of bcrypt_systems.py
verify each digest too. passlib runs with its own bcrypt in Python, Django with Python's bcrypt. Django takes text only:
bytes that are not UTF-8 are passlib's.

Needs python3-django 3.2.25 and what bcrypt_systems.py names; the folder with node_modules is the argument.

  python3 vectors/generators/django_bcrypt.py folder-of-node_modules
"""
import hashlib
import sys

from django.conf import settings
from django.contrib.auth import hashers as django_hashers

import vector_tools
from bcrypt_systems import (
    CRYPT_5,
    LONG,
    NOTES,
    changed,
    check,
    damaged,
    libxcrypt,
    passlib,
    setting,
    version_flags,
)
from password_flags import NOTES as PASSWORD_NOTES, password_flags
from vector_tools import assemble, malformed, note, password_bytes, read_passwords, source

settings.configure()
django = django_hashers.BCryptSHA256PasswordHasher()
passlib_django = passlib.hash.django_bcrypt_sha256

FOLDER = sys.argv[1]
COMMAND = "python3 vectors/generators/django_bcrypt.py folder-of-node_modules"
DJANGO = (
    "Django, BCryptSHA256PasswordHasher",
    "3.2.25 (Debian python3-django 3:3.2.25-0+deb12u7), python3-bcrypt 3.2.2",
)
PASSLIB = (
    "passlib.hash.django_bcrypt_sha256 with its backend in Python",
    "1.7.4 (Debian python3-passlib 1.7.4-3)",
)
PREFIX = "bcrypt_sha256$"
TEXT = "lighthouse keeper"


def prehash(password):
    return hashlib.sha256(as_bytes(password)).hexdigest().encode()


def as_bytes(password):
    return password if isinstance(password, bytes) else password.encode()


def valid(comment, password, digest):
    return vector_tools.valid(comment, password, digest, *password_flags(password), *version_flags(digest))


def invalid(comment, password, digest, *more):
    return vector_tools.invalid(
        comment, password, digest, *password_flags(password), *version_flags(digest), *more
    )


def by_django(comment, password, text):
    return valid(comment, password, django.encode(password, text.encode()))


def by_passlib(comment, password, text):
    system = passlib_django.using(ident=text[1:3], rounds=int(text[4:6]), salt=text[7:])
    return valid(comment, password, system.hash(password))


# --- valid -------------------------------------------------------------------------------------------------------------

entries = read_passwords()
from_django = [
    *(
        by_django(entry["comment"], entry["password"], setting("django: " + entry["comment"]))
        for entry in entries
        if "password" in entry
    ),
    by_django("4096 bytes.", LONG, setting("django 4096")),
    by_django("Cost 5.", TEXT, setting("django 5", cost=5)),
    by_django("Cost 6.", TEXT, setting("django 6", cost=6)),
    by_django("Cost 7.", TEXT, setting("django 7", cost=7)),
    by_django("Cost 8.", TEXT, setting("django 8", cost=8)),
    by_django("Cost 10.", TEXT, setting("django 10", cost=10)),
    by_django("Cost 12, Django's default.", TEXT, setting("django 12", cost=12)),
    by_django("$2a$, as Django wrote with py-bcrypt.", TEXT, setting("django 2a", "2a")),
    by_django("$2a$ and a long password.", LONG[:300], setting("django 2a long", "2a")),
    by_django("$2y$, as an import from another system may write.", TEXT, setting("django 2y", "2y")),
    by_django("A salt of zero bits only.", TEXT, "$2b$04$" + "." * 22),
    by_django("A salt of one bits only.", TEXT, "$2b$04$" + "9" * 21 + "u"),
    by_django(
        "A password that looks like its own prefix.", "bcrypt_sha256$$2b$04$", setting("django prefix")
    ),
    by_django("A password of 64 hex digits.", prehash("x").decode(), setting("django hex")),
]
from_passlib = [
    *(
        by_passlib(entry["comment"], password_bytes(entry), setting("passlib: " + entry["comment"]))
        for entry in entries
        if "passwordHex" in entry
    ),
    by_passlib("The empty password.", "", setting("passlib django empty")),
    by_passlib("An ASCII password.", "password", "$2b$04$abcdefghijklmnopqrstuu"),
    by_passlib("$2a$ from passlib.", TEXT, setting("passlib django 2a", "2a")),
    by_passlib("$2y$ from passlib.", TEXT, setting("passlib django 2y", "2y")),
    by_passlib("73 bytes, which bcrypt alone cannot tell from 72.", LONG[:73], setting("passlib django 73")),
    by_passlib("A NUL among bytes that are not UTF-8.", b"\xff\0\xfe\x80", setting("passlib django bytes")),
    by_passlib(
        "A password whose SHA-256 begins with the byte 0.", "password167", setting("passlib django zero")
    ),
    by_passlib(
        "Cyrillic characters.", "\u043f\u0430\u0440\u043e\u043b\u044c", setting("passlib django cyrillic")
    ),
]
VALID = [*from_django, *from_passlib]


def made_from(password):
    head = PREFIX + "$2b$04$"
    return next(
        t["digest"] for t in VALID if password_bytes(t) == as_bytes(password) and t["digest"].startswith(head)
    )


P = "correct horse battery staple"
D = made_from(P)
respelled = [
    valid("A $2b$ digest as $2a$.", P, D.replace("$2b$", "$2a$")),
    valid("A $2b$ digest as $2y$.", P, D.replace("$2b$", "$2y$")),
    valid("A $2a$ digest as $2b$.", TEXT, from_passlib[-6]["digest"].replace("$2a$", "$2b$")),
]
assert from_passlib[-6]["digest"].count("$2a$") == 1

# --- invalid -----------------------------------------------------------------------------------------------------------

plain, upper, of_md5 = (
    PREFIX + digest
    for digest in libxcrypt(
        [
            (P.encode(), setting("django plain")),
            (prehash(P).upper(), setting("django upper")),
            (hashlib.md5(P.encode()).hexdigest().encode(), setting("django md5")),
        ]
    )
)
wrong = [
    invalid("The empty password.", "", D),
    invalid("The first letter in upper case.", "C" + P[1:], D),
    invalid("The last letter in upper case.", P[:-1] + "E", D),
    invalid("A space after the password.", P + " ", D),
    invalid("A space before the password.", " " + P, D),
    invalid("A line feed after the password.", P + "\n", D),
    invalid("A NUL after the password.", P + "\0", D),
    invalid("The last character is missing.", P[:-1], D),
    invalid("Only the first eight characters.", P[:8], D),
    invalid("The password twice.", P + P, D),
    invalid("The password, a NUL and the password, which are one key to bcrypt alone.", P + "\0" + P, D),
    invalid("The password's SHA-256 in hex.", prehash(P).decode(), D),
    invalid("The digest itself.", D, D),
    invalid("The salt.", D[21:43], D),
    invalid(
        "The NFD form where the NFC form was set.", "cafe\u0301", made_from("caf\u00e9"), "Normalization"
    ),
    invalid(
        "The NFC form where the NFD form was set.", "caf\u00e9", made_from("cafe\u0301"), "Normalization"
    ),
    invalid("The accent left out.", "cafe", made_from("caf\u00e9")),
    invalid("A space where the empty password was set.", " ", made_from("")),
    invalid("A NUL where the empty password was set, one key to bcrypt alone.", "\0", made_from("")),
    invalid("The empty password where a NUL was set.", "", made_from("\0")),
    invalid("A NUL added to one character.", "a\0", made_from("a")),
    invalid(
        "One character, a NUL and the character again, where the character was set.", "a\0a", made_from("a")
    ),
    invalid("One character where it was set with a NUL and itself again.", "a", made_from("a\0a")),
    invalid("Only what stands before the NUL.", "before", made_from("before\0after")),
    invalid("Other text after the NUL.", "before\0other", made_from("before\0after")),
    invalid("The leading space left out.", "leading", made_from(" leading")),
    invalid("The trailing space left out.", "trailing", made_from("trailing ")),
    invalid("The byte order mark left out.", "bom", made_from("\ufeffbom")),
    invalid("72 of 73 bytes.", LONG[:72], made_from(LONG[:73])),
    invalid("Another byte 73.", LONG[:72] + "#", made_from(LONG[:73])),
    invalid("255 of 256 bytes.", "q" * 255, made_from("q" * 256)),
    invalid("The last of 4096 bytes left out.", LONG[:-1], made_from(LONG)),
    invalid(
        "Replacement characters where bytes that are not UTF-8 were set.",
        "\ufffd\ufffd\ufffd",
        made_from(b"\xff\xfe\x80"),
    ),
    invalid("UTF-8 where Latin-1 was set.", "caf\u00e9", made_from(b"caf\xe9")),
    invalid("Latin-1 where UTF-8 was set.", b"caf\xe9", made_from("caf\u00e9")),
]
other_prehash = [
    invalid("bcrypt over the password itself.", P, plain),
    invalid("bcrypt over the SHA-256 in upper-case hex.", P, upper),
    invalid("bcrypt over the MD5 in hex.", P, of_md5),
]
still_parsed = [
    invalid(comment, password, PREFIX + digest, "ChangedDigest")
    for comment, password, digest in changed(P, D[len(PREFIX) :], made_from("a")[len(PREFIX) :])
]

# --- malformed ---------------------------------------------------------------------------------------------------------

SHAPE = ("shape", "digest")
B = D[len(PREFIX) :]
# A bcrypt string without any prefix is not here: it is a good digest, of another hasher.
broken = [
    *damaged(PREFIX, B),
    malformed("Three dollar signs where two belong.", PREFIX + "$" + B, *SHAPE),
    malformed("The prefix in upper case.", "BCRYPT_SHA256$" + B, *SHAPE),
    malformed("The prefix with a hyphen.", "bcrypt-sha256$" + B, *SHAPE),
    malformed("The prefix twice.", PREFIX + D, *SHAPE),
    malformed("The prefix without its first letter.", D[1:], *SHAPE),
    malformed("The prefix alone, without a dollar sign.", "bcrypt_sha256", *SHAPE, "CutOff"),
    malformed("A space before the digest.", " " + D, *SHAPE),
    malformed("A space after the prefix.", PREFIX + " " + B, *SHAPE),
    malformed("A byte order mark before the digest.", "\ufeff" + D, *SHAPE),
    malformed("A byte order mark after the prefix.", PREFIX + "\ufeff" + B, *SHAPE),
    malformed("The digest in quotes.", f'"{D}"', *SHAPE),
    malformed("Django's prefix for bcrypt without SHA-256.", "bcrypt$" + B, *SHAPE, "OtherFormat"),
    malformed(
        "Django's prefix for bcrypt with SHA-512, which it never had.",
        "bcrypt_sha512$" + B,
        *SHAPE,
        "OtherFormat",
    ),
    malformed(
        "passlib's bcrypt over an HMAC.",
        "$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
        *SHAPE,
        "OtherFormat",
    ),
    malformed("The prefix before a bare SHA-256.", PREFIX + prehash(P).decode(), *SHAPE, "OtherFormat"),
]
twox = libxcrypt([(prehash(P), setting("django 2x", "2x"))])[0]
old = [
    malformed(
        "$2x$, which no version of Django wrote.",
        PREFIX + twox,
        "version",
        "version",
        "OldVersion",
        password=P,
    ),
    malformed(
        "$2$, which no version of Django wrote.", PREFIX + "$2" + B[3:], "version", "version", "OldVersion"
    ),
]

# --- the systems agree -------------------------------------------------------------------------------------------------


def is_text(test):
    return "password" in test


for expected, tests in [(True, [*VALID, *respelled]), (False, [*wrong, *other_prehash, *still_parsed])]:
    check([(prehash(password_bytes(t)), t["digest"][len(PREFIX) :]) for t in tests], FOLDER, expected)
    for one in filter(is_text, tests):
        assert django.verify(one["password"], one["digest"]) is expected, one
for one in from_django[:: len(from_django) // 8]:
    if "$12$" not in one["digest"] and "$10$" not in one["digest"]:
        assert passlib_django.verify(one["password"], one["digest"]), one
assert hashlib.sha256(password_bytes(from_passlib[-2])).digest()[0] == 0
unlike = [test["digest"] for test in [*broken, *old]]
assert len(set(unlike)) == len(unlike)

# --- the file ----------------------------------------------------------------------------------------------------------

header = {
    "hasher": "bcrypt_sha256_django",
    "description": "Django's bcrypt over the SHA-256 of the password in hex: every byte of a long password counts.",
    "spellings": [
        {
            "description": "$2a$ and $2y$ are other names of $2b$.",
            "pattern": "^bcrypt_sha256\\$\\$2[ay]\\$",
            "rewrite": "bcrypt_sha256$$$$2b$$",
        }
    ],
    "notes": {
        **NOTES,
        **PASSWORD_NOTES,
        "OldVersion": note(
            "malformed",
            "$2$ (no NUL after the password) and $2x$ (bytes above 0x7f read as negative numbers) are other algorithms.",
            "Read as $2b$, they lock users out; a weaker algorithm could be chosen by a change of one character.",
            CRYPT_5,
            cves=["CVE-2011-2483"],
        ),
        "OtherPrehash": note(
            "edge",
            "A real bcrypt string under Django's prefix, of something else than the SHA-256 in lower-case hex.",
            "Verified, it would mean that the SHA-256 is left out or spelled in two ways.",
            "https://docs.djangoproject.com/en/3.2/topics/auth/passwords/#using-bcrypt-with-django",
        ),
    },
}
for one in other_prehash:
    one["flags"].append("OtherPrehash")


def group(system, how, tests):
    return {"source": source(*system, how, COMMAND), "tests": tests}


def of_several(what):
    return (what, "as above")


assemble(
    header,
    [
        group(DJANGO, "generated", from_django),
        group(PASSLIB, "generated", from_passlib),
        group(
            of_several("Digests of Django and passlib, under another version's name"), "mutated", respelled
        ),
        group(of_several("Digests of Django and passlib, with other passwords"), "generated", wrong),
        group(
            (
                "libxcrypt, by Perl's crypt(), under Django's prefix",
                "4.4.33 (Debian libcrypt1 1:4.4.33-2), Perl 5.36.0",
            ),
            "mutated",
            other_prehash,
        ),
        group(of_several("Digests of Django, changed so that they still parse"), "mutated", still_parsed),
        group(of_several("Digests of Django, damaged"), "mutated", broken),
        group(of_several("Digests of libxcrypt and Django, as other versions"), "mutated", old),
    ],
)
