#!/usr/bin/env python3
"""Writes vectors/argon2i.json and vectors/argon2id.json.

Three systems make the digests: the command argon2 and Python's argon2-cffi (both libargon2, the reference implementation), and
the npm package @node-rs/argon2 (RustCrypto's implementation, which shares nothing with it). Each digest is verified by both
implementations, with the version that it was made for where it does not say; both refuse every `invalid` test.

Needs, from Debian 12: argon2 0~20171227, python3-argon2 21.1.0; from npm, with Node 20: @node-rs/argon2 2.2.1.

  npm install --no-save @node-rs/argon2@2.2.1
  python3 vectors/generators/argon2_phc.py [folder that holds node_modules]
"""

import base64
import functools
import itertools
import re
import subprocess
import sys

from argon2 import low_level

from password_flags import NOTES, password_flags
from reported import reported_groups, reported_tests
from vector_tools import (
    assemble,
    change,
    fixed_bytes,
    invalid,
    malformed,
    note,
    password_bytes,
    read_passwords,
    replace_once,
    run_node,
    source,
    valid,
)

COMMAND = "python3 vectors/generators/argon2_phc.py"
FOLDER = sys.argv[1] if len(sys.argv) > 1 else "."
RFC = "https://www.rfc-editor.org/rfc/rfc9106"
TYPES = {"argon2i": low_level.Type.I, "argon2id": low_level.Type.ID}
SALTS = [b"somesalt", b"saltsalt", *(fixed_bytes(f"argon2 salt {length}", length) for length in (12, 16, 16, 32))]

NODE_SCRIPT = """
const { hashRaw } = require('@node-rs/argon2')
const bytes = (hex) => Buffer.from(hex, 'hex')
const run = ({ password, salt, ...options }) => hashRaw(bytes(password), { ...options, salt: bytes(salt) })
Promise.all(JSON.parse(require('fs').readFileSync(0)).map(run)).then((made) =>
  console.log(JSON.stringify(made.map((bytes) => bytes.toString('hex')))),
)
"""


def encode(data):
    return base64.b64encode(data).decode().rstrip("=")


def decode(text):
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def read(digest):
    """The fields of a well-formed digest, the parameters in any order."""
    hasher, *version, parameters, salt, checksum = digest.split("$")[1:]
    m, t, p = (int(re.search(rf"{name}=(\d+)", parameters)[1]) for name in "mtp")
    return hasher, int(version[0][2:]) if version else None, m, t, p, decode(salt), decode(checksum)


def by_command(hasher, comment, password, salt, *options, flags=()):
    run = subprocess.run(
        ["argon2", salt, f"-{hasher.removeprefix('argon2')}", "-e", *map(str, options)],
        input=password_bytes(password) if isinstance(password, dict) else password.encode(),
        capture_output=True,
        check=True,
    )
    return valid(comment, password, run.stdout.decode().strip(), *flags)


def by_cffi(hasher, comment, password, salt, m=8, t=1, p=1, length=32, version=19, flags=()):
    raw = password_bytes(password) if isinstance(password, dict) else password.encode()
    digest = low_level.hash_secret(raw, salt, t, m, p, length, TYPES[hasher], version).decode()
    return valid(comment, password, digest, *flags)


def rust_job(password, salt, m=8, t=1, p=1, length=32, version=19, *, hasher):
    return {
        "password": password.hex(),
        "salt": salt.hex(),
        "algorithm": {"argon2i": 1, "argon2id": 2}[hasher],
        "version": {16: 0, 19: 1}[version],
        "memoryCost": m,
        "timeCost": t,
        "parallelism": p,
        "outputLen": length,
    }


def all_by_rust(hasher, entries):
    """Entries are (comment, password, salt, options, flags)."""
    jobs = [
        rust_job(
            password_bytes(password) if isinstance(password, dict) else password.encode(),
            salt,
            **options,
            hasher=hasher,
        )
        for _, password, salt, options, _ in entries
    ]
    tests = []
    for (comment, password, salt, options, flags), made in zip(entries, run_node(NODE_SCRIPT, jobs, FOLDER)):
        numbers = {"version": 19, "m": 8, "t": 1, "p": 1, **options}
        digest = "${hasher}$v={version}$m={m},t={t},p={p}".format(hasher=hasher, **numbers)
        tests.append(valid(comment, password, f"{digest}${encode(salt)}${encode(bytes.fromhex(made))}", *flags))
    return tests


