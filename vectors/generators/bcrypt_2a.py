"""The digests that only one system's `$2a$` has, for bcrypt_vectors.py: npm's bcrypt for passwords of 255 bytes and more, and
crypt_blowfish (libxcrypt and PHP each have a copy of it) for some passwords with the byte 0xff.

npm's bcrypt, like OpenBSD before 5.5, keeps the number of the key's bytes, the NUL among them, in eight bits under `$2a$`: its key
is the first (n + 1) mod 256 bytes of a password of n, over and over; where that is none, the first one. Crypt::Eksblowfish, given
that key as a password of `$2$`, which has no NUL, makes the same checksum.

crypt_blowfish changes a bit of the state where the key is one that its bug of `$2x$` makes of other passwords too.
"""

from bcrypt_old_variants import KNOWN, as_bytes, eksblowfish, overwrites, with_version
from bcrypt_systems import CRYPT_5, LONG, libxcrypt, node_bcrypt, php, setting
from vector_tools import note, source

OPENWALL = "https://www.openwall.com/crypt/"
KNOWN_2A = with_version("2a", KNOWN)

NOTES = {
    "Only2a": note(
        "edge",
        "A digest of $2a$ that no other version has: under another name the password does not match.",
        "Read as $2b$, it locks its user out.",
        CRYPT_5,
    ),
    "WrappedLength": note(
        "variant",
        "npm's bcrypt and OpenBSD before 5.5 count the bytes of $2a$'s key in eight bits: of a password of 255 bytes and more only "
        "the first few make the key.",
        "Read as $2b$, it locks out whoever has a long password.",
        "https://github.com/kelektiv/node.bcrypt.js",
    ),
    "Countermeasure": note(
        "variant",
        "crypt_blowfish (PHP, libxcrypt) changes $2a$ where the key is one that the bug of $2x$ makes of other passwords too.",
        "Read as $2b$, it locks its user out; applied to every password, it locks out all others.",
        CRYPT_5,
        OPENWALL,
        cves=["CVE-2011-2483"],
    ),
    "CutCharacter": note(
        "edge",
        "The key ends within a character, so that it is no UTF-8 although the password is.",
        "An engine that takes text cannot take the key.",
    ),
}

CRYPT_BLOWFISH = source("crypt_blowfish's tests, wrapper.c", "1.3", "transcribed", OPENWALL)
# [(comment, password, digest)]
PUBLISHED = [
    ("Three bytes above 0x7f.", b"\xff\xff\xa3", KNOWN_2A + "nqd1wy.pTMdcvrRWxyiGL2eMz.2a85."),
    ("Eleven bytes.", b"\xff\xa334\xff\xff\xff\xa3345", KNOWN_2A + "ZC1JEJ8Z4gPfpe1JOr/oyPXTWl9EFd."),
]


def key_length(password):
    return (len(as_bytes(password)) + 1) % 256 or 1


def is_wrapped(password):
    """Whether a count of eight bits makes another key."""
    data = as_bytes(password)
    size = key_length(data)
    return len(data) >= 255 and (data[:size] * 72)[:72] != data[:72]


# [(comment, password, setting)]
WRAPPED = [
    *(
        (f"{size} bytes: {what} makes the key.", LONG[:size], setting(f"wrapped {size}", "2a"))
        for size, what in [
            (255, "the first byte, as the count is none,"),
            (256, "the first byte"),
            (257, "the first two"),
            (260, "the first five"),
            (300, "the first 45"),
            (325, "the first 70"),
            (326, "the first 71"),
            (511, "the first byte, as the count is none once more,"),
            (512, "the first byte"),
            (1030, "the first seven"),
            (4095, "the first byte, as the count is none,"),
            (4096, "the first byte"),
        ]
    ),
    ("326 bytes, cost 6.", LONG[:326], setting("wrapped cost", "2a", 6)),
    (
        "261 bytes outside ASCII: the first three characters make the key.",
        "\u00e9\u00e8\u00ea" + "\u00fc" * 127 + "x",
        setting("wrapped utf-8", "2a"),
    ),
    ("300 bytes: the first 22 characters and half of the next.", "\u00e9\u00e8" * 75, setting("wrapped cut", "2a")),
    (
        "A NUL among the first five of 260 bytes.",
        "ab\0de" + LONG[:255],
        setting("wrapped nul", "2a"),
    ),
    ("Bytes that are not UTF-8.", b"\xe9\xe8\xea" + b"\xfc" * 258, setting("wrapped bytes", "2a")),
]
# Lengths that the count holds, or whose count is over 72: the key of every other version.
WHOLE = [
    ("$2a$ and 254 bytes, the most that the count holds.", LONG[:254], setting("whole 254", "2a")),
    ("$2a$ and 327 bytes, of which the first 72 make the key.", LONG[:327], setting("whole 327", "2a")),
    ("$2a$ and 1000 bytes, of which the first 72 make the key.", LONG[:1000], setting("whole 1000", "2a")),
    ("$2a$ and 510 bytes, of which the first 72 make the key.", LONG[:510], setting("whole 510", "2a")),
    ("$2a$ and 255 bytes, all the same.", "q" * 255, setting("whole same", "2a")),
    ("$2a$ and 260 bytes that repeat the first five.", "abcde" * 52, setting("whole five", "2a")),
]
# Passwords of one key with the 260 bytes of WRAPPED: [(comment, password, the flags that follow)].
FIVE = LONG[:5]
SAME_KEY = [
    ("Another password of 260 bytes that begins with the same five.", FIVE + "z" * 255, "Only2a", "WrappedLength"),
    ("A password of 516 bytes that begins with the same five.", FIVE + "y" * 511, "Only2a", "WrappedLength"),
    ("The five bytes repeated to 72, which are the key itself.", (FIVE * 15)[:72]),
]
OTHER_KEY = [
    ("The first five of 260 bytes alone, which have a NUL behind them.", FIVE),
    ("The first five of 260 bytes twice.", FIVE * 2),
    ("The first 72 of 260 bytes.", LONG[:72]),
    ("The first 254 of 260 bytes.", LONG[:254]),
    ("261 bytes that begin with the same five.", FIVE + "z" * 256),
    ("260 bytes of which the fifth is another.", LONG[:4] + "z" + LONG[5:260]),
    ("The five bytes repeated to 71.", (FIVE * 15)[:71]),
]

