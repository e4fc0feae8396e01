"""PBKDF2 by three systems, and what the vectors of the pbkdf2_* hashers share.

OpenSSL 3.0.19 by way of Python's hashlib; PHP 8.2's hash_pbkdf2, with PHP's own hash functions; passlib 1.7.4 with its own
PBKDF2 and HMAC in Python. The variable PASSLIB_PBKDF2_BACKEND keeps passlib from calling hashlib's PBKDF2; it is set here, so this
module is imported before passlib is.
"""

import functools
import hashlib
import json
import os
import subprocess

os.environ["PASSLIB_PBKDF2_BACKEND"] = "from-bytes"

from passlib.crypto import digest as passlib_digest  # noqa: E402

from password_flags import NOTES as PASSWORD_NOTES, TRUNCATED_NOTE, hmac_flags, password_flags  # noqa: E402
from text_salts import SPACED_SALT_NOTE  # noqa: E402
from vector_tools import make_test, note  # noqa: E402

assert passlib_digest.PBKDF2_BACKENDS == ["builtin-from-bytes"]

OPENSSL = ("OpenSSL's PBKDF2, by Python's hashlib.pbkdf2_hmac", "OpenSSL 3.0.19, Python 3.11.2 (Debian 12)")
PHP = ("PHP's hash_pbkdf2()", "8.2.36 (Debian php8.2-cli 8.2.36-1~deb12u1)")

# HMAC fills a shorter password up to a block with NUL bytes, and hashes a longer one first.
BLOCK_BYTES = {"sha1": 64, "sha256": 64, "sha512": 128}

# The password of most digests that are damaged, in both its forms.
WORD = "Cr\u00e8me-Br\u00fbl\u00e9e"
WORD_NFD = "Cre\u0300me-Bru\u0302le\u0301e"

PHP_CODE = """
while (($line = fgets(STDIN)) !== false) {
    [$algorithm, $password, $salt, $iterations, $length] = json_decode($line);
    $key = hash_pbkdf2($algorithm, hex2bin($password), hex2bin($salt), $iterations, $length, true);
    echo bin2hex($key), "\\n";
}
"""