def flags_of(entry):
    return password_flags(password_bytes(entry))


def by_the_command(hasher):
    def make(*arguments, **rest):
        return by_command(hasher, *arguments, **rest)

    return [
        make("The command's own defaults.", "correct horse", "somesalt"),
        make("The least memory that one lane can have.", "vintage-41", "somesalt", "-k", 8, "-t", 1),
        make("The least memory that eight lanes can have.", "pelican road", "somesalt", "-k", 64, "-t", 4, "-p", 8),
        make(
            "Memory that is no multiple of four times the lanes.", "remainder", "remainder", "-k", 67, "-t", 2, "-p", 3
        ),
        make("Ten iterations.", "ten times", "somesalt", "-k", 256, "-t", 10),
        make("64 MiB.", "a large one", "largesalt", "-k", 65536, "-t", 1, "-p", 4),
        make(
            "The shortest checksum.", "short checksum", "somesalt", "-k", 16, "-t", 1, "-l", 4, flags=["ChecksumLength"]
        ),
        make(
            "A checksum of 64 bytes.", "kestrel 64", "somesalt", "-k", 16, "-t", 1, "-l", 64, flags=["ChecksumLength"]
        ),
        make(
            "A checksum of 65 bytes.", "kestrel 65", "somesalt", "-k", 16, "-t", 1, "-l", 65, flags=["ChecksumLength"]
        ),
        make(
            "A checksum of 128 bytes.",
            "kestrel 128",
            "somesalt",
            "-k",
            16,
            "-t",
            1,
            "-l",
            128,
            flags=["ChecksumLength"],
        ),
        make("Version 16.", "old version", "somesalt", "-k", 256, "-t", 2, "-v", 10, flags=["Version16"]),
        make(
            "Version 16 with one iteration.", "one pass", "somesalt", "-k", 64, "-t", 1, "-v", 10, flags=["Version16"]
        ),
    ]


def by_argon2_cffi(hasher, entries):
    def make(*arguments, **rest):
        return by_cffi(hasher, *arguments, **rest)

    return [
        *(
            make(
                entry["comment"],
                entry,
                SALTS[index % 6],
                m=(8, 16, 24, 33)[index % 4],
                t=1 + index % 3,
                p=1 + index % 2,
                flags=flags_of(entry),
            )
            for index, entry in enumerate(entries)
        ),
        make("A salt of 64 bytes.", "long salt", fixed_bytes("argon2 salt", 64)),
        make("A salt of zero bytes in value.", "zeros", bytes(8)),
        make("19 MiB and two iterations, a common recommendation.", "nineteen", SALTS[3], m=19456, t=2),
        make("Eight lanes, a megabyte and a checksum of 16 bytes.", "orchard7", SALTS[4], m=1024, t=2, p=8, length=16),
        make("Version 16 with three lanes.", "old lanes", SALTS[5], m=96, t=3, p=3, version=16, flags=["Version16"]),
    ]


def rust_entries(entries):
    return [
        *(
            (entry["comment"], entry, SALTS[(index + 2) % 6], {"m": 8 + 5 * index, "t": 1 + index % 4}, flags_of(entry))
            for index, entry in enumerate(entries)
        ),
        ("Sixteen lanes.", "marigold", SALTS[1], {"m": 128, "p": 16}, []),
        ("Seven lanes with a remainder of memory.", "tin whistle", SALTS[2], {"m": 123, "t": 3, "p": 7}, []),
        ("A salt of eight bytes, the shortest.", "shortest salt", bytes.fromhex("fffefdfcfbfaf9f8"), {"m": 16}, []),
        ("A checksum of five bytes.", "hazelnut", SALTS[3], {"length": 5}, ["ChecksumLength"]),
        ("A checksum of 100 bytes.", "hundred", SALTS[4], {"length": 100}, ["ChecksumLength"]),
        ("Version 16 with ten iterations.", "old ten", SALTS[5], {"m": 40, "t": 10, "version": 16}, ["Version16"]),
    ]


