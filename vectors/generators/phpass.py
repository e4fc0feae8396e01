#!/usr/bin/env python3
"""Writes vectors/phpass.json, with WordPress's own class and passlib. Each system verifies the digests of the other.

Needs, from Debian 12: php-cli 8.2 and python3-passlib 1.7.4; Node 20 or later; and wp-includes/class-phpass.php of WordPress 6.1.9
(Debian package wordpress), which is not part of this repository and is given as the argument.

  python3 vectors/generators/phpass.py class-phpass.php
"""
import hashlib
import json
import subprocess
import sys

from passlib.hash import phpass as passlib_phpass

import vector_tools
from password_flags import NOTES, password_flags
from reported import reported_groups, reported_tests
from vector_tools import HERE, assemble, malformed, note, password_bytes, read_passwords, source

CLASS_PHPASS = sys.argv[1]
COMMAND = "python3 vectors/generators/phpass.py class-phpass.php"
WORDPRESS = "WordPress, wp-includes/class-phpass.php"
WORDPRESS_VERSION = "6.1.9 (Debian wordpress 6.1.9+dfsg1-0+deb12u1), PHP 8.2.36"
ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def wordpress(tasks):
    """[(password, digest or setting)] -> [[digest, let in]]"""
    tasks = json.dumps([[password.hex(), setting] for password, setting in tasks])
    command = ["php", str(HERE / "phpass.php"), CLASS_PHPASS]
    return json.loads(subprocess.run(command, input=tasks.encode(), capture_output=True, check=True).stdout)


def passlib(password, ident, exponent, salt):
    return passlib_phpass.using(ident=ident, rounds=exponent, salt=salt).hash(password)


def valid(comment, password, digest):
    return vector_tools.valid(comment, password, digest, *flags(password, digest))


def invalid(comment, password, digest, *more):
    return vector_tools.invalid(comment, password, digest, *flags(password, digest), *more)


def flags(password, digest):
    return [*password_flags(password), *(["PhpbbPrefix"] if digest.startswith("$H$") else [])]


# Valid.

from_passlib = [
    valid(comment, password, digest)
    for comment, password, digest in [
        (
            "The digest of phpass's own test program, 2^11 rounds.",
            "test12345",
            "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0",
        ),
        ("phpBB's prefix.", "test1", "$H$9aaaaaSXBjgypwqm.JsMssPLiS8YQ00"),
        (
            "phpBB's prefix, first of two salts of one password.",
            "123456",
            "$H$9PE8jEklgZhgLmZl5.HYJAzfGCQtzi1",
        ),
        (
            "phpBB's prefix, second of two salts of one password.",
            "123456",
            "$H$9pdx7dbOW3Nnt32sikrjAxYFjX8XoK1",
        ),
        ("A salt of digits only.", "thisisalongertestPW", "$P$912345678LIjjb6PhecupozNBmDndU0"),
        ("2^8 rounds.", "JohnRipper", "$P$612345678si5M0DDyPpmRCmcltU/YW/"),
        ("2^9 rounds, as phpBB on PHP 4 wrote.", "JohnRipper", "$H$712345678WhEyvy1YWzT4647jzeOmo0"),
        ("2^13 rounds, WordPress's default.", "JohnRipper", "$P$B12345678L6Lpt4BxNotVIMILOa9u81"),
        ("The empty password.", "", "$P$7JaFQsPzJSuenezefD/3jHgt5hVfNH0"),
        ("2^17 rounds.", "compL3X!", "$P$FiS0N5L672xzQx1rt1vgdJQRYKnQM9/"),
        (
            "Characters of two and three bytes.",
            "t\u00e1\u0411\u2113\u0259",
            "$P$7SMy8VxnfsIy2Sxm7fJxDSdil.h7TW.",
        ),
    ]
]
from_appwrite = [
    valid(
        "A WordPress digest that Appwrite's tests import.", "appwrite", "$P$Br387rwferoKN7uwHZqNMu98q3U8RO."
    )
]

