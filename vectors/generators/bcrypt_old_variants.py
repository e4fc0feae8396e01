"""The digests of bcrypt's old variants, for bcrypt_vectors.py: `$2x$` by libxcrypt and PHP, `$2$` by npm's bcrypt and Perl's
Crypt::Eksblowfish. The two of each variant verify every digest of it.

`$2x$` is what crypt_blowfish computed before 1.1: libxcrypt and PHP each have a copy of it. A byte is read as a signed
number, so that one above 0x7f overwrites the bytes before it in its word of four. `$2$` has no NUL after the password; npm's
bcrypt keeps its length in one byte there, so that none here is longer than 255 bytes.

Needs libcrypt-eksblowfish-perl 0.009 and what bcrypt_systems.py names.
"""

from bcrypt_systems import CRYPT_5, LONG, PROVOS, libxcrypt, node_bcrypt, php, run, setting
from vector_tools import note

EKSBLOWFISH = (
    "Crypt::Eksblowfish (Perl)",
    "0.009 (Debian libcrypt-eksblowfish-perl 0.009-3+b1), Perl 5.36.0",
)
PERL = (
    "use JSON::PP; use Crypt::Eksblowfish::Bcrypt 'bcrypt'; local $/;"
    " print encode_json([map { bcrypt(pack('H*', $_->[0]), $_->[1]) } @{decode_json(<STDIN>)}])"
)
P = "correct horse battery staple"
TEXT = "lighthouse keeper"
HEBREW = "\u05e1\u05d9\u05e1\u05de\u05d4 \u05d7\u05d6\u05e7\u05d4"
EMOJI = "\U0001f511\U0001f40e\U0001f50b"
# The salt of crypt_blowfish's own tests.
KNOWN = "$2x$05$/OK.fbVrR/bpIqNJ5ianF."

NOTES = {
    "NoNul": note(
        "variant",
        "$2$, the first version, has no NUL after the password: its key is the password repeated.",
        "Read as $2b$, it locks users out.",
        PROVOS,
        CRYPT_5,
    ),
    "SignExtension": note(
        "variant",
        "$2x$ names digests of crypt_blowfish before 1.1, which read bytes above 0x7f as negative numbers.",
        "Read as $2b$, it locks out users with characters outside ASCII.",
        CRYPT_5,
        cves=["CVE-2011-2483"],
    ),
    "OverwrittenBytes": note(
        "edge",
        "A byte above 0x7f, which overwrites in $2x$ the bytes before it in its word of four: $2x$ and $2b$ have two keys.",
        "The old digest of a good password fails, or the new one opens to all passwords that $2x$ cannot tell apart.",
        CRYPT_5,
        cves=["CVE-2011-2483"],
    ),
}