LIBARGON2 = source(
    "libargon2, tests", "20190702", "transcribed", "https://github.com/P-H-C/phc-winner-argon2 src/test.c"
)
SUPABASE = source(
    "Supabase Auth, tests",
    "1b6fdb9",
    "transcribed",
    "https://github.com/supabase/auth internal/crypto/password_test.go",
)
KRATOS = source("Ory Kratos, tests", "029d8a3", "transcribed", "https://github.com/ory/kratos hash/hasher_test.go")
DJANGO = source(
    "Django, tests",
    "4.1",
    "transcribed",
    "https://github.com/django/django tests/auth_tests/test_hashers.py, without Django's prefix",
)

TRANSCRIBED = {
    "argon2i": [
        (
            LIBARGON2,
            [
                valid(
                    "Version 16, which the digest does not name.",
                    "password",
                    "$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
                    "NoVersion",
                ),
                valid(
                    "Version 16 with two lanes.",
                    "password",
                    "$argon2i$m=256,t=2,p=2$c29tZXNhbHQ$tsEVYKap1h6scGt5ovl9aLRGOqOth+AMB+KwHpDFZPs",
                    "NoVersion",
                ),
                valid(
                    "Version 16 with 64 MiB.",
                    "password",
                    "$argon2i$m=65536,t=1,p=1$c29tZXNhbHQ$gWMFUrjzsfSM2xmSxMZ4ZD1JCytetP9sSzQ4tWIXJLI",
                    "NoVersion",
                ),
                valid(
                    "Version 19.",
                    "password",
                    "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8",
                ),
                valid(
                    "Version 19 with two lanes.",
                    "password",
                    "$argon2i$v=19$m=256,t=2,p=2$c29tZXNhbHQ$T/XOJ2mh1/TIpJHfCdQan76Q5esCFVoT5MAeIM1Oq2E",
                ),
            ],
        ),
        (
            DJANGO,
            [
                valid(
                    "No version and a checksum of 64 bytes.",
                    "secret",
                    "$argon2i$m=8,t=1,p=1$c29tZXNhbHQ$gwQOXSNhxiOxPOA0+PY10P9QFO4NAYysnqRt1GSQLE55m+2GYDt9FEjPMHhP2Cuf0nOEXXMocVrsJAtNSsKyfg",
                    "NoVersion",
                )
            ],
        ),
        (
            SUPABASE,
            [
                valid(
                    "A checksum of 16 bytes.",
                    "test",
                    "$argon2i$v=19$m=16,t=2,p=1$bGJRWThNOHJJTVBSdHl2dQ$NfEnUOuUpb7F2fQkgFUG4g",
                    "ChecksumLength",
                )
            ],
        ),
    ],
    "argon2id": [
        (
            LIBARGON2,
            [
                valid(
                    "One lane.",
                    "password",
                    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                ),
                valid(
                    "Two lanes.",
                    "password",
                    "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
                ),
                valid(
                    "64 MiB.",
                    "password",
                    "$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg",
                ),
            ],
        ),
        (
            SUPABASE,
            [
                valid(
                    "Two lanes and a checksum of 32 bytes.",
                    "test",
                    "$argon2id$v=19$m=32,t=3,p=2$SFVpOWJ0eXhjRzVkdGN1RQ$RXnb8rh7LaDcn07xsssqqulZYXOM/EUCEFMVcAcyYVk",
                )
            ],
        ),
        (
            KRATOS,
            [
                valid(
                    "Four lanes in the least memory, a checksum of 16 bytes.",
                    "test",
                    "$argon2id$v=19$m=32,t=2,p=4$cm94YnRVOW5jZzFzcVE4bQ$MNzk5BtR2vUhrp6qQEjRNw",
                    "ChecksumLength",
                ),
                valid(
                    "Four lanes in the least memory, a checksum of 32 bytes.",
                    "test",
                    "$argon2id$v=19$m=32,t=5,p=4$cm94YnRVOW5jZzFzcVE4bQ$fBxypOL0nP/zdPE71JtAV71i487LbX3fJI5PoTN6Lp4",
                ),
            ],
        ),
    ],
}