# The cheapest rounds for every password of the shared list; each salt is cut from one fixed text.
SALTS = "hJ3.kLm9/PqRsT0vWxYz1aBcD2eFgH4iJkL5mNoPqR6sTuV7wXyZ8AbCdEfG.IjKlM/nOpQrStUvW"
entries = [
    *read_passwords(),
    {
        "comment": "4096 bytes, the longest password that WordPress takes.",
        "password": "0123456789abcdef" * 256,
    },
]
settings = ["$P$5" + SALTS[i : i + 8] for i in range(len(entries))]
answers = wordpress([(password_bytes(entry), setting) for entry, setting in zip(entries, settings)])
by_wordpress = [
    valid(entry["comment"], password_bytes(entry), digest) for entry, (digest, _) in zip(entries, answers)
]

by_passlib = [
    valid(comment, password, passlib(password, ident, exponent, salt))
    for comment, ident, exponent, salt, password in [
        ("2^7 rounds, the fewest.", "P", 7, "Nq8uWc2Y", "lighthouse keeper"),
        ("2^8 rounds.", "P", 8, "b1TzK.x7", "lighthouse keeper"),
        ("2^9 rounds.", "H", 9, "Rm4/hVsA", "lighthouse keeper"),
        ("2^10 rounds.", "P", 10, "0eLgYw6D", "lighthouse keeper"),
        ("2^11 rounds, phpBB's default.", "H", 11, "kPf5oJ3n", "lighthouse keeper"),
        ("2^12 rounds.", "P", 12, "C9vBi8Xt", "lighthouse keeper"),
        ("2^13 rounds, WordPress's default.", "P", 13, "QrU2lE7s", "lighthouse keeper"),
        ("2^16 rounds.", "P", 16, "zM6dGa0H", "lighthouse keeper"),
        ("A salt of dots only, which is all zero bits.", "P", 7, "........", "lighthouse keeper"),
        (
            "A salt of the last character only, which is all one bits.",
            "P",
            7,
            "zzzzzzzz",
            "lighthouse keeper",
        ),
        ("A salt of slashes only.", "H", 7, "////////", "lighthouse keeper"),
        ("The empty password under phpBB's prefix.", "H", 7, "w3KxTn5y", ""),
        ("A long password under phpBB's prefix.", "H", 7, "Yd1jSo9O", "many small rivers fill the lake " * 8),
    ]
]

plain, phpbb = by_wordpress[4], by_passlib[2]
respelled = [
    valid("A digest of WordPress under phpBB's prefix.", plain["password"], "$H$" + plain["digest"][3:]),
    valid("phpBB's prefix made WordPress's.", phpbb["password"], "$P$" + phpbb["digest"][3:]),
]

# Invalid.


def made_from(password):
    wanted = password if isinstance(password, bytes) else password.encode()
    return next(t["digest"] for t in by_wordpress if password_bytes(t) == wanted)


P = plain["password"]
D = plain["digest"]
quoted, slashed = wordpress([(b"it's", "$P$5tZ0/hYq2"), (b"it\\'s", "$P$5tZ0/hYq2")])
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
    invalid(
        "The hexadecimal MD5 of the password, which other importers of phpass hash.",
        hashlib.md5(P.encode()).hexdigest(),
        D,
    ),
    invalid("The digest itself.", D, D),
    invalid("The salt.", D[4:12], D),
    invalid(
        "The NFD form where the NFC form was set.", "cafe\u0301", made_from("caf\u00e9"), "Normalization"
    ),
    invalid(
        "The NFC form where the NFD form was set.", "caf\u00e9", made_from("cafe\u0301"), "Normalization"
    ),
    invalid("The accent left out.", "cafe", made_from("caf\u00e9")),
    invalid("A space where the empty password was set.", " ", made_from("")),
    invalid("A NUL where the empty password was set.", "\0", made_from("")),
    invalid("A NUL added to one character.", "a\0", made_from("a")),
    invalid("The password without its NUL.", "a", made_from("a\0")),
    invalid("Only what stands before the NUL.", "before", made_from("before\0after")),
    invalid("The leading space left out.", "leading", made_from(" leading")),
    invalid("The trailing space left out.", "trailing", made_from("trailing ")),
    invalid(
        "72 of 73 bytes.",
        "0123456789abcdef" * 4 + "01234567",
        made_from("0123456789abcdef" * 4 + "012345678"),
    ),
    invalid("255 of 256 bytes.", "q" * 255, made_from("q" * 256)),
    invalid("4095 of 4096 bytes.", ("0123456789abcdef" * 256)[:-1], by_wordpress[-1]["digest"]),
    invalid(
        "Replacement characters where bytes that are not UTF-8 were set.",
        "\ufffd\ufffd\ufffd",
        made_from(bytes.fromhex("fffe80")),
    ),
    invalid("UTF-8 where Latin-1 was set.", "caf\u00e9", made_from(bytes.fromhex("636166e9"))),
    invalid("A byte order mark left out.", "bom", made_from("\ufeffbom")),
    invalid("A quote with the backslash that old versions of WordPress put before it.", "it\\'s", quoted[0]),
    invalid(
        "A quote without the backslash that old versions of WordPress put before it.", "it's", slashed[0]
    ),
]