COUNTERMEASURE_LIBXCRYPT = [
    ("Three bytes 0xff.", b"\xff\xff\xff", setting("counter 1", "2a")),
    ("0xff, a byte above 0x7f and a letter.", b"\xff\xa3z", setting("counter 2", "2a")),
    ("Two bytes 0xff and another byte above 0x7f.", b"\xff\xff\xe9", setting("counter 3", "2a")),
    ("Seven bytes.", b"\xff\xe9ab\xff\xfc1", setting("counter 4", "2a")),
    ("A word of ASCII in between.", b"\xff\xffabsafe\xff\xff\xe9", setting("counter 5", "2a")),
    ("0xff 71 times.", b"\xff" * 71, setting("counter 6", "2a")),
    ("0xff 72 times.", b"\xff" * 72, setting("counter 7", "2a")),
    ("0xff 100 times.", b"\xff" * 100, setting("counter 8", "2a")),
    ("Words of four bytes beyond 72.", b"\xff\xa3ab" * 30, setting("counter 9", "2a")),
    ("Cost 6.", b"\xff\xff\xa3", setting("counter 10", "2a", 6)),
]
COUNTERMEASURE_PHP = [
    ("Three bytes above 0x7f, with another salt.", b"\xff\xff\xa3", setting("counter php 1", "2a")),
    ("Two bytes 0xff and a letter.", b"\xff\xffa", setting("counter php 2", "2a")),
    ("Eleven bytes, with another salt.", b"\xff\xa334\xff\xff\xff\xa3345", setting("counter php 3", "2a")),
    ("Four words.", b"\xff\xff\xff\xffabcd\xff\xe9ef\xff\xff\xff", setting("counter php 4", "2a")),
]
# Passwords with 0xff that do not call for it.
NO_COUNTERMEASURE = [
    ("$2a$ and 0xff alone.", b"\xff", setting("no counter 1", "2a")),
    ("$2a$ and two bytes 0xff, behind which the key goes on with a NUL.", b"\xff\xff", setting("no counter 2", "2a")),
    ("$2a$ and a byte above 0x7f that overwrites a digit.", b"\xff\xa3345", setting("no counter 3", "2a")),
    ("$2a$ and 0xff behind a letter.", b"a\xff\xffb\xff", setting("no counter 4", "2a")),
    ("$2a$ and 0xff first in each word, where it overwrites nothing.", b"\xffab", setting("no counter 5", "2a")),
]
# Systems without it make these of such passwords; crypt_blowfish does not read them.
WITHOUT_IT = [
    ("$2a$ without the countermeasure, three bytes above 0x7f.", b"\xff\xff\xa3", setting("without 1", "2a")),
    ("$2a$ without the countermeasure, three bytes 0xff.", b"\xff\xff\xff", setting("without 2", "2a")),
]


def calls_for_it(password):
    """Whether a byte above 0x7f had others before it in its word, and overwrote none of them by another one."""
    key = (as_bytes(password) + b"\0") * 72
    return not overwrites(password) and any(key[place] > 127 for place in range(72) if place % 4)


def under_other_names(rows):
    """[(comment, password, digest)] -> the same digests as `$2b$` and `$2y$`, which are another key's there."""
    return [
        (f"A digest of $2a$ alone, as ${version}$. {comment}", password, with_version(version, digest))
        for comment, password, digest in rows
        for version in ("2b", "2y")
    ]


def check_wrapped(jobs, folder, expected=True):
    """npm's bcrypt, and Crypt::Eksblowfish with the key as it should be."""
    made = node_bcrypt([(password, digest[:-31]) for password, digest in jobs], folder)
    keys = [(password[: key_length(password)], with_version("2", digest)) for password, digest in jobs]
    for job, by_node, by_perl in zip(jobs, made, eksblowfish([(key, text[:-31]) for key, text in keys])):
        assert (by_node == job[1]) is expected, job
        assert not expected or with_version("2a", by_perl) == job[1], job


def check_countermeasure(jobs, expected=True):
    for system in (libxcrypt, php):
        for job, digest in zip(jobs, system(jobs)):
            assert (digest == job[1]) is expected, job


def check_rules(jobs):
    """`calls_for_it` is right about every password that libxcrypt can be asked for, and so is no other rule."""
    passwords = sorted({password[:72] for password, _ in jobs if 0 not in password})
    as_2a = libxcrypt([(password, KNOWN_2A) for password in passwords])
    as_2b = libxcrypt([(password, with_version("2b", KNOWN)) for password in passwords])
    for password, version_2a, version_2b in zip(passwords, as_2a, as_2b):
        assert (version_2a[4:] != version_2b[4:]) is calls_for_it(password), password