@functools.cache
def php():
    return subprocess.Popen(["php", "-r", PHP_CODE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def by_php(algorithm, password, salt, iterations, length):
    php().stdin.write(json.dumps([algorithm, password.hex(), salt.hex(), iterations, length]) + "\n")
    php().stdin.flush()
    return bytes.fromhex(php().stdout.readline())


def by_openssl(algorithm, password, salt, iterations, length):
    return hashlib.pbkdf2_hmac(algorithm, password, salt, iterations, length)


def by_passlib(algorithm, password, salt, iterations, length):
    return passlib_digest.pbkdf2_hmac(algorithm, password, salt, iterations, length)


@functools.cache
def by_all(algorithm, password, salt, iterations, length):
    """The one answer of all three."""
    task = (algorithm, password, salt, iterations, length)
    keys = {make(*task) for make in (by_openssl, by_php, by_passlib)}
    assert len(keys) == 1, task
    return keys.pop()


def pbkdf2_flags(algorithm, password):
    """The flags that follow from a password alone."""
    data = password if isinstance(password, bytes) else password.encode()
    is_same_key = data.endswith(b"\0") and len(data) <= BLOCK_BYTES[algorithm]
    flags = ["HmacKey" if flag == "Nul" and is_same_key else flag for flag in password_flags(data)]
    return [*flags, *hmac_flags(data, hashlib.new(algorithm).digest_size)]


def merge_flags(test, *flags):
    """The test with these flags too, each once."""
    return {**test, "flags": sorted({*test["flags"], *flags})}


def near_misses(lay):
    """Wrong passwords for digests that `lay` makes of the right ones."""
    word, digest = WORD, lay(WORD)
    long_word = "0123456789" * 20
    block_word = "b" * 129
    passwords = [
        ("Another password.", "letmein", digest),
        ("No password.", "", digest),
        ("The same in upper case.", word.upper(), digest),
        ("The same in lower case.", word.lower(), digest),
        ("A trailing space.", word + " ", digest),
        ("A leading space.", " " + word, digest),
        ("A trailing line feed.", word + "\n", digest),
        ("One character short.", word[:-1], digest),
        ("The password twice.", word * 2, digest),
        ("The same in NFD.", WORD_NFD, digest, "Normalization"),
        ("Accents left out.", "Creme-Brulee", digest),
        ("A byte order mark in front.", "\ufeff" + word, digest),
        ("A NUL in front.", "\0" + word, digest),
        ("A NUL at the end and a character after it.", word + "\0x", digest),
        ("The digest as the password.", digest, digest),
        ("NFC in place of NFD.", "caf\u00e9", lay("cafe\u0301"), "Normalization"),
        ("A space in place of no password.", " ", lay("")),
        ("What stands before a NUL.", "before", lay("before\0after")),
        ("Another character after the NUL.", "before\0aften", lay("before\0after")),
        ("A password of 200 bytes cut to 72.", long_word[:72], lay(long_word)),
        ("Two passwords that differ in byte 200.", long_word[:-1] + "x", lay(long_word)),
        ("A NUL at the end of a password longer than HMAC's block.", block_word + "\0", lay(block_word)),
        ("Replacement characters for bytes that are not UTF-8.", "\ufffd\ufffd\ufffd", lay(b"\xff\xfe\x80")),
        ("The same word in UTF-8, not in Latin-1.", "caf\u00e9", lay(b"caf\xe9")),
    ]
    return [make_test(comment, text, made, flags, result="invalid") for comment, text, made, *flags in passwords]


def bad_iterations(max_iterations=2**31 - 1):
    """Fields that are no canonical count, then counts out of bounds: (comment, field, problem)."""
    bad_numbers = [
        ("No iterations.", ""),
        ("A plus sign before the iterations.", "+10"),
        ("A minus sign before the iterations.", "-10"),
        ("A leading zero in the iterations.", "010"),
        ("Only zeros as the iterations.", "00"),
        ("An underscore in the iterations.", "1_0"),
        ("A comma in the iterations.", "1,000"),
        ("An exponent in the iterations.", "1e1"),
        ("Hexadecimal iterations.", "0xa"),
        ("A decimal point in the iterations.", "10.0"),
        ("A space before the iterations.", " 10"),
        ("A space after the iterations.", "10 "),
        ("A line feed after the iterations.", "10\n"),
        ("A NUL after the iterations.", "10\0"),
        ("Full-width digits.", "\uff11\uff10"),
        ("Arabic-Indic digits.", "\u0661\u0660"),
        ("A letter after the iterations.", "10a"),
        ("A word in place of the iterations.", "NaN"),
    ]
    bad_ranges = [
        ("No iteration at all.", "0"),
        ("One iteration more than the most.", str(max_iterations + 1)),
        ("More iterations than 32 bits hold.", "4294967297"),
        ("More iterations than 64 bits hold.", "18446744073709551617"),
    ]
    return [(comment, field, "number") for comment, field in bad_numbers] + [
        (comment, field, "range") for comment, field in bad_ranges
    ]


NOTES = {
    **{flag: PASSWORD_NOTES[flag] for flag in ("LongPassword", "Normalization", "NotUtf8", "Nul", "OuterSpace")},
    "HmacKey": note(
        "limitation",
        "PBKDF2 uses the password as an HMAC key. A key shorter than the hash function's block is filled up with NUL bytes, and "
        "a longer one is hashed first: a password with a NUL at its end, or the hash of a long password, is the same key.",
        "A verifier that refuses one of them locks a user out.",
        "https://www.rfc-editor.org/rfc/rfc2104#section-2",
    ),
    "Truncated": TRUNCATED_NOTE,
    "Iterations": note(
        "edge",
        "The number of iterations is an edge of its range, or a default of a real system.",
        "Users of old or new releases cannot sign in, or a wrong count is computed.",
    ),
    "ChecksumLength": note(
        "variant",
        "The checksum is not as long as the hash function's output. The first bytes of a longer one are those of a shorter one.",
        "A verifier that derives a fixed length refuses the digest, or compares only its beginning.",
        "https://www.rfc-editor.org/rfc/rfc8018#section-5.2",
    ),
    "TextSalt": note(
        "variant",
        "The salt is used as the text that it is, in UTF-8, although it looks like base64 or hexadecimal or is no ASCII.",
        "A verifier that decodes it refuses every password, or only those whose salt happens to decode.",
    ),
    "SpacedSalt": SPACED_SALT_NOTE,
    "DecodedSalt": note(
        "variant",
        "The salt is decoded before it is used, and its bytes may be anything: NUL, white space, no UTF-8.",
        "A verifier that uses the text, or reads the bytes as text, refuses the right password.",
    ),
    "HexSalt": note(
        "variant",
        "The salt is valid hexadecimal, and the digest was made from the bytes that it stands for.",
        "A verifier that only reads text refuses the right password.",
    ),
    "KeyLength": note(
        "variant",
        "A fifth field says how many bytes the checksum has.",
        "A verifier that expects four fields refuses the digest; one that trusts the field compares too little.",
    ),
    "UpperCase": note(
        "variant",
        "Hexadecimal digits in upper case mean the same.",
        "The users of systems that write upper case cannot sign in.",
    ),
    "ChangedDigest": note(
        "edge", "The digest was changed and still parses.", "Part of the digest is not used or not compared."
    ),
    "OtherAlgorithm": note(
        "edge",
        "The checksum is another algorithm's, in the shape of this one.",
        "A verifier that takes the algorithm from anything but the hasher's name lets it in.",
    ),
    "OtherFormat": note(
        "malformed",
        "The same or a like digest in another format.",
        "A digest is taken for what it is not, and its user is told that the password is wrong.",
    ),
    "BadNumber": note(
        "malformed",
        "A number field that is not a canonical decimal.",
        "Lenient number parsing reads another cost than the one that was written.",
    ),
    "Range": note(
        "malformed",
        "A number field out of its bounds.",
        "No work is done at all, or so much that the process stands still.",
    ),
    "Whitespace": note(
        "malformed",
        "A space where none belongs, a control character, a byte order mark or half of a surrogate pair, as a damaged file "
        "leaves it behind.",
        "Trimming hides a damaged column until it damages more than white space.",
    ),
    "Fields": note(
        "malformed",
        "A field is missing, empty or one too many.",
        "A parser that counts loosely takes one field for another.",
    ),
    "CutOff": note(
        "malformed",
        "The checksum is too short.",
        "A short checksum is matched by many passwords, an empty one by all.",
    ),
    "TooLong": note(
        "malformed",
        "The salt or the checksum is longer than the format allows.",
        "A digest makes the verifier work for as long as its author likes.",
    ),
    "Padding": note(
        "malformed",
        "Base64 with too little or misplaced padding, or of another alphabet.",
        "A lenient decoder skips what it does not know, and the digest has many spellings.",
        "https://www.rfc-editor.org/rfc/rfc4648#section-3",
    ),
    "UnusedBits": note(
        "malformed",
        "Bits that base64 does not use are set.",
        "A digest has many spellings, and a comparison of columns misses some.",
        "https://www.rfc-editor.org/rfc/rfc4648#section-3.5",
    ),
}


def notes_of(groups):
    """The notes of the flags that the tests have."""
    used = {flag for group in groups for test in group["tests"] for flag in test["flags"]}
    return {flag: NOTES[flag] for flag in NOTES if flag in used}