E = by_wordpress[5]["digest"]
changed = [
    invalid(comment, password, digest, "ChangedDigest")
    for comment, password, digest in [
        ("One more in the exponent of the rounds.", P, D[:3] + "6" + D[4:]),
        ("One less in the exponent of the rounds.", "JohnRipper", "$P$512345678si5M0DDyPpmRCmcltU/YW/"),
        (
            "The first character of the salt changed.",
            P,
            D[:4] + ITOA64[(ITOA64.index(D[4]) + 1) % 64] + D[5:],
        ),
        (
            "The last character of the salt changed.",
            P,
            D[:11] + ITOA64[(ITOA64.index(D[11]) + 1) % 64] + D[12:],
        ),
        ("The salt's letters in the other case.", P, D[:4] + D[4:12].swapcase() + D[12:]),
        ("Two characters of the salt swapped.", P, D[:4] + D[5] + D[4] + D[6:]),
        (
            "The first character of the checksum changed.",
            P,
            D[:12] + ITOA64[ITOA64.index(D[12]) ^ 1] + D[13:],
        ),
        (
            "A character in the middle of the checksum changed.",
            P,
            D[:22] + ITOA64[ITOA64.index(D[22]) ^ 32] + D[23:],
        ),
        ("The last two bits of the checksum changed.", P, D[:33] + ITOA64[ITOA64.index(D[33]) ^ 3]),
        ("The checksum's letters in the other case.", P, D[:12] + D[12:33].swapcase() + D[33:]),
        ("A checksum of zero bits only.", P, D[:12] + "." * 22),
        ("The checksum of another digest.", P, D[:12] + E[12:]),
        ("The salt of another digest.", P, D[:4] + E[4:12] + D[12:]),
    ]
]

# Malformed.


