"""The tests of pbkdf2_sha256, for pbkdf2.py."""

import base64
import functools

from pbkdf2_form import LAID_OUT, PASSWORDS, Form, b64, broken, from_document
from pbkdf2_systems import WORD, by_all, by_openssl, by_php
from vector_tools import change, fixed_bytes, invalid, valid


def write_sha256():
    form = Form("pbkdf2_sha256", lambda text: [base64.b64decode(text, validate=True)], b64, base64.b64decode)
    salts = [b64(fixed_bytes(f"pbkdf2_sha256 salt {length}", length)) for length in (16, 12, 8, 24, 15, 32)]

    def published(comment, password, iterations, salt, key, *flags):
        return valid(comment, password, form.lay(iterations, b64(salt), bytes.fromhex(key)), *flags)

    rfc = [
        published(
            *("The first example: one iteration.", "passwd", 1, b"salt"),
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
            "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
            *("ChecksumLength", "Iterations"),
        ),
        published(
            *("The second example: 80,000 iterations.", "Password", 80_000, b"NaCl"),
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
            "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d",
            "ChecksumLength",
        ),
    ]
    cpython = [
        published(
            *("One iteration.", "password", 1, b"salt"),
            "120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b",
            "Iterations",
        ),
        published(
            *("Two iterations.", "password", 2, b"salt"),
            "ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43",
            "Iterations",
        ),
        published(
            *("4096 iterations.", "password", 4096, b"salt"),
            "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a",
        ),
        published(
            *(
                "A checksum of 40 bytes.",
                "passwordPASSWORDpassword",
                4096,
                b"saltSALTsaltSALTsaltSALTsaltSALTsalt",
            ),
            "348c89dbcbd32b2f32d814b8116e84cf2b17347ebc1800181c4e2a1fb8dd53e1c635518c7dac47e9",
            "ChecksumLength",
        ),
        published(
            *(
                "A NUL in the password and in the salt, a checksum of 16 bytes.",
                "pass\0word",
                4096,
                b"sa\0lt",
            ),
            "89b69d0516f829893c696226650a8687",
            *("ChecksumLength", "DecodedSalt", "Nul"),
        ),
    ]
    passlib = [
        valid(
            "An ASCII example.",
            "password",
            "pbkdf2_sha256$1212$4vjV83LKPjQzk31VI4E0Vw==$hsYF68OiOUPdDZ1Fg+fJPeq1h/gXXY7acBp9/6c+tmQ=",
        ),
        valid(
            "A password in Greek.",
            "\u0399\u03c9\u03b1\u03bd\u03bd\u03b7\u03c2",
            "pbkdf2_sha256$1212$3SABFJGDtyhrQMVt1uABPw==$WyaUoqCLgvz97s523nF4iuOqZNbp5Nt8do/cuaa7AiI=",
        ),
    ]
    kratos = [
        valid(
            "A salt of 32 bytes, 100,000 iterations.",
            "test",
            "pbkdf2_sha256$100000$1jP+5Zxpxgtee/iPxGgOz0RfE9/KJuDElP1ley4VxXc=$"
            "QJxzfvdbHYBpydCbHoFg3GJEqMFULwskiuqiJctoYpI=",
        )
    ]
    openssl = functools.partial(form.test_by, by_openssl)
    openssl_tests = [
        *form.matrix(by_openssl, PASSWORDS[0::2], salts, 0),
        *(
            openssl(
                f"A checksum of {length} bytes.",
                "a long key",
                salts[0],
                "ChecksumLength",
                iterations=2,
                length=length,
            )
            for length in (16, 17, 20, 31, 33, 48, 64, 65, 128)
        ),
        openssl(
            "A checksum of 200 bytes, one iteration.",
            "a long key",
            salts[0],
            "ChecksumLength",
            iterations=1,
            length=200,
        ),
        openssl("1000 iterations, as in the year 2000.", "pebble", salts[1], "Iterations", iterations=1000),
        openssl("10,000 iterations.", "granite", salts[2], "Iterations", iterations=10_000),
        openssl("600,000 iterations.", "meridian", salts[0], "Iterations", iterations=600_000),
        *form.same_keys(salts[0]),
    ]
    php = functools.partial(form.test_by, by_php)
    php_tests = [
        *form.matrix(by_php, PASSWORDS[1::2], salts, 3),
        php("One iteration.", "pebble", salts[3], "Iterations", iterations=1),
        php("Two iterations.", "pebble", salts[3], "Iterations", iterations=2),
        php("150,000 iterations.", "saddle", salts[5], "Iterations", iterations=150_000),
        php("A checksum of 24 bytes.", "a short key", salts[4], "ChecksumLength", length=24),
        php("A checksum of 100 bytes.", "a long key", salts[4], "ChecksumLength", length=100),
        php("A salt of one byte.", "short salt", b64(b"s"), "DecodedSalt"),
        php("A salt of one NUL.", "short salt", b64(b"\0"), "DecodedSalt"),
        php("A salt of two bytes.", "short salt", b64(b"sa"), "DecodedSalt"),
        php("A salt of three bytes, without padding.", "short salt", b64(b"sal"), "DecodedSalt"),
        php("A salt that is letters in base64, as Django writes it.", "sodium", "c2FsdHlTYWx0", "DecodedSalt"),
        php("A salt of one byte, all bits set.", "plus and slash", b64(b"\xff"), "DecodedSalt"),
        php("A salt that is only slashes and plus signs in base64.", "plus and slash", "+/+/////++++", "DecodedSalt"),
        php("A salt with a NUL inside.", "before and after", b64(b"before\0after"), "DecodedSalt"),
        php("A salt of white space.", "spaces", b64(b" \t\r\n"), "DecodedSalt"),
        php("A salt with dollar signs.", "money", b64(b"a$b$c"), "DecodedSalt"),
        php("A salt that is base64 again when it is decoded.", "twice", b64(b"c2FsdA=="), "DecodedSalt"),
        php("A salt with a byte order mark.", "bom inside", b64(b"\xef\xbb\xbfsalt"), "DecodedSalt"),
        php("A salt of 64 bytes, the hash's block.", "sixty-four", b64(fixed_bytes("64", 64)), "DecodedSalt"),
        php("A salt of 256 bytes, each value once.", "every byte", b64(bytes(range(256))), "DecodedSalt"),
    ]
    salt = b64(b"Zk8rSaltWordEven")
    base = form.derive(by_openssl, WORD, 10, salt, None)
    head, checksum = base.rsplit("$", 1)
    key = base64.b64decode(checksum)
    as_text = b64(by_all("sha256", WORD.encode(), salt.encode(), 10, 32))
    as_hex = b64(by_all("sha256", WORD.encode(), bytes.fromhex("deadbeef"), 10, 32))
    changed = [
        *form.changed(salt, b64(b"Zk8rSaltWordEve"), b64(b"Zk8rSaltWordEven!"), b64(b"zk8rSaltWordEven")),
        invalid("The salt was used as text.", WORD, f"{head}${as_text}", "DecodedSalt"),
        invalid(
            "The salt was decoded from hexadecimal.",
            WORD,
            f"pbkdf2_sha256$10$deadbeef${as_hex}",
            "DecodedSalt",
        ),
        invalid("The checksum in hexadecimal, which is base64 too.", WORD, f"{head}${key.hex()}", "ChangedDigest"),
        invalid(
            "A letter of the salt's base64 in the other case.",
            WORD,
            base.replace(salt, "w" + salt[1:].replace("W", "w", 1)),
        ),
    ]

    def with_salt(text):
        return f"pbkdf2_sha256$10${text}${checksum}"

    assert with_salt(salt) == base and salt.endswith("==") and checksum.endswith("=")
    bad_salts = [
        ("An empty salt.", "", "length", "Fields"),
        ("A salt without padding.", salt[:-2], "length", "Padding"),
        ("A salt with half its padding.", salt[:-1], "length", "Padding"),
        ("A salt of one character.", "c", "length", "Padding"),
        ("A salt of five characters.", "c2Fsd", "length", "Padding"),
        ("Padding where none is needed.", "c2Fs=", "length", "Padding"),
        ("A fourth of the salt is padding only.", "c2Fs====", "alphabet", "Padding"),
        ("Padding within the salt.", "c2F=dA==", "alphabet", "Padding"),
        ("Padding before the salt.", "=c2FsdA=", "alphabet", "Padding"),
        ("URL-safe base64 with a hyphen.", "-_-_c2Fs", "alphabet", "Padding"),
        ("A full stop for a plus sign, as passlib writes it.", "./.Ac2Fs", "alphabet", "Padding"),
        ("A text that is no base64.", "sea-salt", "alphabet"),
        ("A text with accents.", "caf\u00e9caf\u00e9", "alphabet"),
        ("Full-width letters.", "\uff21\uff22\uff23\uff24", "alphabet"),
        ("Four unused bits set in the salt.", "c2FsdB==", "canonical", "UnusedBits"),
        ("All unused bits set in the salt.", "c2FsdP==", "canonical", "UnusedBits"),
        ("Two unused bits set in the salt.", "c2FsdHl=", "canonical", "UnusedBits"),
        ("A space in the salt.", "c2Fs dA==", "alphabet", "Whitespace"),
        ("A space after the salt.", salt + " ", "alphabet", "Whitespace"),
        ("A line break within the salt.", salt[:8] + "\n" + salt[8:], "alphabet", "Whitespace"),
        ("A NUL after the salt.", salt + "\0", "alphabet", "Whitespace"),
    ]
    bad_checksums = [
        ("An empty checksum.", "", "length", "CutOff"),
        ("A checksum of one byte.", b64(key[:1]), "length", "CutOff"),
        ("A checksum of 15 bytes.", b64(key[:15]), "length", "CutOff"),
        ("A checksum without padding.", checksum[:-1], "length", "Padding"),
        ("A checksum with too much padding.", checksum + "=", "length", "Padding"),
        ("Padding within the checksum.", change(checksum, 20, "="), "alphabet", "Padding"),
        ("URL-safe base64.", change(checksum, 20, "_"), "alphabet", "Padding"),
        ("A full stop for a plus sign.", change(checksum, 20, "."), "alphabet", "Padding"),
        ("Unused bits set in the checksum.", b64(key[:31])[:-2] + "B=", "canonical", "UnusedBits"),
        ("A letter that is no ASCII.", change(checksum, 20, "\u00e9"), "alphabet"),
        ("A line feed at the end.", checksum + "\n", "alphabet", "Whitespace"),
        ("A space at the end.", checksum + " ", "alphabet", "Whitespace"),
        ("A NUL at the end.", checksum + "\0", "alphabet", "Whitespace"),
        ("A space before the checksum.", " " + checksum, "alphabet", "Whitespace"),
    ]
    damaged = [
        *form.damaged(salt),
        broken("A fifth field.", base + "$32", "shape", "digest", "Fields"),
        broken("A dollar sign at the end.", base + "$", "shape", "digest", "Fields"),
        *(broken(comment, with_salt(text), problem, "salt", *flags) for comment, text, problem, *flags in bad_salts),
        *(
            broken(comment, f"{head}${text}", problem, "checksum", *flags)
            for comment, text, problem, *flags in bad_checksums
        ),
    ]
    form.write(
        "PBKDF2 with SHA-256 as an import interface takes it: pbkdf2_sha256$iterations$salt$checksum, salt and checksum in padded "
        "base64, both decoded before use. Django's digests have the same grammar and another meaning.",
        [
            from_document(
                *("RFC 7914, its examples of PBKDF2" + LAID_OUT, "August 2016"),
                "https://www.rfc-editor.org/rfc/rfc7914#section-11",
                rfc,
            ),
            from_document(
                *("CPython's tests of hashlib" + LAID_OUT, "3.11.7"),
                "https://github.com/python/cpython Lib/test/test_hashlib.py",
                cpython,
            ),
            from_document(
                *("passlib's tests of pbkdf2_sha256" + LAID_OUT, "1.7.4"),
                "https://foss.heptapod.net/python-libs/passlib passlib/tests/test_handlers_pbkdf2.py",
                passlib,
            ),
            from_document(
                *("Ory Kratos, tests of $pbkdf2-sha256$" + LAID_OUT, "029d8a3"),
                "https://github.com/ory/kratos hash/hasher_test.go",
                kratos,
            ),
        ],
        {
            "openssl": openssl_tests,
            "php": php_tests,
            "wrong": form.near_misses(salt),
            "changed": changed,
            "damaged": damaged,
        },
        [],
        [
            {
                "description": "The length of the checksum is free: what is left of one, of 16 bytes or more, still verifies.",
                "pattern": "^pbkdf2_sha256\\$\\d+\\$[^$]+\\$(?:[A-Za-z0-9+/]{4}){6,}$",
            }
        ],
    )