# [(comment, password, setting)]
SIGN_EXTENSION_LIBXCRYPT = [
    ("An ASCII password.", P, setting("2x ascii", "2x")),
    ("A byte above 0x7f.", b"\xa3", setting("2x", "2x")),
    ("Bytes of which some are lost.", b"\xff\xa3345", setting("2x", "2x")),
    ("An ASCII password and another salt.", P, setting("x1", "2x")),
    ("The empty password.", "", setting("x2", "2x")),
    ("72 ASCII bytes.", LONG[:72], setting("x3", "2x")),
    ("73 ASCII bytes.", LONG[:73], setting("x4", "2x")),
    ("300 ASCII bytes.", LONG[:300], setting("x4b", "2x")),
    ("A word with one accent, in NFC.", "caf\u00e9", setting("x5", "2x")),
    ("The same word in NFD.", "cafe\u0301", setting("x6", "2x")),
    ("A word in Latin-1.", b"caf\xe9", setting("x7", "2x")),
    ("Hebrew.", HEBREW, setting("x8", "2x")),
    ("Emoji.", EMOJI, setting("x9", "2x")),
    ("A character of two bytes across byte 72.", "x" * 71 + "\u00e9", setting("x10", "2x")),
    ("Every byte above 0x7f.", bytes(range(0x80, 0x100)), setting("x11", "2x")),
    ("A pound sign in UTF-8, cost 6.", "\u00a3", setting("x12", "2x", 6)),
    ("Two words with accents, cost 8.", "na\u00efve fa\u00e7ade", setting("x13", "2x", 8)),
]
# The passwords of crypt_blowfish's own tests, and some near them.
SIGN_EXTENSION_PHP = [
    ("A byte above 0x7f alone.", b"\xa3", KNOWN),
    ("Three bytes above 0x7f: the key of the last of them alone.", b"\xff\xff\xa3", KNOWN),
    ("A digit, a byte above 0x7f and three digits.", b"1\xa3345", KNOWN),
    ("Another first byte, which is lost: the key of the test before.", b"\xff\xa3345", KNOWN),
    ("A longer password of the same key.", b"\xff\xa334\xff\xff\xff\xa3345", KNOWN),
    ("A byte above 0x7f and a letter.", b"\xa3a", KNOWN),
    ("A byte above 0x7f and two letters: first in its word, it overwrites nothing.", b"\xa3ab", KNOWN),
    ("The two bytes of a Cyrillic letter.", b"\xd1\x91", KNOWN),
    ("Letters with their highest bits set, as in KOI8-R.", b"\xd0\xc1\xd2\xcf\xcc\xd8", KNOWN),
    ("0xaa 72 times and text after it.", b"\xaa" * 72 + b"chars after 72 are ignored as usual", KNOWN),
    ("0xaa 72 times.", b"\xaa" * 72, KNOWN),
    ("0xaa and 0x55 in turn, 72 bytes.", b"\xaa\x55" * 36, KNOWN),
    ("0x55, 0xaa and 0xff in turn, 72 bytes.", b"\x55\xaa\xff" * 24, KNOWN),
]
NO_NUL_NODE = [
    ("An ASCII password.", P, setting("2", "2")),
    ("A password that is the half of another.", "ab", setting("2 ab", "2")),
    ("Its double, of the same key.", "abab", setting("2 ab", "2")),
    ("An ASCII password and another salt.", P, setting("o1", "2")),
    ("One character.", "a", setting("o2", "2")),
    ("Eight characters.", "password", setting("o4", "2")),
    ("A trailing space.", "trailing ", setting("o5", "2")),
    ("A word with one accent, in NFC.", "caf\u00e9", setting("o6", "2")),
    ("The same word in NFD.", "cafe\u0301", setting("o7", "2")),
    ("Hebrew.", HEBREW, setting("o8", "2")),
    ("Emoji.", EMOJI, setting("o9", "2")),
    ("71 bytes.", LONG[:71], setting("o10", "2")),
    ("72 bytes, whose key is that of $2b$.", LONG[:72], setting("o11", "2")),
    ("73 bytes.", LONG[:73], setting("o12", "2")),
]
NO_NUL_PERL = [
    ("A half, with another salt.", "ab", setting("o3", "2")),
    ("Twice the half.", "abab", setting("o3", "2")),
    ("Three times the half.", "ababab", setting("o3", "2")),
    ("255 bytes, the most whose number fits in one byte.", LONG[:255], setting("o13", "2")),
    ("36 bytes, which fill the key when they are repeated once.", LONG[:36], setting("o14", "2")),
    ("The same 36 bytes twice: 72 bytes of the same key.", LONG[:36] * 2, setting("o14", "2")),
    ("A NUL inside.", "before\0after", setting("o15", "2")),
    ("One character and a NUL: the key of $2b$ for the character alone.", "a\0", setting("o16", "2")),
    ("Bytes that are not UTF-8.", b"\xff\xfe\x80", setting("o17", "2")),
    ("A word in Latin-1.", b"caf\xe9", setting("o18", "2")),
    ("Cost 5.", TEXT, setting("o19", "2", 5)),
    ("Cost 8.", TEXT, setting("o20", "2", 8)),
    ("The empty password, a key of no bytes that is read as zeros.", "", setting("o21", "2")),
]


def made(system, rows, *arguments):
    """[(comment, password, setting)] -> [(comment, password, digest)]"""
    digests = system([(as_bytes(password), text) for _, password, text in rows], *arguments)
    return [(comment, password, digest) for (comment, password, _), digest in zip(rows, digests)]


def eksblowfish(jobs):
    return run(["perl", "-e", PERL], jobs)


def with_version(version, digest):
    """The same cost, salt and checksum under another version's name."""
    return f"${version}{digest[digest.index('$', 1) :]}"