# Two published examples whose passwords nobody has told.
UNKNOWN = {
    "argon2i": "$argon2i$v=19$m=4096,t=3,p=1$4t6CL3P7YiHBtwESXawI8Hm20zJj4cs7/4/G3c187e0$m7RQFczcKr5bIR0IIxbpO2P0tyrLjf3eUW3M3QSwnLc",
    "argon2id": "$argon2id$v=19$m=64,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU",
}

WORD = "Ångström Straße №3"
LONG_WORD = "0123456789" * 10


def by_reference(hasher, password, salt=b"Wx7QsaltWx7Qsalt", m=72, t=3, p=2, length=32, version=19):
    raw = password if isinstance(password, bytes) else password.encode()
    return low_level.hash_secret(raw, salt, t, m, p, length, TYPES[hasher], version).decode()


def respelled(hasher):
    digest = by_reference(hasher, "any order")
    parameters = "m=72,t=3,p=2"
    orders = [",".join(order) for order in itertools.permutations(parameters.split(","))]
    version_16 = by_reference(hasher, "made by 16", version=16)
    version_19 = by_reference(hasher, "made by 19")
    single_pass = by_reference(hasher, "made by 19 in one pass", t=1)
    return [
        *(
            valid(
                f"The parameters in the order {re.sub('[^mtp]', '', order)}.",
                "any order",
                replace_once(digest, parameters, order),
                "ParameterOrder",
            )
            for order in orders
            if order != parameters
        ),
        valid(
            "Made by version 16, which the digest no longer says.",
            "made by 16",
            replace_once(version_16, "v=16$", ""),
            "NoVersion",
        ),
        valid(
            "Made by version 16, no version and another order.",
            "made by 16",
            replace_once(version_16, "v=16$m=72,t=3,p=2", "m=72,p=2,t=3"),
            *("NoVersion", "ParameterOrder"),
        ),
        valid(
            "Made by version 19, which the digest no longer says.",
            "made by 19",
            replace_once(version_19, "v=19$", ""),
            "NoVersion",
        ),
        valid(
            "Made by version 19 in one iteration, which the digest no longer says.",
            "made by 19 in one pass",
            replace_once(single_pass, "v=19$", ""),
            "NoVersion",
        ),
    ]


def near_misses(hasher):
    base = by_reference(hasher, WORD)
    unnamed = replace_once(base, "v=19$", "")
    long_base = by_reference(hasher, LONG_WORD)
    nul_base = by_reference(hasher, "a\0b")
    return [
        invalid("A published example and a guess.", "password", UNKNOWN[hasher]),
        invalid("A published example and another guess.", "gibberish", UNKNOWN[hasher]),
        invalid("Another password.", "letmein", base),
        invalid("No password.", "", base),
        invalid("The same in upper case.", WORD.upper(), base),
        invalid("The same in lower case.", WORD.lower(), base),
        invalid("A trailing space.", WORD + " ", base),
        invalid("A leading space.", " " + WORD, base),
        invalid("A trailing line feed.", WORD + "\n", base),
        invalid("One character short.", WORD[:-1], base),
        invalid("A NUL at the end.", WORD + "\0", base, "Nul"),
        invalid("A NUL in front.", "\0" + WORD, base, "Nul"),
        invalid("A NUL in place of the empty password.", "\0", by_reference(hasher, ""), "Nul"),
        invalid("The same in NFD.", "A\u030angstro\u0308m Straße №3", base),
        invalid("The same in NFKC.", "Ångström Straße No3", base),
        invalid("The angstrom sign for the letter.", "\u212bngström Straße №3", base),
        invalid("Accents left out.", "Angstrom Strasse №3", base),
        invalid("What stands before a NUL.", "a", nul_base, "Nul"),
        invalid("Another character after the NUL.", "a\0c", nul_base, "Nul"),
        invalid("A password of 100 bytes cut to 72.", LONG_WORD[:72], long_base),
        invalid("Two passwords that differ in byte 100.", LONG_WORD[:-1] + "x", long_base, "LongPassword"),
        invalid(
            "Replacement characters in place of bytes that are not UTF-8.",
            "\ufffd\ufffd\ufffd",
            by_reference(hasher, b"\xff\xfe\x80"),
        ),
        invalid("Another password where the version is missing.", "letmein", unnamed, "NoVersion"),
    ]