SHAPE = ("shape", "digest")
broken = [
    malformed("Only the prefix.", D[:3], "length", "rounds", "CutOff"),
    malformed("Nothing after the rounds.", D[:4], "length", "salt", "CutOff"),
    malformed("Cut within the salt.", D[:9], "length", "salt", "CutOff"),
    malformed("No checksum.", D[:12], "length", "checksum", "CutOff"),
    malformed("Cut within the checksum.", D[:20], "length", "checksum", "CutOff"),
    malformed(
        "The last character is missing, as in a VARCHAR(33) column.", D[:33], "length", "checksum", "CutOff"
    ),
    malformed("One character too many.", D + ".", "length", "checksum", "Appended"),
    malformed("A line feed at the end.", D + "\n", "length", "checksum", "Appended"),
    malformed("A carriage return and a line feed at the end.", D + "\r\n", "length", "checksum", "Appended"),
    malformed("A space at the end.", D + " ", "length", "checksum", "Appended"),
    malformed("A NUL at the end.", D + "\0", "length", "checksum", "Appended"),
    malformed("The digest twice.", D + D, "length", "checksum", "Appended"),
    malformed("A space before the digest.", " " + D, *SHAPE),
    malformed("A byte order mark before the digest.", "\ufeff" + D, *SHAPE),
    malformed("The prefix in lower case.", "$p$" + D[3:], *SHAPE),
    malformed("The first dollar sign is missing.", D[1:], *SHAPE),
    malformed("A letter where the second dollar sign belongs.", "$PP" + D[3:], *SHAPE),
    malformed("A full-width dollar sign.", "\uff04" + D[1:], *SHAPE),
    malformed("Drupal 7's prefix, which is SHA-512.", "$S$" + D[3:], *SHAPE, "OtherFormat"),
    malformed("Drupal's digest of an MD5, marked by a U.", "U" + D, *SHAPE, "OtherFormat"),
    malformed("An md5crypt digest.", "$1$kJ4QkJaQ$3EbD/pJddrq5HW3mpZ4KZ1", *SHAPE, "OtherFormat"),
    malformed("A bare MD5.", hashlib.md5(P.encode()).hexdigest(), *SHAPE, "OtherFormat"),
    malformed("An exponent of 6, which no system accepts.", D[:3] + "4" + D[4:], "range", "rounds", "Rounds"),
    malformed("An exponent of 0.", D[:3] + "." + D[4:], "range", "rounds", "Rounds"),
    malformed("An exponent of 31, over the format's 30.", D[:3] + "T" + D[4:], "range", "rounds", "Rounds"),
    malformed(
        "An exponent of 63, the largest that one character spells.",
        D[:3] + "z" + D[4:],
        "range",
        "rounds",
        "Rounds",
    ),
    malformed("A dollar sign for the rounds.", D[:3] + "$" + D[4:], "alphabet", "rounds", "Rounds"),
    malformed("A minus sign for the rounds.", D[:3] + "-" + D[4:], "alphabet", "rounds", "Rounds"),
    malformed("A full-width digit for the rounds.", D[:3] + "\uff19" + D[4:], "alphabet", "rounds", "Rounds"),
    malformed(
        "A plus sign in the salt, from the alphabet of Base64.", D[:6] + "+" + D[7:], "alphabet", "salt"
    ),
    malformed("A dollar sign in the salt.", D[:11] + "$" + D[12:], "alphabet", "salt"),
    malformed("A space in the salt.", D[:4] + " " + D[5:], "alphabet", "salt"),
    malformed("A NUL in the salt.", D[:8] + "\0" + D[9:], "alphabet", "salt"),
    malformed("A letter with an accent in the salt.", D[:8] + "\u00e9" + D[9:], "alphabet", "salt"),
    malformed("An exclamation mark in the checksum.", D[:31] + "!" + D[32:], "alphabet", "checksum"),
    malformed(
        "An underscore in the checksum, from URL-safe Base64.", D[:12] + "_" + D[13:], "alphabet", "checksum"
    ),
    malformed("Padding for the last character.", D[:33] + "=", "alphabet", "checksum"),
    malformed("A line feed for the last character.", D[:33] + "\n", "alphabet", "checksum"),
    malformed("A Cyrillic letter in the checksum.", D[:20] + "\u0430" + D[21:], "alphabet", "checksum"),
    malformed(
        "The lowest of the unused bits is set.",
        D[:33] + ITOA64[ITOA64.index(D[33]) | 4],
        "canonical",
        "checksum",
        "UnusedBits",
    ),
    malformed(
        "The highest of the unused bits is set.",
        D[:33] + ITOA64[ITOA64.index(D[33]) | 32],
        "canonical",
        "checksum",
        "UnusedBits",
    ),
    malformed(
        "All unused bits are set.",
        D[:33] + ITOA64[ITOA64.index(D[33]) | 60],
        "canonical",
        "checksum",
        "UnusedBits",
    ),
]

# Both systems agree.

