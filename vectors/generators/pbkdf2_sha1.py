"""The tests of pbkdf2_sha1, for pbkdf2.py."""

import functools
import re

from pbkdf2_form import (
    HEX_CASE,
    LAID_OUT,
    PASSWORDS,
    TEXT_SALTS,
    Form,
    b64,
    broken,
    from_document,
    hex_cut,
    in_upper_case,
    odd_text_salts,
    text_salt_changes,
)
from pbkdf2_systems import WORD, by_all, by_openssl, by_php, merge_flags
from vector_tools import fixed_bytes, invalid, valid


def read_sha1_salts(text):
    """As text, and as bytes where the text is whole bytes in hexadecimal."""
    is_hex = re.fullmatch("(?:[0-9A-Fa-f]{2})+", text)
    return [text.encode(), bytes.fromhex(text)] if is_hex else [text.encode()]


def write_sha1():
    form = Form("pbkdf2_sha1", read_sha1_salts, bytes.hex, bytes.fromhex)

    def published(comment, password, iterations, salt, key, *flags):
        return valid(comment, password, form.lay(iterations, salt, bytes.fromhex(key)), *flags)

    # Salts that are no text stand in hexadecimal.
    rfc3962_salt = "ATHENA.MIT.EDUraeburn"
    rfc3962 = [
        published(
            *("One iteration, 128 bits.", "password", 1, rfc3962_salt, "cdedb5281bb2f801565a1122b2563515"),
            *("ChecksumLength", "Iterations"),
        ),
        published(
            *("Two iterations, 128 bits.", "password", 2, rfc3962_salt, "01dbee7f4a9e243e988b62c73cda935d"),
            *("ChecksumLength", "Iterations"),
        ),
        published(
            *("Two iterations, 256 bits.", "password", 2, rfc3962_salt),
            "01dbee7f4a9e243e988b62c73cda935da05378b93244ec8f48a99e61ad799d86",
            *("ChecksumLength", "Iterations"),
        ),
        published(
            *("1200 iterations, 256 bits.", "password", 1200, rfc3962_salt),
            "5c08eb61fdf71e4e4ec3cf6ba1f5512ba7e52ddbc5e5142f708a31e2e62b1e13",
            "ChecksumLength",
        ),
        published(
            *("A salt of eight bytes.", "password", 5, "1234567878563412"),
            "d1daa78615f287e6a1c8b120d7062a493f98d203e6be49a6adf4fa574b6e64ee",
            *("ChecksumLength", "HexSalt"),
        ),
        published(
            *("A password as long as HMAC's block.", "X" * 64, 1200, b"pass phrase equals block size".hex()),
            "139c30c0966bc32ba55fdbf212530ac9c5ec59f1a452f5cc9ad940fea0598ed1",
            *("ChecksumLength", "HexSalt"),
        ),
        published(
            *(
                "A password longer than HMAC's block.",
                "X" * 65,
                1200,
                b"pass phrase exceeds block size".hex(),
            ),
            "9ccad6d468770cd51b10e6a68721be611a8b4d282601db3b36be9246915ec82a",
            *("ChecksumLength", "HexSalt"),
        ),
    ]
    rfc6070 = [
        published(
            *("One iteration.", "password", 1, "salt", "0c60c80f961f0e71f3a9b524af6012062fe037a6"),
            "Iterations",
        ),
        published(
            *("Two iterations.", "password", 2, "salt", "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"),
            "Iterations",
        ),
        published("4096 iterations.", "password", 4096, "salt", "4b007901b765489abead49d926f721d065a429c1"),
        published(
            *(
                "A checksum of 25 bytes.",
                "passwordPASSWORDpassword",
                4096,
                "saltSALTsaltSALTsaltSALTsaltSALTsalt",
            ),
            "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
            "ChecksumLength",
        ),
        published(
            *("A NUL in the password and in the salt.", "pass\0word", 4096, b"sa\0lt".hex()),
            "56fa6aa75548099dcc37d7f03425e0c3",
            *("ChecksumLength", "HexSalt", "Nul"),
        ),
    ]
    openssl = functools.partial(form.test_by, by_openssl)
    php = functools.partial(form.test_by, by_php)

    def with_length(by, comment, password, salt, length, *flags, **options):
        return by(comment, password, salt, "KeyLength", *flags, length=length, extra=f"${length}", **options)

    def of_bytes(by, comment, password, salt, *flags, **options):
        return by(comment, password, salt, "HexSalt", *flags, reading=1, **options)

    openssl_tests = [
        *form.matrix(by_openssl, PASSWORDS[0::2], TEXT_SALTS, 0),
        *(
            openssl(
                f"A checksum of {length} bytes.",
                "a long key",
                "seasalt",
                "ChecksumLength",
                iterations=2,
                length=length,
            )
            for length in (16, 17, 19, 21, 32, 40, 64)
        ),
        openssl("1000 iterations.", "pebble", "Hq6sVf3dUy0P", "Iterations", iterations=1000),
        openssl("10,000 iterations.", "granite", "Hq6sVf3dUy0P", "Iterations", iterations=10_000),
        openssl("600,000 iterations.", "meridian", "w4GtJ7hNc9Vd", "Iterations", iterations=600_000),
        with_length(openssl, "A key length of 20 bytes.", "four and one", "seasalt", 20),
        with_length(openssl, "A key length of 32 bytes.", "four and one", "seasalt", 32, "ChecksumLength"),
        with_length(
            openssl,
            "A key length of 16 bytes, the shortest.",
            "four and one",
            "seasalt",
            16,
            "ChecksumLength",
        ),
        with_length(
            openssl,
            "A key length of 128 bytes.",
            "four and one",
            "seasalt",
            128,
            "ChecksumLength",
            iterations=1,
        ),
        of_bytes(openssl, "A salt of four bytes.", "hex salt", b"salt".hex()),
        of_bytes(
            openssl,
            "A salt of 16 bytes.",
            "hex salt",
            "4f" + fixed_bytes("pbkdf2_sha1 salt", 15).hex(),
            iterations=1000,
        ),
        of_bytes(openssl, "A salt of one byte.", "hex salt", "5a"),
        of_bytes(openssl, "A salt of bytes that are no UTF-8.", "hex salt", "0080ff"),
        of_bytes(openssl, "A salt of digits, which was read as bytes.", "hex salt", "12345678"),
        openssl("The same salt, which was read as text.", "hex salt", "12345678", "TextSalt"),
        with_length(
            functools.partial(of_bytes, openssl),
            "A salt of bytes and a key length.",
            "hex salt",
            "73616c7479",
            32,
            "ChecksumLength",
        ),
        *form.same_keys("seasalt"),
    ]
    php_tests = [
        *form.matrix(by_php, PASSWORDS[1::2], TEXT_SALTS, 3),
        *odd_text_salts(php),
        php("One iteration.", "pebble", "seasalt", "Iterations", iterations=1),
        php("Two iterations.", "pebble", "seasalt", "Iterations", iterations=2),
        php("150,000 iterations.", "saddle", "Zr1xTq5Lm8Wb", "Iterations", iterations=150_000),
        php("A checksum of 200 bytes.", "a long key", "seasalt", "ChecksumLength", iterations=1, length=200),
        php("A salt of 200 characters.", "long salt", "0123456789abcdefghij" * 10, iterations=1, length=16),
        with_length(php, "A key length of 64 bytes.", "four and one", "seasalt", 64, "ChecksumLength"),
        of_bytes(php, "A salt of one NUL.", "hex salt", "00"),
        of_bytes(php, "A salt of white space.", "hex salt", "20090d0a"),
        of_bytes(php, "A salt of dollar signs.", "hex salt", "24242424"),
        of_bytes(php, "A salt of 64 bytes, the hash's block.", "hex salt", "0" + fixed_bytes("64", 64).hex()[1:]),
        of_bytes(php, "A salt of bytes in capitals.", "hex salt", "4D6F7265"),
        of_bytes(php, "A salt of bytes in both cases.", "hex salt", "6a6B6c6D"),
        of_bytes(php, "A salt that is hexadecimal again when it is decoded.", "hex salt", b"deadbeef".hex()),
        with_length(
            functools.partial(of_bytes, php),
            "A salt of bytes and a key length of 20.",
            "hex salt",
            "73616c74",
            20,
            iterations=1000,
        ),
    ]

    salt = "Zk8rSaltWord"
    base = form.derive(by_openssl, WORD, 10, salt, None)
    hex_salt = b"Zk8rSaltWord".hex()
    hex_base = form.derive(by_openssl, WORD, 10, hex_salt, None, 1)
    word = WORD.encode()
    changed = [
        *form.changed(salt, salt[:-1], salt + "A", "zk8rSaltWord"),
        *text_salt_changes(form),
        invalid(
            "A salt of bytes, one bit changed.",
            WORD,
            hex_base.replace(hex_salt, "5b" + hex_salt[2:]),
            "HexSalt",
        ),
        invalid("A salt of bytes without its last.", WORD, hex_base.replace(hex_salt, hex_salt[:-2]), "HexSalt"),
        invalid(
            "A salt of bytes without its last digit, which is text.",
            WORD,
            hex_base.replace(hex_salt, hex_salt[:-1]),
            "HexSalt",
        ),
        invalid(
            "A salt of bytes with a space in hexadecimal at its end.",
            WORD,
            hex_base.replace(hex_salt, hex_salt + "20"),
            "HexSalt",
        ),
        invalid(
            "A hexadecimal salt that was read as text, in capitals.",
            WORD,
            form.lay(10, "DEADBEEF", by_all("sha1", word, b"deadbeef", 10, 20)),
            "TextSalt",
        ),
        invalid(
            "An odd number of hexadecimal digits, decoded without the last.",
            WORD,
            form.lay(10, "73616c747", by_all("sha1", word, b"salt", 10, 20)),
            "HexSalt",
        ),
        invalid(
            "An odd number of hexadecimal digits, decoded with a zero in front.",
            WORD,
            form.lay(10, "abc", by_all("sha1", word, b"\x0a\xbc", 10, 20)),
            "HexSalt",
        ),
        invalid(
            "A salt decoded from hexadecimal as far as it goes.",
            WORD,
            form.lay(10, "73616c74-sea", by_all("sha1", word, b"salt", 10, 20)),
            "HexSalt",
        ),
        invalid(
            "A salt decoded from hexadecimal twice.",
            WORD,
            form.lay(10, b"73616c74".hex(), by_all("sha1", word, b"salt", 10, 20)),
            "HexSalt",
        ),
        invalid("A key length, and a changed checksum.", WORD, form.lay(10, salt, bytes(20)) + "$20", "KeyLength"),
        invalid(
            "A key length of 16 before which the 16th byte is wrong.",
            WORD,
            form.lay(10, salt, bytes.fromhex(base.split("$")[3])[:15] + b"\0") + "$16",
            "KeyLength",
        ),
    ]
    assert bytes.fromhex(base.split("$")[3])[15] != 0

    bad_lengths = [
        ("An empty fifth field.", "", "number", "BadNumber"),
        ("A plus sign before the key length.", "+20", "number", "BadNumber"),
        ("A minus sign before the key length.", "-20", "number", "BadNumber"),
        ("A leading zero in the key length.", "020", "number", "BadNumber"),
        ("An exponent in the key length.", "2e1", "number", "BadNumber"),
        ("A hexadecimal key length.", "0x14", "number", "BadNumber"),
        ("A decimal point in the key length.", "20.0", "number", "BadNumber"),
        ("A full-width key length.", "\uff12\uff10", "number", "BadNumber"),
        ("A space before the key length.", " 20", "number", "BadNumber"),
        ("A line feed after the key length.", "20\n", "number", "BadNumber"),
        ("A NUL after the key length.", "20\0", "number", "BadNumber"),
        ("A key length of nothing.", "0", "range", "Range"),
        ("A key length one too small.", "19", "range", "Range"),
        ("A key length one too large.", "21", "range", "Range"),
        ("A key length that counts digits.", "40", "range", "Range"),
        ("A key length that counts bits.", "160", "range", "Range"),
        ("The default key length, where the checksum is shorter.", "32", "range", "Range"),
        ("A key length past 64 bits.", "18446744073709551636", "range", "Range"),
    ]
    key_20 = by_all("sha1", word, salt.encode(), 10, 20)
    damaged = [
        *form.damaged(salt),
        *form.damaged_text_salt(salt),
        *form.damaged_hex(salt),
        broken(
            "Django's digest with SHA-1.",
            f"pbkdf2_sha1$10$seasalt${b64(by_all('sha1', word, b'seasalt', 10, 20))}",
            "alphabet",
            "checksum",
            "OtherFormat",
        ),
        broken(
            "A checksum of 15 bytes and its key length.",
            form.lay(10, salt, key_20[:15]) + "$15",
            "length",
            "checksum",
            "CutOff",
        ),
        *(
            broken(comment, f"{base}${text}", problem, "keyLength", "KeyLength", flag)
            for comment, text, problem, flag in bad_lengths
        ),
    ]
    respelled = [
        in_upper_case(openssl_tests[4], "An ordinary digest with its checksum in capitals."),
        in_upper_case(with_length(php, "", "four and one", "seasalt", 20), "A key length and a checksum in capitals."),
        merge_flags(
            {
                **openssl_tests[5],
                "comment": "An ordinary digest with its key length added.",
                "digest": openssl_tests[5]["digest"] + "$20",
            },
            "KeyLength",
        ),
        merge_flags(
            {
                **of_bytes(openssl, "A salt of bytes in capitals, which were small.", "hex salt", "73616c74"),
                "digest": form.derive(by_openssl, "hex salt", 10, "73616c74", None, 1).replace("73616c74", "73616C74"),
            },
            "UpperCase",
        ),
    ]
    form.write(
        "PBKDF2 with SHA-1 as an import interface takes it: pbkdf2_sha1$iterations$salt$checksum, the salt as text, the checksum in "
        "hexadecimal. A later form reads a salt that is valid hexadecimal as bytes, and may say the key length in a fifth field.",
        [
            from_document(
                *("RFC 3962, its examples of PBKDF2" + LAID_OUT, "February 2005"),
                "https://www.rfc-editor.org/rfc/rfc3962#appendix-B",
                rfc3962,
            ),
            from_document(
                *("RFC 6070" + LAID_OUT, "January 2011"),
                "https://www.rfc-editor.org/rfc/rfc6070#section-2",
                rfc6070,
            ),
        ],
        {
            "openssl": openssl_tests,
            "php": php_tests,
            "respelled": respelled,
            "wrong": form.near_misses(salt),
            "changed": changed,
            "damaged": damaged,
        },
        [
            HEX_CASE,
            {
                "description": "A salt that was read as bytes may be upper-case; in this file those that begin with a digit were.",
                "pattern": "(?<=^pbkdf2_sha1\\$\\d+\\$)\\d[0-9A-Fa-f](?:[0-9A-Fa-f]{2})*(?=\\$)",
                "rewrite": "lower-case",
            },
            {
                "description": "The key length may be left out.",
                "pattern": "(?<=^pbkdf2_sha1\\$\\d+\\$[^$]+\\$[0-9A-Fa-f]+)\\$\\d+$",
                "rewrite": "",
            },
        ],
        [hex_cut("pbkdf2_sha1")],
    )
