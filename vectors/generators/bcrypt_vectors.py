#!/usr/bin/env python3
"""Writes vectors/bcrypt.json. libxcrypt, PHP, Python's bcrypt, npm's bcrypt and @node-rs/bcrypt each verify every valid digest
that they can read, and refuse every invalid one; passlib makes digests only. `$2$` and `$2x$` are in bcrypt_old_variants.py,
and what only one system's `$2a$` has in bcrypt_2a.py.

Needs what that file and bcrypt_systems.py name; the folder with node_modules is the argument. It is not called bcrypt.py, or the
generators beside it that import Python's bcrypt would find it.

  python3 vectors/generators/bcrypt_vectors.py folder-of-node_modules
"""
import hashlib
import sys

import bcrypt_2a as two_a
import bcrypt_old_variants as old
import vector_tools
from bcrypt_systems import (
    BCRYPT64,
    CRYPT_5,
    LIBXCRYPT_BYTES,
    LONG,
    NOTES,
    PROVOS,
    changed,
    check,
    damaged,
    libxcrypt,
    node_bcrypt,
    passlib,
    php,
    python3_bcrypt,
    setting,
    version_flags,
)
from password_flags import NOTES as PASSWORD_NOTES
from reported import reported_groups, reported_tests
from vector_tools import assemble, malformed, note, password_bytes, read_passwords, source

FOLDER = sys.argv[1]
COMMAND = "python3 vectors/generators/bcrypt_vectors.py folder-of-node_modules"
LIBXCRYPT = ("libxcrypt, by Perl's crypt()", "4.4.33 (Debian libcrypt1 1:4.4.33-2), Perl 5.36.0")
PHP = ("PHP's crypt(), checked by its password_verify()", "8.2.36 (Debian php8.2-cli 8.2.36-1~deb12u1)")
PYTHON = ("bcrypt (Python)", "3.2.2 (Debian python3-bcrypt 3.2.2-1)")
NODE = ("bcrypt (npm)", "6.0.0")
PASSLIB = ("passlib.hash.bcrypt with its backend in Python", "1.7.4 (Debian python3-passlib 1.7.4-3)")
TEXT = "lighthouse keeper"


