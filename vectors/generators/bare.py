#!/usr/bin/env python3
"""Writes vectors/md5.json and vectors/sha256.json: bare digests in hexadecimal.

Needs, from Debian 12: coreutils 9.1, php-cli 8.2, python3 3.11; and Node 20 or later. Every digest is made by all three systems,
which must agree; each group names the one that it is taken from.

  python3 vectors/generators/bare.py
"""
import base64
import hashlib
import subprocess
import tempfile

import vector_tools
from password_flags import NOTES, password_flags
from reported import reported_groups, reported_tests
from vector_tools import assemble, malformed, note, password_bytes, read_passwords, source

COMMAND = "python3 vectors/generators/bare.py"


def by_coreutils(algorithm, password):
    return (
        subprocess.run([f"{algorithm}sum"], input=password, capture_output=True, check=True)
        .stdout.split()[0]
        .decode()
    )


def by_php(algorithm, password):
    call = "md5" if algorithm == "md5" else "hash"
    first = "" if algorithm == "md5" else f"'{algorithm}', "
    code = f"echo {call}({first}stream_get_contents(STDIN));"
    return subprocess.run(
        ["php", "-r", code], input=password, capture_output=True, check=True
    ).stdout.decode()


def by_hashlib(algorithm, password):
    return hashlib.new(algorithm, password).hexdigest()


def digest_of(algorithm, password):
    password = password if isinstance(password, bytes) else password.encode()
    digests = {make(algorithm, password) for make in (by_coreutils, by_php, by_hashlib)}
    assert len(digests) == 1, (algorithm, password, digests)
    return digests.pop()


