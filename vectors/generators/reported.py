"""Digests that users reported, for the generators of their hashers: passwords and salts are invented, and the digests were made anew
by the systems that the reports name.

Each generator asks its systems for them again before it writes them down.
"""

from vector_tools import invalid, malformed, source, valid

ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789" * 8
P = "orchid-17"
LATIN_1 = "Gr\u00fc\u00dfe-9".encode("latin-1")
NFC, NFD = "Gr\u00fc\u00dfe-9", "Gru\u0308\u00dfe-9"
SIGNER_KEY = "yO0SN1yBpsvwFTpfhKnO8xg9Yoes0fYbQGWKr9T5HkNojbLX/CFGa5C12v8kSW6TuN0CJ0xxlrvgBSpPdJm+4w=="
SODIUM = (
    "$argon2id$v=19$m=65536,t=2,p=1$RNJC28L4QYMX0iAgsHsn1w$RWSDB3WwIjE4PQdA8iRnymAE8yPKOXnZhq6kDzbWjAE"
)


def report(name, version, command):
    return source(name, version, "reported", command)


# By hasher: [(source, tests)].
REPORTED = {
    "bcrypt": [
        (
            report(
                "bcrypt (npm), reported for long passwords under $2a$", "6.0.0", "bcrypt.hashSync(password, setting)"
            ),
            [
                valid(
                    "254 bytes: the most that a count of eight bits holds with the NUL.",
                    ALPHANUMERIC[:254],
                    "$2a$05$CCCCCCCCCCCCCCCCCCCCC.xaSuo2DTs9wKnUHWOUBEPII1sb56lY.",
                ),
                valid(
                    "255 bytes: the first one makes the key.",
                    ALPHANUMERIC[:255],
                    "$2a$05$CCCCCCCCCCCCCCCCCCCCC.ODcEJfYFxKziEakDsjep8mcF3zSCvHq",
                    "Only2a",
                    "WrappedLength",
                ),
                valid(
                    "260 bytes: the first five make the key.",
                    ALPHANUMERIC[:260],
                    "$2a$05$CCCCCCCCCCCCCCCCCCCCC.cIMjo8FVuGQR76aMvpah9XV5ha.uML6",
                    "Only2a",
                    "WrappedLength",
                ),
            ],
        ),
        (
            report(
                "crypt_blowfish, reported for a password of bytes above 0x7f",
                "libxcrypt 4.4.33, PHP 8.2.36",
                "crypt(password, setting)",
            ),
            [
                valid(
                    "$2a$, with the countermeasure.",
                    b"\xff\xff\xa3",
                    "$2a$05$Kq3vB8tZ1xYw7LmNpQrsT.qfa9fi4bavjl2yM3mzxZv2X64zmGRpm",
                    "Only2a",
                    "Countermeasure",
                ),
                valid(
                    "$2x$, which makes the right key of this password.",
                    b"\xff\xff\xa3",
                    "$2x$05$Kq3vB8tZ1xYw7LmNpQrsT.n3CWGnSZEYQBQk7svM9blSPB33zLaBK",
                ),
                valid(
                    "$2y$, without a countermeasure.",
                    b"\xff\xff\xa3",
                    "$2y$05$Kq3vB8tZ1xYw7LmNpQrsT.n3CWGnSZEYQBQk7svM9blSPB33zLaBK",
                ),
            ],
        ),
        (
            report(
                "passlib, reported for the salts of its releases before 1.5.3",
                "1.7.4",
                "passlib.hash.bcrypt.verify(password, digest)",
            ),
            [
                malformed(
                    "Unused bits of the salt are set: passlib takes it with a warning.",
                    "$2a$06$abcdefghijklmnopqrstuvHSM8QJNEmXE1U4VACsOu998Gc6WnMQe",
                    "canonical",
                    "salt",
                    "UnusedBits",
                    password=P,
                ),
                valid(
                    "The same digest with these bits cleared.",
                    P,
                    "$2a$06$abcdefghijklmnopqrstuuHSM8QJNEmXE1U4VACsOu998Gc6WnMQe",
                ),
            ],
        ),
        (
            report(
                "bcrypt, reported for passwords of one byte a character",
                "libxcrypt 4.4.33, PHP 8.2.36",
                "crypt(password, setting)",
            ),
            [
                valid(
                    "Latin-1, in $2a$.", LATIN_1, "$2a$05$.eNOH/JZpQq/eA2sIdEwiu2n93X9RSsVtkMfb4zmHklFQ3igcTjfq"
                ),
                invalid(
                    "The same characters in UTF-8.",
                    NFC,
                    "$2a$05$.eNOH/JZpQq/eA2sIdEwiu2n93X9RSsVtkMfb4zmHklFQ3igcTjfq",
                ),
            ],
        ),
        (
            report("PHP's password_hash(), reported for an export", "8.2.36", "crypt(password, setting)"),
            [
                valid("An ordinary digest.", P, "$2y$05$gpqceHaVeBmoXJDpARw8X.L85EboL9NX5kObID0iORflt1D9GPDjW"),
            ],
        ),
        (
            report(
                "bcrypt, reported for a password that was typed in NFD",
                "libxcrypt 4.4.33, PHP 8.2.36",
                "crypt(password, setting)",
            ),
            [
                valid("The password in NFD.", NFD, "$2b$05$JGy.HGIt8xcVnyZrfCgsvu6XGPgKdw7zO5rcb4gguuWtBWUVCWMkq"),
                invalid(
                    "The password in NFC.",
                    NFC,
                    "$2b$05$JGy.HGIt8xcVnyZrfCgsvu6XGPgKdw7zO5rcb4gguuWtBWUVCWMkq",
                    "Normalization",
                ),
            ],
        ),
    ],
    "md5": [
        (
            report("PHP's md5(), reported for a table that names no hasher", "8.2.36", "md5(password)"),
            [valid("An ASCII password.", P, "6042da036fbde6fd738cd2c00e3c0143")],
        ),
        (
            report("PHP's md5(), reported for a site in ISO-8859-1", "8.2.36", "md5(password)"),
            [
                valid("One byte a character.", LATIN_1, "0a67862a1181f3b2161ad10f6200547a"),
                invalid("The same characters in UTF-8.", NFC, "0a67862a1181f3b2161ad10f6200547a"),
            ],
        ),
    ],
    "pbkdf2_sha256": [
        (
            report(
                "Keycloak, reported for an export whose fields were joined",
                "its PBKDF2 of 64 bytes, by OpenSSL 3.0.19",
                "hashlib.pbkdf2_hmac('sha256', password, salt, 27500, 64)",
            ),
            [
                valid(
                    "27,500 iterations and a checksum of 64 bytes.",
                    P,
                    "pbkdf2_sha256$27500$Wd49Jfl/4L27LWKYElQgKQ==$"
                    "l1MPc8JRIKGIqLFifDgiQroJYQ5GmALAGV1niy7gcG8ydsu8QLB90FaCKHnWjSRkqn2fOrV7TNbYtaKmdQIWdA==",
                    "ChecksumLength",
                )
            ],
        )
    ],
    "pbkdf2_sha512": [
        (
            report(
                "Keycloak, reported for an export whose fields were joined",
                "its PBKDF2 of 64 bytes, by OpenSSL 3.0.19",
                "hashlib.pbkdf2_hmac('sha512', password, salt, 210000, 64)",
            ),
            [
                malformed(
                    "Salt and checksum in base64: the form has hexadecimal, and its salt is text.",
                    "pbkdf2_sha512$210000$Wd49Jfl/4L27LWKYElQgKQ==$"
                    "hDiX94oTkG5W9OrcpdLwn+MQ4R2ISqKw515LEA27fcq+cy1sL2a7G1Asxgwkfktt9Os7UVkSOCu6ujTVE3oruw==",
                    "alphabet",
                    "checksum",
                    "OtherFormat",
                    password=P,
                )
            ],
        )
    ],
    "scrypt_firebase": [
        (
            report(
                "Firebase, reported for users that were listed by the Admin SDK",
                "firebase-scrypt 2.2.0 (npm)",
                "new FirebaseScrypt(parameters).hash(password, salt)",
            ),
            [
                valid(
                    "Checksum and salt are URL-safe, the signer key is not.",
                    P,
                    "64MhH07H6xe5DNL9HChY8DY1dk2ClAnkZhEklLPVwYdvVQb3cpZRU1cIg2ycwMLfN_su9d1WK-3bdZCPptLyAA=="
                    f"$rjfXAxv-kfP1RA==${SIGNER_KEY}$Bw==$8$14",
                    "Base64Spelling",
                )
            ],
        ),
        (
            report(
                "Firebase, reported for a project without a salt separator",
                "firebase-scrypt 2.2.0 (npm)",
                "new FirebaseScrypt(parameters).hash(password, salt)",
            ),
            [
                valid(
                    "An empty separator.",
                    P,
                    "dra3AKhb/CRoIluRRE4u38gEP0g/8ZY62q7bnjJWp2ly/2Oj7skDYeqhUr/UvzT0F/0xkwUGqZBL2MFcgLhS2Q=="
                    f"$rjfXAxv+kfP1RA==${SIGNER_KEY}$$8$14",
                    "Separator",
                )
            ],
        ),
    ],
    "phpass": [
        (
            report("WordPress, reported for a digest that was not replaced", "6.1.9", "PasswordHash, crypt_private()"),
            [valid("2^13 rounds.", P, "$P$Bl55YeV9l2IIgmDXV5HbfzTTPVr.J7.")],
        )
    ],
    "argon2id": [
        (
            report("libsodium, reported for a column of 128 characters", "1.0.18", "crypto_pwhash_str()"),
            [
                valid("The digest.", P, SODIUM),
                malformed(
                    "The digest as libsodium gives it, filled up with NULs to 128 characters.",
                    SODIUM.ljust(128, "\0"),
                    "alphabet",
                    "checksum",
                    "Whitespace",
                    password=P,
                ),
            ],
        ),
        (
            report(
                "argon2, the command, reported for a digest without its version",
                "0~20171227",
                "argon2 -id -v 13 -e, without v=19",
            ),
            [
                valid(
                    "Version 19, which the digest does not say.",
                    P,
                    "$argon2id$m=64,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$nX58KpZJdicwzfjRwDKCbDJ2LiZXHEuM6YCDK35/6Sk",
                    "NoVersion",
                )
            ],
        ),
    ],
    "argon2i": [
        (
            report(
                "argon2, the command, reported for a digest without its version",
                "0~20171227",
                "argon2 -i -v 10 -e, without v=16",
            ),
            [
                valid(
                    "Version 16, which the digest does not say.",
                    P,
                    "$argon2i$m=64,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$SorLm5rjaQZfZOmwRb3mPCBwaboKZMuRn59IaOC/9/w",
                    "NoVersion",
                )
            ],
        )
    ],
}


def reported_groups(hasher, add_flags=lambda password, digest: []):
    """The groups of a hasher's file. `add_flags` gives the flags that follow from a password, as bytes, and its digest."""
    return [
        {"source": origin, "tests": [with_flags(test, add_flags) for test in tests]} for origin, tests in REPORTED.get(hasher, [])
    ]


def with_flags(test, add_flags):
    password = bytes.fromhex(test["passwordHex"]) if "passwordHex" in test else test["password"].encode()
    more = [] if test["result"] == "malformed" else add_flags(password, test["digest"])
    return {**test, "flags": [*test["flags"], *(flag for flag in more if flag not in test["flags"])]}


def reported_tests(groups, *results):
    return [test for group in groups for test in group["tests"] if test["result"] in results]