VALID = [*from_passlib, *from_appwrite, *by_wordpress, *by_passlib]
for expected, tests in [(True, VALID), (False, wrong), (False, changed), (False, broken)]:
    for one, (_, let_in) in zip(tests, wordpress([(password_bytes(t), t["digest"]) for t in tests])):
        assert let_in is expected, one
    for one in tests:
        if one["result"] != "malformed":  # passlib throws for what it cannot read
            assert passlib_phpass.verify(password_bytes(one), one["digest"]) is expected, one
for one in respelled:
    assert passlib_phpass.verify(password_bytes(one), one["digest"]), one
assert len({t["digest"] for t in broken}) == len(broken) and not {t["digest"] for t in broken} & {
    t["digest"] for t in VALID
}

# The file.


PHPASS_PAGE = "https://www.openwall.com/phpass/"
reported = reported_groups("phpass", flags)
for one in reported_tests(reported, "valid"):
    task = (password_bytes(one), one["digest"])
    assert wordpress([task]) == [[one["digest"], True]] and passlib_phpass.verify(*task), one

header = {
    "hasher": "phpass",
    "description": "phpass portable digests: MD5 of salt and password, then 2^n rounds of MD5 of checksum and password.",
    "spellings": [
        {
            "description": "phpBB writes $H$ where phpass writes $P$.",
            "pattern": "^\\$H\\$",
            "rewrite": "$$P$$",
        }
    ],
    "notes": {
        **NOTES,
        "Appended": note(
            "malformed",
            "Something follows a whole digest.",
            "A digest has many spellings, and a comparison of columns misses some.",
        ),
        "ChangedDigest": note(
            "edge",
            "The digest was changed and still parses.",
            "A field that does not enter the checksum could be exchanged freely.",
        ),
        "CutOff": note(
            "malformed",
            "The digest ends too early.",
            "A short checksum is matched by many passwords, an empty one by all.",
        ),
        "OtherFormat": note(
            "malformed",
            "A digest of another format which resembles this one.",
            "A format is taken for its neighbour, and its users are told that their passwords are wrong.",
        ),
        "PhpbbPrefix": note(
            "variant",
            "$H$ is phpBB's prefix for the same algorithm.",
            "The users of a forum cannot sign in.",
            PHPASS_PAGE,
        ),
        "Rounds": note(
            "malformed",
            "The exponent of the rounds is outside 7 to 30 or is no exponent.",
            "Too few rounds are no protection; too many never end.",
            PHPASS_PAGE,
        ),
        "UnusedBits": note(
            "malformed",
            "The last character has bits set that belong to no byte.",
            "One checksum has sixteen spellings.",
        ),
    },
}
passlib_tests = "passlib's test suite, phpass_test in passlib/tests/test_handlers.py"
appwrite_tests = "Appwrite's test suite, tests/e2e/Services/Users/UsersBase.php"
assemble(
    header,
    [
        {
            "source": source(
                passlib_tests, "1.7.4", "transcribed", "https://foss.heptapod.net/python-libs/passlib"
            ),
            "tests": from_passlib,
        },
        {
            "source": source(
                appwrite_tests, "commit 009b657", "transcribed", "https://github.com/appwrite/appwrite"
            ),
            "tests": from_appwrite,
        },
        {"source": source(WORDPRESS, WORDPRESS_VERSION, "generated", COMMAND), "tests": by_wordpress},
        {
            "source": source(
                "passlib.hash.phpass", "1.7.4 (Debian python3-passlib 1.7.4-3)", "generated", COMMAND
            ),
            "tests": by_passlib,
        },
        {
            "source": source(
                "Digests of WordPress and passlib, under the other prefix",
                WORDPRESS_VERSION,
                "mutated",
                COMMAND,
            ),
            "tests": respelled,
        },
        {"source": source(WORDPRESS, WORDPRESS_VERSION, "generated", COMMAND), "tests": wrong},
        {
            "source": source(
                "Digests of WordPress, changed so that they still parse",
                WORDPRESS_VERSION,
                "mutated",
                COMMAND,
            ),
            "tests": changed,
        },
        {
            "source": source("Digests of WordPress, damaged", WORDPRESS_VERSION, "mutated", COMMAND),
            "tests": broken,
        },
        *reported,
    ],
)