def is_taken_by_coreutils(algorithm, password, digest):
    """Whether md5sum --check or sha256sum --check, which also read upper case, take the digest for the password's."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(password)
        file.flush()
        line = f"{digest}  {file.name}\n".encode()
        return (
            subprocess.run([f"{algorithm}sum", "--check", "--status", "--strict"], input=line).returncode == 0
        )


def valid(comment, password, digest):
    upper_case = ["UpperCase"] if digest != digest.lower() else []
    return vector_tools.valid(comment, password, digest, *password_flags(password), *upper_case)


def invalid(comment, password, digest, *more):
    return vector_tools.invalid(comment, password, digest, *password_flags(password), *more)


NIST = "https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values"
PUBLISHED = {
    "md5": [
        (
            source(
                "RFC 1321, appendix A.5",
                "April 1992",
                "transcribed",
                "https://www.rfc-editor.org/rfc/rfc1321#appendix-A.5",
            ),
            [
                ("", "d41d8cd98f00b204e9800998ecf8427e"),
                ("a", "0cc175b9c0f1b6a831c399e269772661"),
                ("abc", "900150983cd24fb0d6963f7d28e17f72"),
                ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
                ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
                (
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                    "d174ab98d277d9f5a5611c2c9f419d9f",
                ),
                ("1234567890" * 8, "57edf4a22be3c955ac49da2e2107b67a"),
            ],
        ),
        (
            source(
                "Appwrite's test suite, tests/e2e/Services/Users/UsersBase.php",
                "commit 009b657",
                "transcribed",
                "https://github.com/appwrite/appwrite",
            ),
            [("appwrite", "144fa7eaa4904e8ee120651997f70dcc")],
        ),
    ],
    "sha256": [
        (
            source("NIST, SHA-256 examples for FIPS 180", "FIPS 180-4", "transcribed", NIST),
            [
                ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                (
                    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
                ),
            ],
        ),
    ],
}


def generate(algorithm, description, other, other_name):
    """`other`: a second algorithm, whose digests have another length."""
    size = hashlib.new(algorithm).digest_size * 2

    def made(password):
        return digest_of(algorithm, password)

    # Valid.
    transcribed = []
    for origin, examples in PUBLISHED[algorithm]:
        assert all(made(password) == digest for password, digest in examples)
        transcribed.append(
            (origin, [valid("A published example.", password, digest) for password, digest in examples])
        )

    coreutils = [
        valid(entry["comment"], password_bytes(entry), made(password_bytes(entry)))
        for entry in read_passwords()
    ]

    common = [
        "password",
        "123456",
        "test",
        "qwerty",
        "letmein",
        "Passw0rd!",
        "iloveyou",
        "admin' --",
        "<b>bold</b>",
        "na\u00efve",
        "p\u00e5ssord",
    ]
    php = [valid("A password as old PHP sites have them.", password, made(password)) for password in common]

    filler = "abcdefghijklmnopqrstuvwxyz0123456789" * 4
    lengths = {
        55: "the most that fits into one block with its padding",
        56: "one byte more than fits into one block with its padding",
        63: "one byte less than a block",
        64: "one block",
        65: "one byte more than a block",
        119: "the most that fits into two blocks with their padding",
        120: "one byte more than fits into two blocks with their padding",
        128: "two blocks",
    }
    python = [
        valid(f"{length} bytes, {what}.", filler[:length], made(filler[:length]))
        for length, what in lengths.items()
    ]
    longest = "0123456789abcdef" * 256
    python.append(valid("4096 bytes.", longest, made(longest)))

    plain = "correct horse battery staple"
    digest = made(plain)
    mixed = "".join(character.upper() if at % 2 else character for at, character in enumerate(digest))
    respelled = [
        valid("The digest in upper case.", plain, digest.upper()),
        valid("The digest in both cases.", plain, mixed),
        valid("The empty password's digest in upper case.", "", made("").upper()),
        valid(
            "The digest of bytes that are not UTF-8 in upper case.",
            b"\xff\xfe\x80",
            made(b"\xff\xfe\x80").upper(),
        ),
    ]

    for one in respelled:
        assert is_taken_by_coreutils(algorithm, password_bytes(one), one["digest"]), one

    # Invalid.
    wrong = [
        invalid("The empty password.", "", digest),
        invalid("The first letter in upper case.", "C" + plain[1:], digest),
        invalid("All letters in upper case.", plain.upper(), digest),
        invalid("A space after the password.", plain + " ", digest),
        invalid("A space before the password.", " " + plain, digest),
        invalid("A line feed after the password, as of echo in a pipe.", plain + "\n", digest),
        invalid(
            "The password without the line feed that was hashed with it.", "password", made("password\n")
        ),
        invalid("A NUL after the password.", plain + "\0", digest),
        invalid("The last character is missing.", plain[:-1], digest),
        invalid("The password twice.", plain + plain, digest),
        invalid("The digest itself.", digest, digest),
        invalid("The digest's bytes.", bytes.fromhex(digest), digest),
        invalid("A digest of the digest.", plain, made(digest)),
        invalid("The NFD form where the NFC form was set.", "cafe\u0301", made("caf\u00e9"), "Normalization"),
        invalid("The NFC form where the NFD form was set.", "caf\u00e9", made("cafe\u0301"), "Normalization"),
        invalid("The accent left out.", "cafe", made("caf\u00e9")),
        invalid("UTF-8 where Latin-1 was set.", "caf\u00e9", made("caf\u00e9".encode("latin-1"))),
        invalid("UTF-8 where UTF-16 was set.", plain, made(plain.encode("utf-16-le"))),
        invalid(
            "Replacement characters where bytes that are not UTF-8 were set.",
            "\ufffd\ufffd\ufffd",
            made(b"\xff\xfe\x80"),
        ),
        invalid("A space where the empty password was set.", " ", made("")),
        invalid("A NUL where the empty password was set.", "\0", made("")),
        invalid("A NUL added to one character.", "a\0", made("a")),
        invalid("Only what stands before the NUL.", "before", made("before\0after")),
        invalid("The leading space left out.", "leading", made(" leading")),
        invalid("72 of 73 bytes.", filler[:72], made(filler[:73])),
        invalid("255 of 256 bytes.", "q" * 255, made("q" * 256)),
        invalid("A byte order mark left out.", "bom", made("\ufeffbom")),
        invalid("A digest of salt and password.", plain, made("salt" + plain)),
        invalid("A digest of password and salt.", plain, made(plain + "salt")),
    ]
    if algorithm == "md5":  # PHP's == takes two such digests for the number zero.
        wrong.append(
            invalid(
                "Two digests that PHP's loose comparison takes for equal.",
                "QNKCDZO",
                made("240610708"),
                "MagicHash",
            )
        )

    flipped = f"{int(digest[0], 16) ^ 1:x}"
    changed = [
        invalid(comment, plain, new, "ChangedDigest")
        for comment, new in [
            ("The first digit changed by one bit.", flipped + digest[1:]),
            ("The last digit changed by one bit.", digest[:-1] + f"{int(digest[-1], 16) ^ 1:x}"),
            (
                "A digit in the middle changed by one bit.",
                digest[: size // 2] + f"{int(digest[size // 2], 16) ^ 8:x}" + digest[size // 2 + 1 :],
            ),
            ("The digits in reverse order.", digest[::-1]),
            ("The bytes in reverse order.", bytes.fromhex(digest)[::-1].hex()),
            ("The two halves swapped.", digest[size // 2 :] + digest[: size // 2]),
            ("The first half followed by zeros.", digest[: size // 2] + "0" * (size // 2)),
            ("Zeros only.", "0" * size),
            ("The letter f only.", "f" * size),
        ]
    ]
    for one in [*wrong, *changed]:
        assert not is_taken_by_coreutils(algorithm, password_bytes(one), one["digest"]), one

    # Malformed.
    LENGTH, ALPHABET = ("length", "checksum"), ("alphabet", "checksum")
    middle = size // 2
    broken = [
        malformed(comment, new, problem, field, *more)
        for comment, new, (problem, field), *more in [
            ("The last digit is missing.", digest[:-1], LENGTH, "CutOff"),
            ("The first digit is missing, as when a leading zero was dropped.", digest[1:], LENGTH, "CutOff"),
            ("Half of the digest.", digest[:middle], LENGTH, "CutOff"),
            ("One digit only.", digest[:1], LENGTH, "CutOff"),
            ("One digit too many.", digest + "0", LENGTH, "Appended"),
            ("A line feed at the end.", digest + "\n", LENGTH, "Appended"),
            ("A carriage return and a line feed at the end.", digest + "\r\n", LENGTH, "Appended"),
            ("A space at the end.", digest + " ", LENGTH, "Appended"),
            ("A NUL at the end.", digest + "\0", LENGTH, "Appended"),
            ("A space before the digest.", " " + digest, LENGTH, "Prepended"),
            ("A byte order mark before the digest.", "\ufeff" + digest, LENGTH, "Prepended"),
            ("0x before the digest, as a database prints bytes.", "0x" + digest, LENGTH, "Prepended"),
            ("\\x before the digest, as another database prints bytes.", "\\x" + digest, LENGTH, "Prepended"),
            (f"A line of {algorithm}sum.", digest + "  -", LENGTH, "Appended"),
            ("The name of the algorithm before the digest.", f"{algorithm}:{digest}", LENGTH, "Prepended"),
            ("The digest twice.", digest + digest, LENGTH, "Appended"),
            ("In Base64.", base64.b64encode(bytes.fromhex(digest)).decode(), LENGTH, "OtherFormat"),
            (
                "Bytes separated by colons.",
                ":".join(digest[at : at + 2] for at in range(0, size, 2)),
                LENGTH,
                "OtherFormat",
            ),
            (
                "Grouped by hyphens like a UUID.",
                "-".join([digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:]]),
                LENGTH,
                "OtherFormat",
            ),
            ("As Django writes it without a salt.", f"{algorithm}$${digest}", LENGTH, "OtherFormat"),
            ("Followed by a salt.", digest + ":salt", LENGTH, "OtherFormat"),
            (f"A digest of {other_name}.", digest_of(other, plain), LENGTH, "OtherFormat"),
            ("A digest of SHA-1.", digest_of("sha1", plain), LENGTH, "OtherFormat"),
            ("The letter g for a digit.", digest[:-1] + "g", ALPHABET),
            ("The letter O for a zero.", "O" + digest[1:], ALPHABET),
            ("The letter l for a one.", digest[:middle] + "l" + digest[middle + 1 :], ALPHABET),
            ("A space for a digit.", digest[:middle] + " " + digest[middle + 1 :], ALPHABET),
            ("A space for the first digit.", " " + digest[1:], ALPHABET),
            ("A line feed for the last digit.", digest[:-1] + "\n", ALPHABET),
            ("A NUL for the last digit.", digest[:-1] + "\0", ALPHABET),
            ("A minus sign for the first digit.", "-" + digest[1:], ALPHABET),
            ("A dollar sign for a digit.", digest[:8] + "$" + digest[9:], ALPHABET),
            ("0x for the first two digits.", "0x" + digest[2:], ALPHABET),
            ("A Cyrillic letter for a digit.", digest[:middle] + "\u0430" + digest[middle + 1 :], ALPHABET),
            ("A full-width digit.", digest[:middle] + "\uff10" + digest[middle + 1 :], ALPHABET),
            ("An Arabic-Indic digit.", digest[:-1] + "\u0663", ALPHABET),
            ("A byte order mark for the first digit.", "\ufeff" + digest[1:], ALPHABET),
            ("Text of the right length.", (plain + plain + plain)[:size], ALPHABET),
        ]
    ]
    assert len({one["digest"] for one in broken}) == len(broken)

    reported = reported_groups(algorithm, lambda password, digest: password_flags(password))
    for one in reported_tests(reported, "valid"):
        assert digest_of(algorithm, password_bytes(one)) == one["digest"], one
    for one in reported_tests(reported, "invalid"):
        assert digest_of(algorithm, password_bytes(one)) != one["digest"], one

    # The file.
    notes = {
        **NOTES,
        "Appended": note(
            "malformed",
            "Something follows a whole digest.",
            "A digest has many spellings, and a comparison of columns misses some.",
        ),
        "ChangedDigest": note(
            "edge", "The digest was changed and still parses.", "Part of the checksum is not compared."
        ),
        "CutOff": note(
            "malformed", "The digest is too short.", "A short checksum is matched by many passwords."
        ),
        "OtherFormat": note(
            "malformed",
            "The same or a like digest in another format.",
            "A digest is taken for what it is not, and its user is told that the password is wrong.",
        ),
        "Prepended": note(
            "malformed",
            "Something stands before a whole digest.",
            "A digest has many spellings, and a comparison of columns misses some.",
        ),
        "UpperCase": note(
            "variant",
            "Hexadecimal digits in upper case mean the same.",
            "The users of systems that write upper case cannot sign in.",
        ),
    }
    if algorithm == "md5":
        notes["MagicHash"] = note(
            "edge",
            "Both digests are 0e and decimal digits only.",
            "Read as numbers they are equal, and another password matches.",
            "https://www.php.net/manual/en/language.operators.comparison.php",
        )
    header = {
        "hasher": algorithm,
        "description": description,
        "spellings": [
            {
                "description": "Hexadecimal digits may be upper-case.",
                "pattern": "[0-9A-Fa-f]+",
                "rewrite": "lower-case",
            }
        ],
        "notes": notes,
    }

    def of_coreutils(name, how):
        return source(name, "9.1 (Debian coreutils 9.1-1)", how, COMMAND)

    core = f"GNU coreutils, {algorithm}sum"
    php_call = "md5()" if algorithm == "md5" else f"hash('{algorithm}')"
    assemble(
        header,
        [
            *({"source": origin, "tests": tests} for origin, tests in transcribed),
            {"source": of_coreutils(core, "generated"), "tests": coreutils},
            {
                "source": source(
                    f"PHP, {php_call}", "8.2.36 (Debian php8.2-cli 8.2.36-1~deb12u1)", "generated", COMMAND
                ),
                "tests": php,
            },
            {
                "source": source(
                    f"Python, hashlib.{algorithm}", "3.11.2 (Debian python3 3.11.2-1)", "generated", COMMAND
                ),
                "tests": python,
            },
            {
                "source": of_coreutils("Digests of GNU coreutils, in upper case", "mutated"),
                "tests": respelled,
            },
            {"source": of_coreutils(core, "generated"), "tests": wrong},
            {
                "source": of_coreutils(
                    "Digests of GNU coreutils, changed so that they still parse", "mutated"
                ),
                "tests": changed,
            },
            {"source": of_coreutils("Digests of GNU coreutils, damaged", "mutated"), "tests": broken},
            *reported,
        ],
    )


generate("md5", "MD5 of the password, without a salt, as 32 hexadecimal digits.", "sha256", "SHA-256")
generate("sha256", "SHA-256 of the password, without a salt, as 64 hexadecimal digits.", "md5", "MD5")