def changed(hasher):
    base = by_reference(hasher, WORD)
    head, checksum = base.rsplit("$", 1)
    salt = head.rsplit("$", 1)[1]
    other = {"argon2i": "argon2id", "argon2id": "argon2i"}[hasher]
    return [
        invalid(
            "The first character of the checksum changed.",
            WORD,
            f"{head}${'A' if checksum[0] != 'A' else 'B'}{checksum[1:]}",
        ),
        invalid(
            "The last byte of the checksum changed.",
            WORD,
            f"{head}${encode(decode(checksum)[:-1] + bytes([decode(checksum)[-1] ^ 1]))}",
        ),
        invalid(
            "The checksum cut to 28 bytes: its length is hashed too.",
            WORD,
            f"{head}${encode(decode(checksum)[:28])}",
            "ChecksumLength",
        ),
        invalid("The checksum cut to four bytes.", WORD, f"{head}${encode(decode(checksum)[:4])}", "ChecksumLength"),
        invalid(
            "A byte added to the checksum.", WORD, f"{head}${encode(decode(checksum) + bytes(1))}", "ChecksumLength"
        ),
        invalid("A checksum of zeros.", WORD, f"{head}${encode(bytes(32))}"),
        invalid(
            "The first character of the salt changed.",
            WORD,
            replace_once(base, f"${salt}$", f"${change(salt, 0, 'A')}$"),
        ),
        invalid(
            "A byte added to the salt.", WORD, replace_once(base, f"${salt}$", f"${encode(decode(salt) + bytes(1))}$")
        ),
        invalid("Salt and checksum exchanged.", WORD, replace_once(base, f"${salt}${checksum}", f"${checksum}${salt}")),
        invalid("One KiB more.", WORD, replace_once(base, "m=72", "m=73")),
        invalid("A remainder of memory, which is not used but hashed.", WORD, replace_once(base, "m=72", "m=79")),
        invalid("One iteration more.", WORD, replace_once(base, "t=3", "t=4")),
        invalid("One lane less.", WORD, replace_once(base, "p=2", "p=1")),
        invalid("Iterations and lanes exchanged.", WORD, replace_once(base, "t=3,p=2", "t=2,p=3")),
        invalid("Version 16 in place of 19.", WORD, replace_once(base, "v=19", "v=16"), "Version16"),
        invalid(
            "Version 19 in place of 16.",
            WORD,
            replace_once(by_reference(hasher, WORD, version=16), "v=16", "v=19"),
            "Version16",
        ),
        invalid(
            "The other kind of Argon2 made it.",
            WORD,
            replace_once(by_reference(other, WORD), f"${other}$", f"${hasher}$"),
        ),
        invalid(
            "The salt's base64 text was used as the salt.",
            WORD,
            replace_once(by_reference(hasher, WORD, salt=salt.encode()), encode(salt.encode()), salt),
        ),
    ]


broken = functools.partial(malformed, password=WORD)