def flags(password, digest):
    data = password if isinstance(password, bytes) else password.encode()
    text = data.decode(errors="replace")
    outer = ["OuterSpace"] if text != text.strip() else []
    is_repetition = any(data == data[:size] * (len(data) // size) for size in range(1, len(data) // 2 + 1))
    no_nul = digest.startswith("$2$") and (len(data) > 36 or is_repetition)
    overwriting = digest.startswith("$2x$") and any(byte > 127 for byte in data)
    truncated = ["Truncated"] if len(data) > 72 or 0 in data or no_nul or overwriting else []
    # $2$ has no sibling: its key ends without a NUL.
    overwritten = ["OverwrittenBytes"] if old.overwrites(data) and not digest.startswith("$2$") else []
    return [*truncated, *outer, *version_flags(digest), *overwritten]


def valid(comment, password, digest, *more):
    return vector_tools.valid(comment, password, digest, *flags(password, digest), *more)


def invalid(comment, password, digest, *more):
    return vector_tools.invalid(comment, password, digest, *flags(password, digest), *more)


def as_bytes(password):
    return password if isinstance(password, bytes) else password.encode()


def made(system, rows, *arguments):
    """[(comment, password, setting)] -> valid tests"""
    digests = system([(as_bytes(password), text) for _, password, text in rows], *arguments)
    return [valid(comment, password, digest) for (comment, password, _), digest in zip(rows, digests)]


def by_passlib_alone(jobs):
    return [
        passlib.hash.bcrypt.using(ident=text[1:3], rounds=int(text[4:6]), salt=text[7:]).hash(password)
        for password, text in jobs
    ]


# --- valid -------------------------------------------------------------------------------------------------------------

entries = [(entry["comment"], password_bytes(entry)) for entry in read_passwords()]
by_libxcrypt = made(
    libxcrypt,
    [
        *(
            (comment, password, setting(comment))
            for comment, password in entries
            if 0 not in password and len(password) <= LIBXCRYPT_BYTES
        ),
        ("$2a$ and an ASCII password.", TEXT, setting("2a", "2a")),
        ("$2a$ and the empty password.", "", setting("2a empty", "2a")),
        ("$2a$ and bytes above 0x7f in UTF-8.", "caf\u00e9", setting("2a utf-8", "2a")),
        ("$2a$ and a byte that is not UTF-8.", b"\xa3", setting("2a pound", "2a")),
        ("$2a$ and 72 bytes.", LONG[:72], setting("2a 72", "2a")),
        (
            "$2a$ and 255 bytes, where a length of one byte wraps to none.",
            LONG[:255],
            setting("2a 255", "2a"),
        ),
        ("$2a$ and 257 bytes, where a length of one byte wraps to two.", LONG[:257], setting("2a 257", "2a")),
        ("$2y$ and bytes that $2x$ reads as negative numbers.", b"\xff\xff\xa3", setting("2y sign", "2y")),
        (
            "$2b$ and bytes that $2x$ reads as negative numbers.",
            b"\xff\xa334\xff\xff\xff\xa3345",
            setting("2b sign"),
        ),
        ("Cost 5.", TEXT, setting("cost 5", cost=5)),
        ("Cost 6.", TEXT, setting("cost 6", cost=6)),
        ("Cost 7.", TEXT, setting("cost 7", cost=7)),
        ("Cost 8.", TEXT, setting("cost 8", cost=8)),
        ("A salt of zero bits only.", TEXT, "$2b$04$" + "." * 22),
        ("A salt of one bits only.", TEXT, "$2b$04$" + "9" * 21 + "u"),
        ("A salt with every digit.", TEXT, "$2b$04$0123456789zyxwvutsrqpO"),
    ],
)
by_php = made(
    php,
    [
        ("The empty password.", "", setting("php empty", "2y")),
        ("An ordinary ASCII password.", "correct horse battery staple", setting("php ascii", "2y")),
        (
            "Characters outside ASCII.",
            "\u05e1\u05d9\u05e1\u05de\u05d4 \U0001f511 caf\u00e9",
            setting("php utf-8", "2y"),
        ),
        ("A word in Latin-1.", b"caf\xe9", setting("php latin-1", "2y")),
        ("72 bytes.", LONG[:72], setting("php 72", "2y")),
        ("73 bytes.", LONG[:73], setting("php 73", "2y")),
        ("255 bytes.", LONG[:255], setting("php 255", "2y")),
        ("1000 bytes.", dict(entries)["1000 bytes."], setting("php 1000", "2y")),
        ("4096 bytes.", LONG, setting("php 4096", "2y")),
        ("$2a$ from PHP.", TEXT, setting("php 2a", "2a")),
        ("Cost 10, the default before PHP 8.4.", TEXT, setting("php 10", "2y", 10)),
    ],
)
by_python = made(
    python3_bcrypt,
    [
        ("One character.", "a", setting("python a")),
        ("A password with a line feed.", "first\nsecond", setting("python line feed")),
        ("Bytes that are not UTF-8.", bytes(range(0x80, 0x100)), setting("python high bytes")),
        ("71 bytes and no more: the NUL is the 72nd.", LONG[:71], setting("python 71")),
        ("73 bytes.", LONG[:73], setting("python 73")),
        ("1000 bytes.", LONG[:1000], setting("python 1000")),
        ("$2a$ from Python.", TEXT, setting("python 2a", "2a")),
        ("Cost 12, the default of Python's bcrypt, Django and Rails.", TEXT, setting("python 12", cost=12)),
    ],
)
by_node = made(
    node_bcrypt,
    [
        ("One character, the key that two passwords with a NUL share.", "a", setting("node a")),
        (
            "One character, a NUL and the character again: the key of the character alone.",
            "a\0a",
            setting("node a"),
        ),
        (
            "A word, a NUL and the word again, twice: the key of the word alone.",
            "abc\0abc\0abc",
            setting("node abc"),
        ),
        ("The word of the test before.", "abc", setting("node abc")),
        ("The empty password.", "", setting("node empty")),
        ("Only a NUL: the key of the empty password.", "\0", setting("node empty")),
        ("72 NULs: the key of the empty password.", "\0" * 72, setting("node empty")),
        ("A NUL inside.", "before\0after", setting("node inside")),
        ("A NUL at the end, which makes another key.", "a\0", setting("node end")),
        ("A NUL at the beginning.", "\0after", setting("node beginning")),
        ("A NUL after 71 bytes: the key of the 71 bytes alone.", LONG[:71] + "\0", setting("node 71")),
        ("71 bytes, whose key ends with the NUL.", LONG[:71], setting("node 71")),
        ("A NUL beyond byte 72.", LONG[:80] + "\0" + LONG[81:90], setting("node beyond")),
        ("A NUL among bytes that are not UTF-8.", b"\xff\0\xfe\x80", setting("node bytes")),
        ("$2a$ with a NUL inside.", "before\0after", setting("node 2a", "2a")),
        ("Cost 10, the default of the JavaScript libraries.", TEXT, setting("node 10", cost=10)),
    ],
    FOLDER,
)
by_passlib = made(
    by_passlib_alone,
    [
        ("An ASCII password.", "password", "$2b$04$abcdefghijklmnopqrstuu"),
        ("The empty password.", "", setting("passlib empty")),
        (
            "Characters outside ASCII, in $2y$.",
            "\u043f\u0430\u0440\u043e\u043b\u044c",
            setting("passlib cyrillic", "2y"),
        ),
        ("Bytes that are not UTF-8.", b"\xff\xfe\x80", setting("passlib bytes")),
        ("255 bytes, in $2a$.", LONG[:255], setting("passlib 255", "2a")),
        ("73 bytes.", LONG[:73], setting("passlib 73")),
    ],
)
from_jbcrypt = [
    valid(comment, password, digest)
    for comment, password, digest in [
        ("The empty password, cost 6.", "", "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s."),
        ("The empty password, cost 8.", "", "$2a$08$HqWuK6/Ng6sg9gQzbLrgb.Tl.ZHfXLhvt/SgVyWhQqgqcZ7ZuUtye"),
        ("One character, cost 6.", "a", "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe"),
        ("One character, cost 8.", "a", "$2a$08$cfcvVd2aQ8CMvoMpP2EBfeodLEkkFJ9umNEfPD18.hUF62qqlC/V."),
        ("One character, cost 10.", "a", "$2a$10$k87L/MF28Q673VKh8/cPi.SUl7MU/rWuSiIDDFayrKk/1tBsSQu4u"),
        ("Three letters, cost 6.", "abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"),
        (
            "The alphabet, cost 6.",
            "abcdefghijklmnopqrstuvwxyz",
            "$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC",
        ),
        (
            "Signs and spaces, cost 6.",
            "~!@#$%^&*()      ~!@#$%^&*()PNBFRD",
            "$2a$06$fPIsBO8qRqkjj273rfaOI.HtSV9jLDpTbZn782DC6/t7qT67P6FfO",
        ),
    ]
]
by_old = {
    name: [valid(*row) for row in old.made(system, rows, *arguments)]
    for name, system, rows, *arguments in [
        ("2x libxcrypt", libxcrypt, old.SIGN_EXTENSION_LIBXCRYPT),
        ("2x php", php, old.SIGN_EXTENSION_PHP),
        ("2 node", node_bcrypt, old.NO_NUL_NODE, FOLDER),
        ("2 perl", old.eksblowfish, old.NO_NUL_PERL),
    ]
}
by_2a = {
    name: [valid(*row, *more) for row in old.made(system, rows, *arguments)]
    for name, system, rows, more, *arguments in [
        ("wrapped", node_bcrypt, two_a.WRAPPED, ["Only2a", "WrappedLength"], FOLDER),
        ("whole", node_bcrypt, two_a.WHOLE, [], FOLDER),
        ("libxcrypt", libxcrypt, two_a.COUNTERMEASURE_LIBXCRYPT, ["Only2a", "Countermeasure"]),
        ("php", php, two_a.COUNTERMEASURE_PHP, ["Only2a", "Countermeasure"]),
        ("none", libxcrypt, two_a.NO_COUNTERMEASURE, []),
        ("without", python3_bcrypt, two_a.WITHOUT_IT, []),
    ]
}
for test in by_2a["wrapped"]:
    cut = password_bytes(test)[: two_a.key_length(password_bytes(test))]
    if "password" in test and cut.decode(errors="replace").encode() != cut:
        test["flags"].append("CutCharacter")
published_2a = [valid(*row, "Only2a", "Countermeasure") for row in two_a.PUBLISHED]
WRAPPED = by_2a["wrapped"]
COUNTERMEASURE = [*published_2a, *by_2a["libxcrypt"], *by_2a["php"]]
SIGN_EXTENSION = [*by_old["2x libxcrypt"], *by_old["2x php"]]
NO_NUL = [*by_old["2 node"], *by_old["2 perl"]]
VALID = [*from_jbcrypt, *by_libxcrypt, *by_php, *by_python, *by_node, *by_passlib]


reported = reported_groups("bcrypt", flags)
REPORTED = reported_tests(reported, "valid")
REPORTED_2A = [test for test in REPORTED if "Only2a" in test["flags"]]


def made_from(password, version="2b"):
    head = f"${version}$04$"
    return next(
        t["digest"]
        for t in [*VALID, *SIGN_EXTENSION, *NO_NUL]
        if password_bytes(t) == as_bytes(password) and t["digest"].startswith(head)
    )


P = "correct horse battery staple"
D = made_from(P)
STRADDLE = "x" * 71 + "\u00e9"
respelled = [
    valid("A $2b$ digest as $2a$.", P, "$2a$" + D[4:]),
    valid("A $2b$ digest as $2y$.", P, "$2y$" + D[4:]),
    valid("A $2y$ digest of PHP as $2b$.", P, "$2b$" + by_php[1]["digest"][4:]),
    valid("A $2a$ digest as $2y$.", "a", "$2y$" + from_jbcrypt[2]["digest"][4:]),
]
# Other passwords which bcrypt cannot tell from the one that was set.
same_key = [
    valid("Another byte 73.", LONG[:72] + "#", made_from(LONG[:73])),
    valid("Only the first 72 of 73 bytes.", LONG[:72], made_from(LONG[:73])),
    valid("Only the first 72 of 1000 bytes.", LONG[:72], made_from(LONG[:1000])),
    valid("256 bytes where 255 were set.", "q" * 256, made_from("q" * 255)),
    valid(
        "Another character across byte 72, with the same first byte.",
        "x" * 71 + "\u00e8",
        made_from(STRADDLE),
    ),
]

# --- invalid -----------------------------------------------------------------------------------------------------------

[meteor] = libxcrypt([(hashlib.sha256(P.encode()).hexdigest().encode(), setting("meteor"))])
wrong = [
    invalid("The empty password.", "", D),
    invalid("The first letter in upper case.", "C" + P[1:], D),
    invalid("The last letter in upper case.", P[:-1] + "E", D),
    invalid("A space after the password.", P + " ", D),
    invalid("A space before the password.", " " + P, D),
    invalid("A line feed after the password.", P + "\n", D),
    invalid("A NUL after the password.", P + "\0", D),
    invalid("The password, a NUL and other text, which a C string hides.", P + "\0!", D),
    invalid("The last character is missing.", P[:-1], D),
    invalid("Only the first eight characters.", P[:8], D),
    invalid("The password twice, without a NUL between.", P + P, D),
    invalid("The digest itself.", D, D),
    invalid("The salt.", D[7:29], D),
    invalid(
        "The NFD form where the NFC form was set.", "cafe\u0301", made_from("caf\u00e9"), "Normalization"
    ),
    invalid(
        "The NFC form where the NFD form was set.", "caf\u00e9", made_from("cafe\u0301"), "Normalization"
    ),
    invalid("The accent left out.", "cafe", made_from("caf\u00e9")),
    invalid("A space where the empty password was set.", " ", made_from("")),
    invalid("A NUL added to one character.", "a\0", made_from("a")),
    invalid("The password without the NUL at its end.", "a", made_from("a\0")),
    invalid("One character twice, without the NUL between.", "aa", made_from("a\0a")),
    invalid("Only what stands before the NUL.", "before", made_from("before\0after")),
    invalid("Other text after the NUL.", "before\0other", made_from("before\0after")),
    invalid("The leading space left out.", "leading", made_from(" leading")),
    invalid("The trailing space left out.", "trailing", made_from("trailing ")),
    invalid("The byte order mark left out.", "bom", made_from("\ufeffbom")),
    invalid(
        "Another byte 72.",
        "0123456789abcdef" * 4 + "0123456X",
        made_from("0123456789abcdef" * 4 + "01234567"),
    ),
    invalid(
        "71 of 72 bytes.", "0123456789abcdef" * 4 + "0123456", made_from("0123456789abcdef" * 4 + "01234567")
    ),
    invalid(
        "72 bytes where 71 were set.",
        "0123456789abcdef" * 4 + "01234567",
        made_from("0123456789abcdef" * 4 + "0123456"),
    ),
    invalid("Another byte 72 of 1000.", LONG[:71] + "X" + LONG[72:1000], made_from(LONG[:1000])),
    invalid("A character across byte 72 without its accent.", "x" * 71 + "e", made_from(STRADDLE)),
    invalid(
        "Replacement characters where bytes that are not UTF-8 were set.",
        "\ufffd\ufffd\ufffd",
        made_from(b"\xff\xfe\x80"),
    ),
    invalid("UTF-8 where Latin-1 was set.", "caf\u00e9", made_from(b"caf\xe9")),
    invalid("Latin-1 where UTF-8 was set.", b"caf\xe9", made_from("caf\u00e9")),
    invalid("A byte above 0x7f without its highest bit.", "#", made_from(b"\xa3")),
    invalid(
        "A password that collides with the one set only under $2x$.",
        b"\xa3",
        made_from(b"\xff\xff\xa3", "2y"),
    ),
    invalid("The digest of the password's SHA-256 in hex, as Meteor stores it.", P, meteor),
    invalid("The password's SHA-256 in hex.", hashlib.sha256(P.encode()).hexdigest(), D),
]
wrong_old = {
    "2x": [invalid(*row) for row in old.wrong_sign_extension(lambda password: made_from(password, "2x"))],
    "2": [invalid(*row) for row in old.wrong_no_nul(lambda password: made_from(password, "2"))],
}


def other_name(version, tests):
    rows = [(test["comment"], test.get("password", password_bytes(test)), test["digest"]) for test in tests]
    return [invalid(*row) for row in old.under_another_name(rows, version)]


renamed = {"2x": other_name("2x", SIGN_EXTENSION), "2": other_name("2", NO_NUL)}
[FIVE] = [test["digest"] for test in WRAPPED if test.get("password") == LONG[:260]]
same_key_2a = [valid(comment, password, FIVE, *more) for comment, password, *more in two_a.SAME_KEY]
wrong_2a = [
    *(invalid(comment, password, FIVE) for comment, password in two_a.OTHER_KEY),
    invalid("The last byte of a password with the countermeasure is another.", b"\xff\xff\xa4", published_2a[0]["digest"]),
    invalid("A password that has the same key under $2x$.", b"\xa3", published_2a[0]["digest"]),
    invalid("The password with the first byte left out.", b"\xff\xa3", published_2a[0]["digest"]),
]
renamed_2a = [
    invalid(*row)
    for row in two_a.under_other_names(
        [
            (test["comment"], test.get("password", password_bytes(test)), test["digest"])
            for test in [*WRAPPED, *COUNTERMEASURE]
            if "CutCharacter" not in test["flags"]
        ]
    )
]
still_parsed = [invalid(*row, "ChangedDigest") for row in changed(P, D, made_from("a"))]

# --- malformed ---------------------------------------------------------------------------------------------------------

SHAPE = ("shape", "digest")
# An empty string, or one that begins with a star, is an account without a password.
broken = [
    *(test for test in damaged("", D) if test["digest"] != ""),
    malformed("A space before the digest.", " " + D, *SHAPE),
    malformed("A byte order mark before the digest.", "\ufeff" + D, *SHAPE),
    malformed("The digest in quotes.", f'"{D}"', *SHAPE),
    malformed("Django's name before the digest.", "bcrypt$" + D, *SHAPE, "OtherFormat"),
    malformed("Spring's name before the digest.", "{bcrypt}" + D, *SHAPE, "OtherFormat"),
    malformed("LDAP's name before the digest.", "{CRYPT}" + D, *SHAPE, "OtherFormat"),
    malformed(
        "WordPress's prefix for bcrypt over an HMAC.", "$wp" + by_php[1]["digest"], *SHAPE, "OtherFormat"
    ),
    malformed(
        "passlib's bcrypt over an HMAC.",
        "$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
        *SHAPE,
        "OtherFormat",
    ),
    malformed(
        "AdonisJS's spelling of bcrypt.",
        "$bcrypt$v=98$r=10$tAe1bhm5zoo0Sx7ZfrCd7w$0T4Cf8htpt/8FbjK+cErdaTh8T6ClYQ",
        *SHAPE,
        "OtherFormat",
    ),
    malformed("An md5crypt digest.", "$1$kJ4QkJaQ$3EbD/pJddrq5HW3mpZ4KZ1", *SHAPE, "OtherFormat"),
    malformed("A bare MD5.", hashlib.md5(P.encode()).hexdigest(), *SHAPE, "OtherFormat"),
]

# --- the systems agree -------------------------------------------------------------------------------------------------


def jobs(tests):
    return [(password_bytes(test), test["digest"]) for test in tests]


check(jobs([*VALID, *respelled, *same_key]), FOLDER)
check(jobs([*wrong, *still_parsed]), FOLDER, expected=False)
check(jobs(test for test in REPORTED if test not in REPORTED_2A and not test["digest"].startswith("$2x$")), FOLDER)
check(jobs(reported_tests(reported, "invalid")), FOLDER, expected=False)
old.check_sign_extension(jobs(test for test in REPORTED if test["digest"].startswith("$2x$")))
two_a.check_wrapped(jobs(test for test in REPORTED_2A if "WrappedLength" in test["flags"]), FOLDER)
two_a.check_countermeasure(jobs(test for test in REPORTED_2A if "Countermeasure" in test["flags"]))
for test in reported_tests(reported, "valid", "malformed"):
    if "abcdefghijklmnopqrstu" in test["digest"]:
        assert passlib.hash.bcrypt.verify(test["password"], test["digest"]), test
assert (
    by_node[0]["digest"] == by_node[1]["digest"]
    and by_node[4]["digest"] == by_node[5]["digest"] == by_node[6]["digest"]
)
for expected, sign_extension, no_nul in [
    (True, SIGN_EXTENSION, NO_NUL),
    (False, [*wrong_old["2x"], *renamed["2x"]], [*wrong_old["2"], *renamed["2"]]),
]:
    old.check_sign_extension([job for job in jobs(sign_extension) if job[1].startswith("$2x$")], expected)
    old.check_no_nul([job for job in jobs(no_nul) if job[1].startswith("$2$")], FOLDER, expected)
check(
    [job for job in jobs([*renamed["2x"], *renamed["2"]]) if job[1].startswith("$2b$")],
    FOLDER,
    expected=False,
)
two_a.check_wrapped(jobs([*WRAPPED, *by_2a["whole"], *same_key_2a[:2]]), FOLDER)
two_a.check_wrapped(jobs(wrong_2a[: len(two_a.OTHER_KEY)]), FOLDER, expected=False)
assert all(two_a.is_wrapped(password) for password, _ in jobs(WRAPPED))
assert not any(two_a.is_wrapped(password) for password, _ in jobs(by_2a["whole"]))
check(jobs([*by_2a["whole"], same_key_2a[2]]), FOLDER)
two_a.check_countermeasure(jobs([*COUNTERMEASURE, *by_2a["none"]]))
two_a.check_countermeasure(jobs([*wrong_2a[len(two_a.OTHER_KEY) :], *by_2a["without"]]), expected=False)
as_2b = [(password, "$2b$" + digest[4:]) for password, digest in jobs([*by_2a["none"], *by_2a["without"]])]
check(as_2b, FOLDER)
check(jobs(renamed_2a), FOLDER, expected=False)
two_a.check_rules(jobs([*VALID, *same_key, *SIGN_EXTENSION, *COUNTERMEASURE, *by_2a["none"], *by_2a["without"]]))
old.check_overwritten(jobs([*VALID, *respelled, *same_key, *SIGN_EXTENSION]))
assert len({test["digest"] for test in broken}) == len(broken)
assert all(
    test["digest"][-32] in ".Oeu" and BCRYPT64.index(test["digest"][-1]) % 4 == 0
    for test in [*VALID, *SIGN_EXTENSION, *NO_NUL, *WRAPPED, *COUNTERMEASURE]
)

# --- the file ----------------------------------------------------------------------------------------------------------

header = {
    "hasher": "bcrypt",
    "description": "bcrypt: the first 72 bytes of the password with a NUL after it, repeated, are the key of a slow Blowfish.",
    "spellings": [
        {
            "description": "$2y$ is another name of $2b$.",
            "pattern": "^\\$2y\\$",
            "rewrite": "$$2b$$",
        }
    ],
    "siblings": [
        {
            "description": "$2x$ is $2b$ for a password without bytes above 0x7f that overwrite others.",
            "pattern": "^\\$2x\\$",
            "rewrite": "$$2b$$",
            "unless": "OverwrittenBytes",
        },
        {
            "description": "$2a$ is $2b$, but for the few digests that only one system's $2a$ has.",
            "pattern": "^\\$2a\\$",
            "rewrite": "$$2b$$",
            "unless": "Only2a",
        },
    ],
    "notes": {
        **NOTES,
        "Version2a": note(
            "variant",
            "$2a$ is an older name of $2b$'s algorithm, which two systems changed for a few passwords.",
            "Users of older systems cannot sign in.",
            CRYPT_5,
        ),
        **old.NOTES,
        **two_a.NOTES,
        "Normalization": PASSWORD_NOTES["Normalization"],
        "NotUtf8": PASSWORD_NOTES["NotUtf8"],
        "OuterSpace": PASSWORD_NOTES["OuterSpace"],
        "Truncated": note(
            "limitation",
            "The password has more than 72 bytes, of which bcrypt reads 72, or a NUL, like the one that ends the key. "
            "Under $2$ it is a repetition or has more than 36 bytes, under $2x$ it has a byte over 127: another "
            "password may have its key.",
            "Refused, users are locked out; taken in silence, nobody learns that other passwords open the account.",
            PROVOS,
        ),
    },
}


def group(system, how, tests):
    return {"source": source(*system, how, COMMAND), "tests": tests}


def of_several(what):
    return (what, "as above")


assemble(
    header,
    [
        {
            "source": source(
                "jBCrypt's tests, TestBCrypt.java",
                "commit 6991e50c9642d8279882afc07f73adbb907d8398",
                "transcribed",
                "https://github.com/djmdjm/jBCrypt",
            ),
            "tests": from_jbcrypt,
        },
        group(LIBXCRYPT, "generated", by_libxcrypt),
        group(PHP, "generated", by_php),
        group(PYTHON, "generated", by_python),
        group(NODE, "generated", by_node),
        group(PASSLIB, "generated", by_passlib),
        group(LIBXCRYPT, "generated", by_old["2x libxcrypt"]),
        group(PHP, "generated", by_old["2x php"]),
        group(NODE, "generated", by_old["2 node"]),
        group(old.EKSBLOWFISH, "generated", by_old["2 perl"]),
        {"source": two_a.CRYPT_BLOWFISH, "tests": published_2a},
        group(NODE, "generated", [*WRAPPED, *by_2a["whole"]]),
        group(LIBXCRYPT, "generated", [*by_2a["libxcrypt"], *by_2a["none"]]),
        group(PHP, "generated", by_2a["php"]),
        group(PYTHON, "generated", by_2a["without"]),
        group(
            of_several("Digests of libxcrypt, PHP and jBCrypt, under another version's name"),
            "mutated",
            respelled,
        ),
        group(
            of_several("Digests of libxcrypt and bcrypt (Python), with passwords of the same key"),
            "generated",
            same_key,
        ),
        group(
            of_several("Digests of bcrypt (npm), with passwords of the same key under $2a$"), "generated", same_key_2a
        ),
        group(of_several("Digests of all these systems, with other passwords"), "generated", wrong),
        group(
            of_several("$2a$ digests of bcrypt (npm) and libxcrypt, with other passwords"), "generated", wrong_2a
        ),
        group(
            of_several("Digests of only one system's $2a$, under another version's name"), "mutated", renamed_2a
        ),
        group(
            of_several("$2x$ digests of libxcrypt and PHP, with other passwords"),
            "generated",
            wrong_old["2x"],
        ),
        group(
            of_several("$2$ digests of bcrypt (npm) and Crypt::Eksblowfish, with other passwords"),
            "generated",
            wrong_old["2"],
        ),
        group(
            of_several("Digests of libxcrypt and PHP, $2x$ as $2b$ and $2b$ as $2x$"),
            "mutated",
            renamed["2x"],
        ),
        group(
            of_several(
                "Digests of bcrypt (npm), Crypt::Eksblowfish and libxcrypt, $2$ as $2b$ and $2b$ as $2$"
            ),
            "mutated",
            renamed["2"],
        ),
        group(of_several("Digests of libxcrypt, changed so that they still parse"), "mutated", still_parsed),
        group(of_several("Digests of libxcrypt and PHP, damaged"), "mutated", broken),
        *reported,
    ],
)