def under_another_name(rows, old):
    """Rows of the old variant -> what it writes as `$2b$`, and what `$2b$` writes as the old one: all of them mismatches."""
    rows = [(comment, password, digest) for comment, password, digest in rows if differs(old, password)]
    new = made(
        libxcrypt,
        [
            (comment, password, with_version("2b", digest))
            for comment, password, digest in rows
            if is_c_string(password)
        ],
    )
    return [
        *(
            (f"The checksum of $2b$ as ${old}$. {comment}", password, with_version(old, digest))
            for comment, password, digest in new
        ),
        *(
            (f"The checksum of ${old}$ as $2b$. {comment}", password, with_version("2b", digest))
            for comment, password, digest in rows
        ),
    ]


def differs(old, password):
    """Whether the old variant makes another key of the password than `$2b$`; an empty one is read as a NUL."""
    return overwrites(password) if old == "2x" else 0 < len(as_bytes(password)) < 72


def overwrites(password):
    """Whether `$2x$` makes another key of the password than `$2b$`."""
    data = as_bytes(password) + b"\0"
    key = (data * 72)[:72]
    return any(word_of(key[i : i + 4], 0) != word_of(key[i : i + 4], 0x80) for i in range(0, 72, 4))


def word_of(data, sign_bit):
    """Four bytes as a word, each of them put in as crypt_blowfish did: with the sign of a C `char`, or without."""
    word = 0
    for byte in data:
        word = (word << 8 | (byte - 256 if byte & sign_bit else byte)) & 0xFFFFFFFF
    return word


def wrong_sign_extension(digest_of):
    """`digest_of` finds the digest made from a password."""
    return [
        ("A space after the password.", P + " ", digest_of(P)),
        ("The first letter in upper case.", "C" + P[1:], digest_of(P)),
        ("The NFD form where the NFC form was set.", "cafe\u0301", digest_of("caf\u00e9"), "Normalization"),
        ("UTF-8 where Latin-1 was set.", "caf\u00e9", digest_of(b"caf\xe9")),
        ("The byte above 0x7f without its highest bit.", "#", digest_of(b"\xa3")),
        ("Another byte that is not lost.", b"\xff\xa4345", digest_of(b"\xff\xa3345")),
    ]


def wrong_no_nul(digest_of):
    return [
        ("A space after the password.", P + " ", digest_of(P)),
        ("The first letter in upper case.", "C" + P[1:], digest_of(P)),
        ("One and a half times the password.", "aba", digest_of("ab")),
        ("The password twice, with a NUL between.", "ab\0ab", digest_of("ab")),
        ("A NUL after the password, as in $2b$.", "ab\0", digest_of("ab")),
        ("The NFD form where the NFC form was set.", "cafe\u0301", digest_of("caf\u00e9"), "Normalization"),
        ("The trailing space left out.", "trailing", digest_of("trailing ")),
        ("71 of 72 bytes.", LONG[:71], digest_of(LONG[:72])),
    ]


def check_sign_extension(jobs, expected=True):
    for system in (libxcrypt, php):
        for job, digest in zip(jobs, system(jobs)):
            assert (digest == job[1]) is expected, job


def check_no_nul(jobs, folder, expected=True):
    # npm's bcrypt wants a setting alone.
    settings = [(password, digest[:-31]) for password, digest in jobs]
    for digests in (node_bcrypt(settings, folder), eksblowfish(settings)):
        for job, digest in zip(jobs, digests):
            assert (digest == job[1]) is expected, job


def check_overwritten(jobs):
    """`overwrites` is right about every key that libxcrypt can be asked for; it reads the first 72 bytes, and no NUL."""
    keys = sorted({password[:72] for password, _ in jobs if 0 not in password})
    for version_2x, version_2b, key in zip(
        libxcrypt([(key, KNOWN) for key in keys]),
        libxcrypt([(key, with_version("2b", KNOWN)) for key in keys]),
        keys,
    ):
        assert (version_2x[4:] != version_2b[4:]) is overwrites(key), key


def is_c_string(password):
    return 0 not in as_bytes(password)


def as_bytes(password):
    return password if isinstance(password, bytes) else password.encode()