def damaged(hasher):
    base = by_reference(hasher, WORD)
    head, checksum = base.rsplit("$", 1)
    salt = head.rsplit("$", 1)[1]
    parameters = "m=72,t=3,p=2"

    def with_parameters(text):
        return replace_once(base, parameters, text)

    def with_version(text):
        return replace_once(base, "v=19", f"v={text}")

    def with_salt(text):
        return replace_once(base, f"${salt}$", f"${text}$")

    def with_checksum(text):
        return f"{head}${text}"

    return [
        broken("Only the prefix.", f"${hasher}$", "shape", "digest"),
        broken("The dollar sign in front is missing.", base[1:], "shape", "digest"),
        broken("The name in upper case.", base.replace("argon", "ARGON"), "shape", "digest"),
        broken("Argon2d.", base.replace(f"${hasher}$", "$argon2d$"), "shape", "digest", "OtherSystem"),
        broken(
            "The other kind of Argon2.",
            base.replace(f"${hasher}$", {"argon2i": "$argon2id$", "argon2id": "$argon2i$"}[hasher]),
            *("shape", "digest", "OtherSystem"),
        ),
        broken("Django's prefix.", f"argon2{base}", "shape", "digest", "OtherSystem"),
        broken("An LDAP prefix.", f"{{ARGON2}}{base}", "shape", "digest", "OtherSystem"),
        broken("A space in front.", f" {base}", "shape", "digest", "Whitespace"),
        broken("A byte order mark in front.", f"\ufeff{base}", "shape", "digest", "Whitespace"),
        broken("The checksum is missing.", head, "shape", "digest"),
        broken("A field after the checksum.", f"{base}$", "shape", "digest"),
        broken(
            "The sign between parameters and salt is missing.", replace_once(base, f"${salt}", salt), "shape", "digest"
        ),
        broken("The version twice.", replace_once(base, "v=19$", "v=19$v=19$"), "shape", "digest"),
        broken("Version 18.", with_version("18"), "version", "v"),
        broken("Version zero.", with_version("0"), "version", "v"),
        broken("The version in hexadecimal.", with_version("0x13"), "number", "v", "BadNumber"),
        broken("The version as a fraction.", with_version("1.3"), "number", "v", "BadNumber"),
        broken("A leading zero in the version.", with_version("019"), "number", "v", "BadNumber"),
        broken("An empty version.", with_version(""), "number", "v", "BadNumber"),
        broken("An unknown parameter.", with_parameters(f"{parameters},x=1"), "shape", "parameters"),
        broken(
            "A key id, which belongs to a secret.", with_parameters(f"{parameters},keyid=Zm9v"), "shape", "parameters"
        ),
        broken("Associated data.", with_parameters(f"{parameters},data=Zm9v"), "shape", "parameters"),
        broken("A parameter without its value.", with_parameters("m,t=3,p=2"), "shape", "parameters"),
        broken("A parameter's name in upper case.", with_parameters("M=72,t=3,p=2"), "shape", "parameters"),
        broken("A comma at the end.", with_parameters(f"{parameters},"), "shape", "parameters"),
        broken(
            "Spaces between the parameters.", with_parameters("m=72, t=3, p=2"), "shape", "parameters", "Whitespace"
        ),
        broken("No parameters.", with_parameters(""), "shape", "parameters"),
        broken("No memory.", with_parameters("t=3,p=2"), "shape", "m"),
        broken("No iterations.", with_parameters("m=72,p=2"), "shape", "t"),
        broken("No lanes.", with_parameters("m=72,t=3"), "shape", "p"),
        broken("The memory twice.", with_parameters("m=72,m=72,t=3,p=2"), "duplicate", "m"),
        broken("The lanes twice, with two values.", with_parameters("m=72,t=3,p=2,p=1"), "duplicate", "p"),
        broken("An empty number.", with_parameters("m=,t=3,p=2"), "number", "m", "BadNumber"),
        broken("A plus sign.", with_parameters("m=+72,t=3,p=2"), "number", "m", "BadNumber"),
        broken("A leading zero.", with_parameters("m=072,t=3,p=2"), "number", "m", "BadNumber"),
        broken("A hexadecimal number.", with_parameters("m=0x48,t=3,p=2"), "number", "m", "BadNumber"),
        broken("An underscore.", with_parameters("m=7_2,t=3,p=2"), "number", "m", "BadNumber"),
        broken("Full-width digits.", with_parameters("m=\uff17\uff12,t=3,p=2"), "number", "m", "BadNumber"),
        broken("A negative number of iterations.", with_parameters("m=72,t=-3,p=2"), "number", "t", "BadNumber"),
        broken("An exponent.", with_parameters("m=72,t=3e0,p=2"), "number", "t", "BadNumber"),
        broken("A space before a number.", with_parameters("m=72,t=3,p= 2"), "number", "p", "BadNumber"),
        broken("A decimal point.", with_parameters("m=72,t=3,p=2.0"), "number", "p", "BadNumber"),
        broken("Less than eight KiB.", with_parameters("m=7,t=3,p=1"), "range", "m"),
        broken("Less than eight KiB for each lane.", with_parameters("m=72,t=3,p=10"), "range", "m"),
        broken("More memory than 32 bits count.", with_parameters("m=4294967296,t=3,p=2"), "range", "m"),
        broken("No iterations at all.", with_parameters("m=72,t=0,p=2"), "range", "t"),
        broken("More iterations than 32 bits count.", with_parameters("m=72,t=4294967296,p=2"), "range", "t"),
        broken("No lanes at all.", with_parameters("m=72,t=3,p=0"), "range", "p"),
        broken("More lanes than 24 bits count.", with_parameters("m=4294967295,t=3,p=16777216"), "range", "p"),
        broken("An empty salt.", with_salt(""), "length", "salt"),
        broken("A salt of seven bytes.", with_salt(encode(b"sevenby")), "length", "salt"),
        broken("A salt that is no number of bytes long.", with_salt(salt[:-1]), "length", "salt"),
        broken(
            "Unused bits set in the salt.",
            with_salt(change(salt, -1, chr(ord(salt[-1]) + 1))),
            "canonical",
            "salt",
            "UnusedBits",
        ),
        broken("A salt with padding.", with_salt(f"{salt}=="), "alphabet", "salt"),
        broken("A NUL in the salt.", with_salt(change(salt, 4, "\0")), "alphabet", "salt"),
        broken("A Cyrillic letter in the salt.", with_salt(change(salt, 4, "\u0430")), "alphabet", "salt"),
        broken("An empty checksum.", with_checksum(""), "length", "checksum"),
        broken("A checksum of three bytes.", with_checksum("AAAA"), "length", "checksum", "ChecksumLength"),
        broken("A checksum that is no number of bytes long.", with_checksum(checksum[:-2]), "length", "checksum"),
        broken(
            "Unused bits set in the checksum.",
            with_checksum(change(checksum, -1, chr(ord(checksum[-1]) + 1))),
            "canonical",
            "checksum",
            "UnusedBits",
        ),
        broken("A checksum with padding.", f"{base}=", "alphabet", "checksum"),
        broken("URL-safe base64.", with_checksum(change(checksum, 7, "_")), "alphabet", "checksum"),
        broken("The alphabet of crypt.", with_checksum(change(checksum, 7, ".")), "alphabet", "checksum"),
        broken("A line feed at the end.", f"{base}\n", "alphabet", "checksum", "Whitespace"),
        broken("A carriage return at the end.", f"{base}\r", "alphabet", "checksum", "Whitespace"),
        broken("A space at the end.", f"{base} ", "alphabet", "checksum", "Whitespace"),
        broken("A NUL at the end.", f"{base}\0", "alphabet", "checksum"),
    ]


