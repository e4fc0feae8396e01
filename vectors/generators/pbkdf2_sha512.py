"""The tests of pbkdf2_sha512, for pbkdf2.py."""

import functools

from pbkdf2_form import (
    HEX_CASE,
    LAID_OUT,
    PASSWORDS,
    TEXT_SALTS,
    Form,
    broken,
    from_document,
    hex_cut,
    in_upper_case,
    odd_text_salts,
    text_salt_changes,
)
from pbkdf2_systems import WORD, by_all, by_openssl, by_php
from vector_tools import invalid, valid


def write_sha512():
    form = Form("pbkdf2_sha512", lambda text: [text.encode()], bytes.hex, bytes.fromhex)

    def published(comment, iterations, key, *flags, password="password", salt="salt"):
        return valid(comment, password, form.lay(iterations, salt, bytes.fromhex(key)), *flags)

    cpython = [
        published(
            *("One iteration.", 1),
            "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"
            "c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce",
            "Iterations",
        ),
        published(
            *("Two iterations.", 2),
            "e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53c"
            "f76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e",
            "Iterations",
        ),
        published(
            *("4096 iterations.", 4096),
            "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5"
            "143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5",
        ),
        published(
            *("A longer password and a longer salt.", 4096),
            "8c0511f4c6e597c6ac6315d8f0362e225f3c501495ba23b868c005174dc4ee71"
            "115b59f9e60cd9532fa33e0f75aefe30225c583a186cd82bd4daea9724a3d3b8",
            password="passwordPASSWORDpassword",
            salt="saltSALTsaltSALTsaltSALTsaltSALTsalt",
        ),
    ]
    openssl = functools.partial(form.test_by, by_openssl)
    php = functools.partial(form.test_by, by_php)
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
            for length in (16, 17, 20, 32, 63, 65, 128)
        ),
        openssl(
            *("A checksum of 1023 bytes, the longest.", "a long key", "seasalt", "ChecksumLength"),
            iterations=1,
            length=1023,
        ),
        openssl("10,000 iterations.", "granite", "Hq6sVf3dUy0P", "Iterations", iterations=10_000),
        openssl("210,000 iterations.", "saddle", "Ub5eRz8wKx2C", "Iterations", iterations=210_000, length=32),
        openssl(
            "419,999 iterations, the most.",
            "meridian",
            "w4GtJ7hNc9Vd",
            "Iterations",
            iterations=419_999,
            length=32,
        ),
        openssl("127 bytes, one less than HMAC's block.", "b" * 127, "seasalt"),
        openssl("128 bytes, HMAC's block.", "b" * 128, "seasalt"),
        *form.same_keys("seasalt"),
    ]
    php_tests = [
        *form.matrix(by_php, PASSWORDS[1::2], TEXT_SALTS, 3),
        *odd_text_salts(php),
        php("One iteration.", "pebble", "seasalt", "Iterations", iterations=1),
        php("Two iterations.", "pebble", "seasalt", "Iterations", iterations=2),
        php("100,000 iterations.", "saddle", "Zr1xTq5Lm8Wb", "Iterations", iterations=100_000),
        php("A checksum of 40 bytes.", "a short key", "seasalt", "ChecksumLength", length=40),
        php("A salt of 128 bytes, the hash's block.", "long salt", "0123456789abcdefghijklmnopqrstuv" * 4),
        php(
            "A salt of 1023 bytes, the longest.",
            "long salt",
            "0123456789abcdefghijk" * 48 + "0123456789abcde",
            iterations=1,
            length=16,
        ),
        php(
            "A salt of 1023 bytes in 512 characters.",
            *("long salt", "\u00e9" * 511 + "e", "TextSalt"),
            iterations=1,
            length=16,
        ),
    ]
    salt = "Zk8rSaltWord"
    base = form.derive(by_openssl, WORD, 10, salt, None)
    head, checksum = base.rsplit("$", 1)
    changed = [
        *form.changed(salt, salt[:-1], salt + "A", "zk8rSaltWord"),
        *text_salt_changes(form),
        invalid(
            "The salt was decoded from hexadecimal.",
            WORD,
            form.lay(10, "deadbeef", by_all("sha512", WORD.encode(), bytes.fromhex("deadbeef"), 10, 64)),
            "TextSalt",
        ),
    ]
    long_key = by_openssl("sha512", WORD.encode(), salt.encode(), 1, 1025)
    damaged = [
        *form.damaged(salt, 419_999),
        broken(
            "One iteration more than 32 bits with a sign hold.",
            base.replace("$10$", "$2147483648$"),
            "range",
            "iterations",
            "Range",
        ),
        broken("Django 5.2's iterations.", base.replace("$10$", "$1000000$"), "range", "iterations", "Range"),
        broken("A fifth field.", base + "$64", "shape", "digest", "Fields"),
        broken("A dollar sign at the end.", base + "$", "shape", "digest", "Fields"),
        *form.damaged_text_salt(salt),
        broken(
            "A salt of 1024 bytes.",
            f"pbkdf2_sha512$10${'0123456789abcdef' * 64}${checksum}",
            "length",
            "salt",
            "TooLong",
        ),
        broken(
            *("A salt of 1024 bytes in 512 characters.", f"pbkdf2_sha512$10${chr(0xe9) * 512}${checksum}"),
            *("length", "salt", "TooLong"),
        ),
        *form.damaged_hex(salt),
        broken("A checksum of 1024 bytes.", form.lay(1, salt, long_key[:1024]), "length", "checksum", "TooLong"),
        broken("A checksum of 1025 bytes.", form.lay(1, salt, long_key), "length", "checksum", "TooLong"),
    ]
    respelled = [
        in_upper_case(openssl_tests[4], "An ordinary digest with its checksum in capitals."),
        in_upper_case(php_tests[5], "Another digest with its checksum in capitals."),
        in_upper_case(
            php("", "hex salt", "deadbeef", "TextSalt"),
            "A hexadecimal salt, which stays as it is, and a checksum in capitals.",
        ),
    ]
    form.write(
        "PBKDF2 with SHA-512 as an import interface takes it: pbkdf2_sha512$iterations$salt$checksum, the salt as text, the checksum "
        "in hexadecimal. Fewer than 420,000 iterations, a salt and a checksum of fewer than 1024 bytes.",
        [
            from_document(
                *("CPython's tests of hashlib" + LAID_OUT, "3.11.7"),
                "https://github.com/python/cpython Lib/test/test_hashlib.py",
                cpython,
            )
        ],
        {
            "openssl": openssl_tests,
            "php": php_tests,
            "respelled": respelled,
            "wrong": form.near_misses(salt),
            "changed": changed,
            "damaged": damaged,
        },
        [HEX_CASE],
        [hex_cut("pbkdf2_sha512")],
    )
