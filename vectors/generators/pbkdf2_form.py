"""What the formats of pbkdf2.py share: how their digests are written, read, changed and damaged."""

import base64
import functools
import hashlib
import hmac
import re

from pbkdf2_systems import (
    OPENSSL,
    PHP,
    WORD,
    bad_iterations,
    by_all,
    by_openssl,
    merge_flags,
    near_misses,
    notes_of,
    pbkdf2_flags,
)
from password_flags import key_sized_passwords
from reported import reported_groups
from text_salts import SPACED_SALTS, bad_text_salts
from vector_tools import assemble, change, invalid, malformed, password_bytes, read_passwords, source, valid

COMMAND = "python3 vectors/generators/pbkdf2.py"
LAID_OUT = ", the checksum laid out in the format's fields by the generator"
PASSWORDS = read_passwords()
ITERATIONS = [1, 2, 3, 10, 100, 1000]
OUTPUT_BYTES = {"sha1": 20, "sha256": 32, "sha512": 64}


def b64(data):
    return base64.b64encode(data).decode()


class Form:
    """One format: how its fields are written and read."""

    def __init__(self, hasher, read_salts, write_checksum, read_checksum):
        self.hasher = hasher
        self.algorithm = hasher.removeprefix("pbkdf2_")
        self.read_salts = read_salts
        self.write_checksum = write_checksum
        self.read_checksum = read_checksum

    def lay(self, iterations, salt, key):
        return f"{self.hasher}${iterations}${salt}${self.write_checksum(key)}"

    def derive(self, make, password, iterations, salt, length, reading=0):
        """The digest with the salt read in the first or the second way."""
        password = password if isinstance(password, bytes) else password.encode()
        length = length or OUTPUT_BYTES[self.algorithm]
        key = make(self.algorithm, password, self.read_salts(salt)[reading], iterations, length)
        return self.lay(iterations, salt, key)

    def test_by(self, make, comment, password, salt, *flags, iterations=10, length=None, reading=0, extra=""):
        digest = self.derive(make, password, iterations, salt, length, reading) + extra
        return valid(comment, password, digest, *flags, *pbkdf2_flags(self.algorithm, password))

    def matrix(self, make, entries, salts, shift):
        return [
            self.test_by(
                make,
                entry["comment"],
                password_bytes(entry),
                salts[(index + shift) % len(salts)],
                iterations=ITERATIONS[(index * 5 + shift) % 6],
            )
            for index, entry in enumerate(entries)
        ]

    def is_taken(self, test):
        """Whether the digest is the password's in one of its readings; the three systems must agree."""
        _, iterations, salt, checksum, *_ = test["digest"].split("$")
        key = self.read_checksum(checksum)
        return any(
            by_all(self.algorithm, password_bytes(test), salt_bytes, int(iterations), len(key)) == key
            for salt_bytes in self.read_salts(salt)
        )

    def same_keys(self, salt):
        """Passwords that HMAC cannot tell from others, each for the other's digest."""
        block_word = "b" * 129
        hashed = hashlib.new(self.algorithm, block_word.encode()).digest()
        tests = [
            self.test_by(by_openssl, "A password with a NUL at its end.", "key\0", salt),
            self.test_by(by_openssl, "The same digest, without the NUL.", "key", salt, "HmacKey"),
            self.test_by(by_openssl, "The digest of the empty password, for two NULs.", "\0\0", salt),
            self.test_by(by_openssl, "A password longer than HMAC's block.", block_word, salt, "HmacKey"),
            self.test_by(by_openssl, "The same digest, for the hash of that password.", hashed, salt, "HmacKey"),
            *(
                self.test_by(by_openssl, comment, password, salt)
                for comment, password in key_sized_passwords(OUTPUT_BYTES[self.algorithm])
            ),
        ]
        assert tests[0]["digest"] == tests[1]["digest"] and tests[3]["digest"] == tests[4]["digest"]
        return tests

    def near_misses(self, salt):
        return [
            merge_flags(test, *pbkdf2_flags(self.algorithm, password_bytes(test)))
            for test in near_misses(lambda password: self.derive(by_openssl, password, 10, salt, None))
        ]

    def changed(self, salt, shorter_salt, longer_salt, other_case_salt):
        """Digests of WORD that were changed and still parse."""
        word, salt_bytes, size = WORD.encode(), self.read_salts(salt)[0], OUTPUT_BYTES[self.algorithm]
        key = by_openssl(self.algorithm, word, salt_bytes, 10, size)
        long_key = by_openssl(self.algorithm, word, salt_bytes, 10, size * 3)

        def with_key(data):
            return self.lay(10, salt, data)

        others = sorted(set(OUTPUT_BYTES) - {self.algorithm})
        changes = [
            ("The first bit of the checksum changed.", with_key(bytes([key[0] ^ 128]) + key[1:])),
            ("The last bit of the checksum changed.", with_key(key[:-1] + bytes([key[-1] ^ 1]))),
            ("The halves of the checksum exchanged.", with_key(key[size // 2 :] + key[: size // 2])),
            ("The checksum's bytes in reverse order.", with_key(key[::-1])),
            ("A checksum of zeros.", with_key(bytes(size))),
            ("A checksum of 16 bytes, the last of them wrong.", with_key(key[:15] + bytes([key[15] ^ 1]))),
            ("A checksum with a byte more.", with_key(key + bytes([long_key[size] ^ 1]))),
            ("A checksum twice.", with_key(key + key)),
            (
                "A checksum of three blocks, the last byte wrong.",
                with_key(long_key[:-1] + bytes([long_key[-1] ^ 1])),
            ),
            ("The second block without the first.", with_key(long_key[size : size * 2])),
            ("One iteration more.", self.lay(11, salt, key)),
            ("One iteration less.", self.lay(9, salt, key)),
            ("One iteration.", self.lay(1, salt, key)),
            ("Ten times the iterations.", self.lay(100, salt, key)),
            ("A shorter salt.", self.lay(10, shorter_salt, key)),
            ("A longer salt.", self.lay(10, longer_salt, key)),
            ("A letter of the salt in the other case.", self.lay(10, other_case_salt, key)),
        ]
        foreign = [
            *(
                (f"PBKDF2 with {other.upper()}.", with_key(by_openssl(other, word, salt_bytes, 10, size)))
                for other in others
            ),
            (
                "Password and salt exchanged.",
                with_key(by_openssl(self.algorithm, salt_bytes, word, 10, size)),
            ),
            (
                "The hash of salt and password.",
                with_key(hashlib.new(self.algorithm, salt_bytes + word).digest()),
            ),
            (
                "HMAC of the salt without the number of the block.",
                with_key(hmac.digest(word, salt_bytes, self.algorithm)),
            ),
            ("The digest of no password.", with_key(by_openssl(self.algorithm, b"", salt_bytes, 10, size))),
        ]
        return [
            *(invalid(comment, WORD, digest, "ChangedDigest") for comment, digest in changes),
            *(invalid(comment, WORD, digest, "OtherAlgorithm") for comment, digest in foreign),
        ]

    def damaged(self, salt, max_iterations=2**31 - 1):
        """Damage to anything but salt and checksum."""
        base = self.derive(by_openssl, WORD, 10, salt, None)
        checksum = base.split("$")[3]
        other = "pbkdf2_sha384"
        return [
            broken("A dollar sign in front.", "$" + base, "shape", "digest", "Fields"),
            broken("A space in front.", " " + base, "shape", "digest", "Whitespace"),
            broken("A byte order mark in front.", "\ufeff" + base, "shape", "digest", "Whitespace"),
            broken(
                "The name in upper case.",
                self.hasher.upper() + base[len(self.hasher) :],
                "shape",
                "digest",
                "OtherFormat",
            ),
            broken("The name with a hyphen.", base.replace("_", "-", 1), "shape", "digest", "OtherFormat"),
            broken(
                "The name of another hasher.",
                base.replace(self.hasher, other),
                "shape",
                "digest",
                "OtherFormat",
            ),
            broken("A longer name.", base.replace("$", "_hex$", 1), "shape", "digest", "OtherFormat"),
            broken(
                "Werkzeug's form.",
                f"pbkdf2:{self.algorithm}:10${salt}${checksum}",
                "shape",
                "digest",
                "OtherFormat",
            ),
            broken("Colons for dollar signs.", base.replace("$", ":"), "shape", "digest", "OtherFormat"),
            broken("Without the name.", base.split("$", 1)[1], "shape", "digest", "Fields"),
            broken("Only the name.", f"{self.hasher}$", "shape", "digest", "Fields"),
            broken("The name without a dollar sign.", self.hasher, "shape", "digest", "Fields"),
            broken("No checksum and no sign for it.", f"{self.hasher}$10${salt}", "shape", "digest", "Fields"),
            broken("No salt and no sign for it.", f"{self.hasher}$10${checksum}", "shape", "digest", "Fields"),
            broken(
                "No iterations and no sign for them.",
                f"{self.hasher}${salt}${checksum}",
                "shape",
                "digest",
                "Fields",
            ),
            broken("Two fields too many.", base + "$1$1", "shape", "digest", "Fields"),
            *(
                broken(
                    comment,
                    f"{self.hasher}${field}${salt}${checksum}",
                    problem,
                    "iterations",
                    "BadNumber" if problem == "number" else "Range",
                )
                for comment, field, problem in bad_iterations(max_iterations)
            ),
        ]

    def damaged_hex(self, salt):
        """Damage to a checksum in hexadecimal."""
        base = self.derive(by_openssl, WORD, 10, salt, None)
        head, checksum = base.rsplit("$", 1)
        key = bytes.fromhex(checksum)
        damages = [
            ("An empty checksum.", "", "length", "CutOff"),
            ("A checksum of one byte.", checksum[:2], "length", "CutOff"),
            ("A checksum of 15 bytes.", checksum[:30], "length", "CutOff"),
            ("A checksum of 31 digits.", checksum[:31], "length", "CutOff"),
            ("An odd number of digits, one missing.", checksum[:-1], "length", "CutOff"),
            ("An odd number of digits, one too many.", checksum + "0", "length", "CutOff"),
            ("A letter that is no hexadecimal digit.", change(checksum, -1, "g"), "alphabet"),
            ("A capital letter that is no hexadecimal digit.", change(checksum, 0, "G"), "alphabet"),
            ("A prefix that says hexadecimal.", "0x" + checksum, "alphabet", "OtherFormat"),
            ("Colons between the bytes.", key.hex(":"), "alphabet", "OtherFormat"),
            ("The checksum in base64.", b64(key), "alphabet", "OtherFormat"),
            ("A full-width digit.", change(checksum, -1, "\uff11"), "alphabet"),
            ("A Cyrillic letter that looks like a digit.", change(checksum, -1, "\u0430"), "alphabet"),
            ("A line feed at the end.", checksum + "\n", "alphabet", "Whitespace"),
            ("Two line ends at the end.", checksum + "\r\n", "alphabet", "Whitespace"),
            ("A space at the end.", checksum + " ", "alphabet", "Whitespace"),
            ("A NUL at the end.", checksum + "\0", "alphabet", "Whitespace"),
            ("A space before the checksum.", " " + checksum, "alphabet", "Whitespace"),
            ("A space in place of a digit.", change(checksum, 4, " "), "alphabet", "Whitespace"),
        ]
        return [
            broken(comment, f"{head}${text}", problem, "checksum", *flags) for comment, text, problem, *flags in damages
        ]

    def damaged_text_salt(self, salt):
        checksum = self.derive(by_openssl, WORD, 10, salt, None).split("$")[3]
        return [
            broken(comment, f"{self.hasher}$10${text}${checksum}", problem, "salt", flag)
            for comment, text, problem, flag in bad_text_salts(salt)
        ]

    def write(self, description, transcribed, made, spellings, cuts):
        """`made` holds the tests by group: openssl, php, respelled, wrong, changed, damaged."""
        openssl = OPENSSL[1]
        sources = {
            "openssl": source(OPENSSL[0] + LAID_OUT, openssl, "generated", COMMAND),
            "php": source(PHP[0] + LAID_OUT, PHP[1], "generated", COMMAND),
            "respelled": source(
                "Digests of OpenSSL and PHP, re-spelled", f"{openssl}; PHP {PHP[1]}", "mutated", COMMAND
            ),
            "wrong": source("Digests of OpenSSL, with other passwords", openssl, "generated", COMMAND),
            "changed": source("Digests of OpenSSL, changed so that they still parse", openssl, "mutated", COMMAND),
            "damaged": source("Digests of OpenSSL, damaged", openssl, "mutated", COMMAND),
        }
        groups = [
            *transcribed,
            *({"source": sources[name], "tests": tests} for name, tests in made.items()),
            *reported_groups(self.hasher, lambda password, digest: pbkdf2_flags(self.algorithm, password)),
        ]
        for group in groups:
            for test in group["tests"]:
                if test["result"] != "malformed":
                    assert self.is_taken(test) is (test["result"] == "valid"), test
        header = {"hasher": self.hasher, "description": description, "spellings": spellings, "cuts": cuts}
        assemble({**header, "notes": notes_of(groups)}, groups)


broken = functools.partial(malformed, password=WORD)


def from_document(name, version, command, tests):
    return {"source": source(name, version, "transcribed", command), "tests": tests}


HEX_CASE = {
    "description": "The checksum's hexadecimal digits may be upper-case.",
    "pattern": "(?<=^pbkdf2_sha\\d+\\$\\d+\\$[^$]+\\$)[0-9A-Fa-f]+",
    "rewrite": "lower-case",
}


def hex_cut(hasher):
    return {
        "description": "The length of the checksum is free: what is left of one, of 16 bytes or more, still verifies.",
        "pattern": f"^{hasher}\\$\\d+\\$[^$]+\\$(?:[0-9A-Fa-f]{{2}}){{16,}}$",
    }


def in_upper_case(test, comment):
    """The checksum of a valid test in capitals."""
    head, checksum = re.fullmatch(r"(\w+\$\d+\$[^$]+\$)(\w+(?:\$\d+)?)", test["digest"]).groups()
    assert checksum != checksum.upper()
    return merge_flags({**test, "comment": comment, "digest": head + checksum.upper()}, "UpperCase")


TEXT_SALTS = ["seasalt", "kR8vQ2mXw0Lz", "T5hYcJ9pBn3Ds7Gf1VaEuK", "Q", "sea-salt_4.2", "xQeSaltForTests"]


def odd_text_salts(by, base64_salt="c2FsdA=="):
    """Salts that look like something else, or are no ASCII."""
    return [
        by("A salt of one character.", "short salt", "s"),
        by("A salt that is padded base64.", "base64 salt", base64_salt, "TextSalt"),
        by("A salt that is hexadecimal.", "hex salt", "deadbeef", "TextSalt"),
        by("A salt that is hexadecimal, in capitals.", "hex salt", "DEADBEEF", "TextSalt"),
        by("A salt of 32 hexadecimal digits.", "hex salt", "d41d8cd98f00b204e9800998ecf8427e", "TextSalt"),
        by("A salt of an odd number of hexadecimal digits.", "hex salt", "abc", "TextSalt"),
        by("A salt of digits.", "one two three", "1234567890", "TextSalt"),
        by("A salt with a prefix that says hexadecimal.", "hex salt", "0x73616c74", "TextSalt"),
        by("A salt of the signs of base64.", "plus and equals", "+/=", "TextSalt"),
        by("A salt with accents.", "umlaut salt", "Salz-f\u00fcr-M\u00fcller", "TextSalt"),
        by("A salt with an accent of its own.", "umlaut salt", "cafe\u0301", "TextSalt"),
        by("A salt in Greek.", "greek salt", "\u03b1\u03bb\u03ac\u03c4\u03b9", "TextSalt"),
        by("A salt outside the Basic Multilingual Plane.", "emoji salt", "\U0001f9c2", "TextSalt"),
        *(by(comment, "spaced salt", salt, "SpacedSalt") for comment, salt in SPACED_SALTS),
    ]


def text_salt_changes(form):
    """Digests whose maker read the salt in another way."""
    word = WORD.encode()

    def with_salt(salt, salt_bytes):
        return form.lay(10, salt, by_all(form.algorithm, word, salt_bytes, 10, 32))

    return [
        invalid("The salt was decoded from base64.", WORD, with_salt("c2FsdA==", b"salt"), "TextSalt"),
        invalid("The salt was used in Latin-1.", WORD, with_salt("caf\u00e9", b"caf\xe9"), "TextSalt"),
        invalid(
            "The salt was used in UTF-16.",
            WORD,
            with_salt("seasalt", "seasalt".encode("utf-16-le")),
            "TextSalt",
        ),
        invalid("A salt in NFD where it was NFC.", WORD, with_salt("cafe\u0301", "caf\u00e9".encode()), "TextSalt"),
        invalid("The salt was used with a NUL at its end.", WORD, with_salt("seasalt", b"seasalt\0"), "TextSalt"),
        invalid("The salt was used in lower case.", WORD, with_salt("DEADBEEF", b"deadbeef"), "TextSalt"),
        invalid("The space before the salt was lost.", WORD, with_salt("seasalt", b" seasalt"), "SpacedSalt"),
        invalid("The space after the salt was lost.", WORD, with_salt("seasalt", b"seasalt "), "SpacedSalt"),
        invalid("The salt was trimmed before it was used.", WORD, with_salt(" seasalt ", b"seasalt"), "SpacedSalt"),
        invalid(
            "A no-break space was used as a space.", WORD, with_salt("sea\u00a0salt", b"sea salt"), "SpacedSalt"
        ),
    ]