def versions_of(digest):
    version = read(digest)[1]
    return [version] if version else [16, 19]


def cross_check(hasher, tests, expected):
    """Both implementations, with every version that a digest can mean."""
    readings = [(test, version) for test in tests for version in versions_of(test["digest"])]
    jobs, by_c = [], []
    for test, version in readings:
        name, _, m, t, p, salt, checksum = read(test["digest"])
        assert name == hasher
        password = password_bytes(test)
        jobs.append(rust_job(password, salt, m, t, p, len(checksum), version, hasher=hasher))
        by_c.append(low_level.hash_secret_raw(password, salt, t, m, p, len(checksum), TYPES[hasher], version))
    matched = set()
    for (test, _), raw, rust in zip(readings, by_c, run_node(NODE_SCRIPT, jobs, FOLDER)):
        assert raw.hex() == rust, test
        if raw == read(test["digest"])[-1]:
            matched.add(id(test))
    for test in tests:
        assert (id(test) in matched) is expected, test


def spell(order):
    """The rewrite of one order of the parameters into m,t,p."""
    places = {name: index + 1 for index, name in enumerate(order)}
    return {
        "description": f"The parameters may stand in any order: {','.join(order)}.",
        "pattern": ",".join(rf"{name}=(\d+)" for name in order),
        "rewrite": ",".join(f"{name}=${places[name]}" for name in "mtp"),
    }


def header(hasher):
    kind = hasher.removeprefix("argon2")
    return {
        "hasher": hasher,
        "description": f"Argon2{kind} in the PHC string format: ${hasher}$v=19$m=<KiB>,t=<iterations>,p=<lanes>$salt$checksum.",
        "spellings": [
            *(spell(order) for order in itertools.permutations("mtp") if order != tuple("mtp")),
            {"description": "A missing version means 16.", "pattern": "\\$v=16\\$", "rewrite": "$$"},
        ],
        "notes": {
            **{flag: NOTES[flag] for flag in ("LongPassword", "NotUtf8", "Nul", "OuterSpace")},
            "Version16": note(
                "variant",
                "Version 16 (1.0) of Argon2, which overwrites memory where 19 (1.3) mixes into it.",
                "A verifier of version 19 alone refuses digests made before 2016.",
                f"{RFC}#section-3.1",
            ),
            "NoVersion": note(
                "variant",
                "The digest does not say its version. libargon2 left it out before 19 existed, so 16 is tried first; some writers "
                "leave out 19, so it is tried second.",
                "With one reading alone, the users of either writer are locked out.",
                "https://github.com/P-H-C/phc-winner-argon2",
            ),
            "ParameterOrder": note(
                "variant",
                "The parameters in another order than m, t, p; the npm package argon2 writes m, p, t since 0.45.",
                "A parser that reads by position takes lanes for iterations, or refuses the digest.",
                "https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md",
            ),
            "ChecksumLength": note(
                "edge",
                "The checksum's length is no fixed one, and it is an input of the hash: a cut checksum matches nothing.",
                "A verifier that derives 32 bytes and compares a beginning is wrong in both directions.",
                f"{RFC}#section-3.2",
            ),
            "OtherSystem": note(
                "malformed",
                "Another kind of Argon2, or a prefix that another system puts in front.",
                "Checked as this kind it would refuse the right password instead of saying why.",
            ),
            "UnusedBits": note(
                "malformed",
                "The last base64 character has bits that no byte takes up.",
                "One digest would have several spellings that a comparison of text takes for different ones.",
                "https://www.rfc-editor.org/rfc/rfc4648#section-3.5",
            ),
            "Whitespace": note(
                "malformed",
                "White space or a byte order mark, as an import file leaves it behind.",
                "Trimming hides a damaged column until it damages more than white space.",
            ),
            "BadNumber": note(
                "malformed",
                "A number that is not a canonical decimal.",
                "Lenient number parsing reads another cost than the one that was written, or never ends.",
            ),
        },
    }


passwords = read_passwords()
for hasher, first in [("argon2i", 0), ("argon2id", 1)]:
    command_tests = by_the_command(hasher)
    cffi_tests = by_argon2_cffi(hasher, passwords[first::2])
    rust_tests = all_by_rust(hasher, rust_entries(passwords[1 - first :: 2]))
    transcribed_tests = [test for _, tests in TRANSCRIBED[hasher] for test in tests]
    respelled_tests = respelled(hasher)
    missed, other = near_misses(hasher), changed(hasher)
    reported = reported_groups(hasher, lambda password, digest: password_flags(password))
    made = command_tests + cffi_tests + rust_tests
    cross_check(hasher, made + transcribed_tests + respelled_tests + reported_tests(reported, "valid"), True)
    cross_check(hasher, missed + other, False)
    assemble(
        header(hasher),
        [
            *({"source": origin, "tests": tests} for origin, tests in TRANSCRIBED[hasher]),
            {
                "source": source("argon2, the command of libargon2 (Debian)", "0~20171227", "generated", COMMAND),
                "tests": command_tests,
            },
            {
                "source": source("argon2-cffi (Debian python3-argon2)", "21.1.0", "generated", COMMAND),
                "tests": cffi_tests,
            },
            {"source": source("@node-rs/argon2 (npm)", "2.2.1", "generated", COMMAND), "tests": rust_tests},
            {"source": source("argon2-cffi, re-spelled", "21.1.0", "mutated", COMMAND), "tests": respelled_tests},
            {"source": source("argon2-cffi, another password", "21.1.0", "mutated", COMMAND), "tests": missed},
            {"source": source("argon2-cffi, a changed digest", "21.1.0", "mutated", COMMAND), "tests": other},
            {"source": source("argon2-cffi, a damaged digest", "21.1.0", "mutated", COMMAND), "tests": damaged(hasher)},
            *reported,
        ],
    )
