#!/usr/bin/env python3
"""Writes vectors/scrypt_firebase.json.

Two systems make the digests: the npm package firebase-scrypt (scrypt and AES of OpenSSL), and the steps of Firebase's
published utility done with libsodium's scrypt and pycryptodome's AES. Each digest of one is verified by the other, and so
is what was transcribed or re-spelled; both refuse every `invalid` test.

firebase-scrypt refuses an empty string as a password: it is handed over as an empty buffer, as all passwords are bytes here.

Needs, from Debian 12: python3-pycryptodome 3.11.0, libsodium23 1.0.18; from npm, with Node 20: firebase-scrypt 2.2.0.

  npm install --no-save firebase-scrypt@2.2.0
  python3 vectors/generators/scrypt_firebase.py [folder that holds node_modules]
"""

import base64
import functools
import sys

from Cryptodome.Cipher import AES

from password_flags import NOTES, TRUNCATED_NOTE, key_sized_passwords
from reported import reported_groups, reported_tests
from sodium import HASHED_WORD, HMAC_KEY_NOTE, LONG_WORD, scrypt, scrypt_flags
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

COMMAND = "python3 vectors/generators/scrypt_firebase.py"
FOLDER = sys.argv[1] if len(sys.argv) > 1 else "."
SIGNER_KEY = fixed_bytes("firebase signer key", 64)
README = "https://github.com/firebase/scrypt#password-hashing"


def encode(data):
    return base64.b64encode(data).decode()


def decode(text):
    text = text.replace("-", "+").replace("_", "/").rstrip("=")
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def lay(checksum, salt, signer_key=SIGNER_KEY, separator=b"\x07", rounds=8, memory_cost=1):
    return "$".join([*map(encode, (checksum, salt, signer_key, separator)), str(rounds), str(memory_cost)])


def checksum_by_sodium(password, salt, signer_key, separator, rounds, memory_cost):
    key = scrypt(password, salt + separator, 2**memory_cost, rounds, 1, 32)
    return AES.new(key, AES.MODE_CTR, nonce=b"", initial_value=bytes(16)).encrypt(signer_key)


NODE_SCRIPT = """
const { FirebaseScrypt } = require('firebase-scrypt')
const run = async ({ password, digest }) => {
  const [, salt, signerKey, saltSeparator, rounds, memCost] = digest.split('$')
  const scrypt = new FirebaseScrypt({ memCost: Number(memCost), rounds: Number(rounds), saltSeparator, signerKey })
  return scrypt.hash(Buffer.from(password, 'hex'), salt)
}
Promise.all(JSON.parse(require('fs').readFileSync(0)).map(run)).then((made) => console.log(JSON.stringify(made)))
"""


def checksums_by_node(tests):
    """What firebase-scrypt makes of each test's password and of its digest's fields but the first."""
    jobs = [{"password": password_bytes(test).hex(), "digest": test["digest"]} for test in tests]
    return [base64.b64decode(made) for made in run_node(NODE_SCRIPT, jobs, FOLDER)]


def make(comment, password, *flags, **fields):
    """A test whose checksum is still to be made."""
    return valid(comment, password, lay(b"", **fields), *flags)


def as_bytes(password):
    return password if isinstance(password, bytes) else password.encode()


def by_sodium(test):
    _, *fields, rounds, memory_cost = test["digest"].split("$")
    checksum = checksum_by_sodium(password_bytes(test), *map(decode, fields), int(rounds), int(memory_cost))
    return {**test, "digest": encode(checksum) + test["digest"]}


def all_by_node(tests):
    return [
        {**test, "digest": encode(checksum) + test["digest"]} for test, checksum in zip(tests, checksums_by_node(tests))
    ]


def matrix(passwords, label):
    return [
        make(
            entry["comment"],
            entry,
            *scrypt_flags(password_bytes(entry)),
            salt=fixed_bytes(f"{label} salt {index}", 10),
            rounds=1 + index % 8,
            memory_cost=1 + index % 7,
        )
        for index, entry in enumerate(passwords)
    ]


passwords = read_passwords()

node_tests = all_by_node(
    [
        *matrix(passwords[0::2], "firebase-scrypt"),
        make("The parameters of every Firebase project.", "p4ssw0rd", salt=fixed_bytes("typical", 10), memory_cost=14),
        make("The smallest memory cost and rounds.", "lowest", salt=fixed_bytes("low", 10), rounds=1),
        make("The largest memory cost with one round.", "tall", salt=fixed_bytes("tall", 10), rounds=1, memory_cost=14),
        make("The smallest memory cost with eight rounds.", "wide", salt=fixed_bytes("wide", 10), rounds=8),
        make(
            "Rounds and memory cost are the same number.",
            "copper kettle",
            salt=fixed_bytes("copper kettle", 10),
            rounds=5,
            memory_cost=5,
        ),
        make("No salt separator.", "no separator", "Separator", salt=fixed_bytes("none", 10), separator=b""),
        make(
            "A salt separator of several bytes.",
            "long separator",
            "Separator",
            salt=fixed_bytes("several", 10),
            separator=b"\x07\x00\xff and more",
        ),
        *(
            make(
                f"A signer key of {length} bytes.",
                f"anchor {length}",
                "SignerKey",
                salt=fixed_bytes("signer", 10),
                signer_key=fixed_bytes(f"signer {length}", length),
            )
            for length in (16, 32, 128)
        ),
    ]
)

sodium_tests = [
    by_sodium(test)
    for test in [
        *matrix(passwords[1::2], "libsodium"),
        make("A memory cost of 13 and three rounds.", "thirteen", salt=fixed_bytes("13", 10), rounds=3, memory_cost=13),
        make("A salt of one byte.", "short salt", salt=b"\x00"),
        make("A salt of 64 bytes.", "long salt", salt=fixed_bytes("long salt", 64), rounds=2),
        make(
            "A signer key that is no multiple of the cipher's block.",
            "odd key",
            "SignerKey",
            salt=fixed_bytes("odd", 10),
            signer_key=fixed_bytes("odd", 37),
        ),
        make(
            "A separator of three bytes, which base64 does not pad.",
            "north star",
            "Separator",
            salt=fixed_bytes("three", 10),
            separator=b"abc",
        ),
        *(
            make(comment, password, *scrypt_flags(as_bytes(password)), salt=fixed_bytes("key", 10))
            for comment, password in [
                *key_sized_passwords(32),
                ("A password longer than HMAC's block.", LONG_WORD),
                ("The same digest, for the hash of that password.", HASHED_WORD),
            ]
        ),
        make("A password with a NUL at its end.", "key\0", "HmacKey", "Truncated", salt=fixed_bytes("nul", 10)),
        make("The same digest without the NUL.", "key", "HmacKey", salt=fixed_bytes("nul", 10)),
    ]
]
assert sodium_tests[-1]["digest"] == sodium_tests[-2]["digest"]
assert sodium_tests[-3]["digest"] == sodium_tests[-4]["digest"]

transcribed = [
    source("Firebase, its scrypt utility's README", "36feb92", "transcribed", README),
    source(
        "Supabase Auth, tests of $fbscrypt$",
        "1b6fdb9",
        "transcribed",
        "https://github.com/supabase/auth internal/crypto/password_test.go, laid out in six fields",
    ),
    source(
        "Ory Kratos, tests of $firescrypt$",
        "029d8a3",
        "transcribed",
        "https://github.com/ory/kratos hash/hasher_test.go, laid out in six fields",
    ),
    source(
        "Appwrite, tests of scrypt-modified",
        "3ab2752",
        "transcribed",
        "https://github.com/appwrite/appwrite tests/e2e/Services/Users/UsersBase.php, laid out in six fields",
    ),
]
readme = "$".join(
    [
        "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
        "42xEC+ixf3L2lw==",
        "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==",
        "Bw==",
        "8",
        "14",
    ]
)
transcribed_tests = [
    valid("The sample of the utility's README.", "user1password", readme),
    valid(
        "A sample in Supabase's tests.",
        "mytestpassword",
        "$".join(
            [
                "zKVTMvnWVw5BBOZNUdnsalx4c4c7y/w7IS5p6Ut2+CfEFFlz37J9huyQfov4iizN8dbjvEJlM5tQaJP84+hfTw==",
                "C0sHCg9ek77hsg==",
                "ou9tdYTGyYm8kuR6Dt0Bp0kDuAYoXrK16mbZO4yGwAn3oLspjnN0/c41v8xZnO1n14J3MjKj1b2g6AUCAlFwMw==",
                "Bw==",
                "8",
                "14",
            ]
        ),
    ),
    valid(
        "A sample in Kratos's tests.",
        "8x4WjoDbSxJZdR",
        "$".join(
            [
                "xbSou7FOl6mChCyzpCPIQ7tku7nsQMTFtyOZSXXd7tjBa4NtimOx7v42Gv2SfzPQu1oxM2/k4SsbOu73wlKe1A==",
                "sPtDhWcd1MfdAw==",
                "YE0dO4bwD4JnJafh6lZZfkp1MtKzuKAXQcDCJNJNyeCHairWHKENOkbh3dzwaCdizzOspwr/FITUVlnOAwPKyw==",
                "Bw==",
                "8",
                "14",
            ]
        ),
    ),
    valid(
        "A sample in the tests of a PHP server.",
        "appwrite",
        "$".join(
            [
                "UlM7JiXRcQhzAGlaonpSqNSLIz475WMddOgLjej5De9vxTy48K6WtqlEzrRFeK4t0COfMhWCb8wuMHgxOFCHFQ==",
                "UxLMreBr6tYyjQ==",
                "XyEKE9RcTDeLEsL/RjwPDBv/RqDl8fb3gpYEOQaPihbxf1ZAtSOHCjuAAa7Q3oHpCYhXSN9tizHgVOwn6krflQ==",
                "Bw==",
                "8",
                "14",
            ]
        ),
    ),
]

# A digest with + and / in its first three fields, in several spellings.
plain = by_sodium(
    make("", "spelled twice", salt=bytes.fromhex("fbeffefbffbe61"), separator=b"\xfb\xff", rounds=2, memory_cost=3)
)["digest"]
assert all(mark in field for field in plain.split("$")[:3] for mark in "+/")
fields = plain.split("$")


def url_safe(text):
    return text.replace("+", "-").replace("/", "_")


def respell(rewrite, *indexes):
    return "$".join(rewrite(field) if index in indexes else field for index, field in enumerate(fields))


respelled = [
    valid("URL-safe base64 in every field.", "spelled twice", respell(url_safe, 0, 1, 2, 3), "Base64Spelling"),
    valid(
        "No padding in any field.",
        "spelled twice",
        respell(lambda text: text.rstrip("="), 0, 1, 2, 3),
        "Base64Spelling",
    ),
    valid(
        "URL-safe base64 without padding in every field.",
        "spelled twice",
        respell(lambda text: url_safe(text).rstrip("="), 0, 1, 2, 3),
        "Base64Spelling",
    ),
    valid(
        "As the Admin SDK lists users: checksum and salt URL-safe, the project's parameters standard.",
        "spelled twice",
        respell(url_safe, 0, 1),
        "Base64Spelling",
    ),
    valid("Only the signer key is URL-safe.", "spelled twice", respell(url_safe, 2), "Base64Spelling"),
    valid(
        "The separator as it is commonly written, without padding.",
        "user1password",
        replace_once(readme, "$Bw==$", "$Bw$"),
        "Base64Spelling",
    ),
    valid(
        "The separator's byte stands at the end of the salt: both are joined anyway.",
        "user1password",
        replace_once(readme, "42xEC+ixf3L2lw==$", f"{encode(decode('42xEC+ixf3L2lw==') + bytes([7]))}$").replace(
            "$Bw==$", "$$"
        ),
        "Separator",
    ),
]

WORD = "Smörgåsbord №7"
base = by_sodium(make("", WORD, salt=fixed_bytes("base", 10), rounds=1, memory_cost=4))["digest"]
long_word = "0123456789" * 10
long_base = by_sodium(make("", long_word, salt=fixed_bytes("long", 10), rounds=1, memory_cost=2))["digest"]
nul_base = by_sodium(make("", "a\0b", salt=fixed_bytes("nul", 10), rounds=1, memory_cost=2))["digest"]
bytes_base = by_sodium(make("", b"\xff\xfe\x80", salt=fixed_bytes("bytes", 10), rounds=1, memory_cost=2))["digest"]
base_checksum, base_salt, base_key, base_separator, _, _ = base.split("$")

near_misses = [
    invalid("Another password.", "letmein", base),
    invalid("No password.", "", base),
    invalid("The same in upper case.", WORD.upper(), base),
    invalid("The same in lower case.", WORD.lower(), base),
    invalid("A trailing space.", WORD + " ", base),
    invalid("A leading space.", " " + WORD, base),
    invalid("A trailing line feed.", WORD + "\n", base),
    invalid("One character short.", WORD[:-1], base),
    invalid("The same in NFD.", "Smo\u0308rga\u030asbord №7", base),
    invalid("The same in NFKC.", "Smörgåsbord No7", base),
    invalid("The same in Latin-1, up to the numero sign.", "Smörgåsbord 7".encode("latin-1"), base),
    invalid("Accents left out.", "Smorgasbord №7", base),
    invalid("A NUL in front.", "\0" + WORD, base),
    invalid("What stands before a NUL.", "a", nul_base),
    invalid("Another character after the NUL.", "a\0c", nul_base),
    invalid("A password of 100 bytes cut to 72.", long_word[:72], long_base),
    invalid("Two passwords that differ in byte 100.", long_word[:-1] + "x", long_base),
    invalid("Replacement characters in place of bytes that are not UTF-8.", "\ufffd\ufffd\ufffd", bytes_base),
]
inverted = AES.new(SIGNER_KEY[:32], AES.MODE_CTR, nonce=b"", initial_value=bytes(16)).encrypt(
    scrypt(WORD.encode(), decode(base_salt) + b"\x07", 16, 1, 1, 64)
)
changed = [
    invalid("The first character of the checksum changed.", WORD, change(base, 0, "A")),
    invalid("A character in the middle of the checksum changed.", WORD, change(base, 40, "A")),
    invalid("The first character of the salt changed.", WORD, change(base, len(base_checksum) + 1, "A")),
    invalid("The last character of the signer key changed.", WORD, base.replace(base_key, change(base_key, -3, "g"))),
    invalid("Another separator.", WORD, replace_once(base, "$Bw==$", "$CA==$")),
    invalid("The separator left out.", WORD, replace_once(base, "$Bw==$", "$$"), "Separator"),
    invalid("The separator twice.", WORD, replace_once(base, "$Bw==$", "$Bwc=$"), "Separator"),
    invalid("One round more.", WORD, replace_once(base, "$1$4", "$2$4")),
    invalid("One less in the memory cost.", WORD, replace_once(base, "$1$4", "$1$3")),
    invalid("Rounds and memory cost exchanged.", WORD, replace_once(base, "$1$4", "$4$1")),
    invalid(
        "Salt and separator exchanged.",
        WORD,
        "$".join([base_checksum, base_separator, base_key, base_salt, "1", "4"]),
        "Separator",
    ),
    invalid(
        "The signer key used as the cipher's key and the derived key encrypted.",
        WORD,
        lay(inverted, decode(base_salt), rounds=1, memory_cost=4),
        "SignerKey",
    ),
    invalid(
        "The checksum is the derived key itself, not the encrypted signer key.",
        WORD,
        lay(
            scrypt(WORD.encode(), decode(base_salt) + b"\x07", 16, 1, 1, 64), decode(base_salt), rounds=1, memory_cost=4
        ),
        "SignerKey",
    ),
    invalid("The checksum is the signer key, unencrypted.", WORD, base.replace(base_checksum, base_key), "SignerKey"),
    invalid(
        "Salt used as base64 text.",
        WORD,
        lay(
            checksum_by_sodium(WORD.encode(), base_salt.encode(), SIGNER_KEY, b"\x07", 1, 4),
            decode(base_salt),
            rounds=1,
            memory_cost=4,
        ),
    ),
]

C, S, K = base_checksum, base_salt, base_key


def join(checksum=C, salt=S, key=K, separator="Bw==", rounds="1", memory_cost="4"):
    return "$".join([checksum, salt, key, separator, rounds, memory_cost])


assert join() == base
broken = functools.partial(malformed, password=WORD)
damaged = [
    broken(
        "Five fields: the separator and its sign are missing.", replace_once(base, "$Bw==$", "$"), "shape", "digest"
    ),
    broken("Seven fields.", base + "$1", "shape", "digest"),
    broken("A dollar sign in front.", "$" + base, "shape", "digest"),
    broken("Only the checksum.", C, "shape", "digest"),
    broken(
        "The form that Kratos keeps.", f"$firescrypt$ln=4,r=1,p=1${S}${C}$Bw==${K}", "shape", "digest", "OtherSystem"
    ),
    broken(
        "The form that Supabase keeps.",
        f"$fbscrypt$v=1,n=4,r=1,p=1,ss=Bw==,sk={K}${S}${C}",
        "shape",
        "digest",
        "OtherSystem",
    ),
    broken("Colons between the fields.", base.replace("$", ":"), "shape", "digest"),
    broken("An empty checksum.", join(checksum=""), "length", "checksum", "EmptyField"),
    broken("A checksum shorter than the signer key.", join(checksum=encode(decode(C)[:32])), "length", "checksum"),
    broken("A checksum longer than the signer key.", join(checksum=encode(decode(C) + b"\0")), "length", "checksum"),
    broken(
        "Checksum and signer key of 15 bytes.",
        join(checksum=encode(decode(C)[:15]), key=encode(decode(K)[:15])),
        "length",
        "checksum",
    ),
    broken("A checksum without one of its two padding signs.", join(checksum=C[:-1]), "length", "checksum", "Padding"),
    broken("Three padding signs.", join(checksum=C + "="), "alphabet", "checksum", "Padding"),
    broken("A padding sign inside the checksum.", join(checksum=change(C, 10, "=")), "alphabet", "checksum", "Padding"),
    broken(
        "Both alphabets in one field.",
        join(checksum=change(change(C, 0, "+"), 1, "-")),
        "alphabet",
        "checksum",
        "Base64Spelling",
    ),
    broken(
        "Unused bits set in the checksum.",
        join(checksum=change(C, -3, chr(ord(C[-3]) + 1))),
        "canonical",
        "checksum",
        "UnusedBits",
    ),
    broken("A space in front.", " " + base, "alphabet", "checksum", "Whitespace"),
    broken("A byte order mark in front.", "\ufeff" + base, "alphabet", "checksum", "Whitespace"),
    broken(
        "A line feed inside the checksum.", join(checksum=change(C, 64, "\n")), "alphabet", "checksum", "Whitespace"
    ),
    broken("A Cyrillic letter in the checksum.", join(checksum=change(C, 5, "\u0430")), "alphabet", "checksum"),
    broken("The alphabet of crypt.", join(checksum=change(C, 5, ".")), "alphabet", "checksum"),
    broken("An empty salt.", join(salt=""), "length", "salt", "EmptyField"),
    broken("A salt that is no number of bytes long.", join(salt="AAAAA"), "length", "salt", "Padding"),
    broken("Both alphabets in the salt.", join(salt="+_AA"), "alphabet", "salt", "Base64Spelling"),
    broken("Unused bits set in the salt.", join(salt="AB=="), "canonical", "salt", "UnusedBits"),
    broken("Unused bits set in a salt without padding.", join(salt="AAB"), "canonical", "salt", "UnusedBits"),
    broken("A NUL in the salt.", join(salt="AA\0A"), "alphabet", "salt"),
    broken("Only padding for a salt.", join(salt="=="), "length", "salt", "Padding"),
    broken("An empty signer key.", join(key=""), "length", "signerKey", "EmptyField"),
    broken("A space at the end of the signer key.", join(key=K + " "), "alphabet", "signerKey", "Whitespace"),
    broken("The signer key without one padding sign.", join(key=K[:-1]), "length", "signerKey", "Padding"),
    broken("The separator without one padding sign.", join(separator="Bw="), "length", "saltSeparator", "Padding"),
    broken("Unused bits set in the separator.", join(separator="Bx=="), "canonical", "saltSeparator", "UnusedBits"),
    broken("A separator of one character.", join(separator="B"), "length", "saltSeparator", "Padding"),
    broken("The separator as a byte, not as base64.", join(separator="\x07"), "alphabet", "saltSeparator"),
    broken("No rounds.", join(rounds=""), "number", "rounds", "BadNumber"),
    broken("Zero rounds.", join(rounds="0"), "range", "rounds"),
    broken("Nine rounds.", join(rounds="9"), "range", "rounds"),
    broken("A leading zero.", join(rounds="01"), "number", "rounds", "BadNumber"),
    broken("A plus sign.", join(rounds="+1"), "number", "rounds", "BadNumber"),
    broken("A negative number.", join(rounds="-1"), "number", "rounds", "BadNumber"),
    broken("A full-width digit.", join(rounds="\uff11"), "number", "rounds", "BadNumber"),
    broken("A memory cost of zero.", join(memory_cost="0"), "range", "memoryCost"),
    broken("A memory cost of 15.", join(memory_cost="15"), "range", "memoryCost"),
    broken("The memory cost as N itself.", join(memory_cost="16384"), "range", "memoryCost"),
    broken("A memory cost past what numbers hold exactly.", join(memory_cost="4" * 40), "range", "memoryCost"),
    broken("A decimal point.", join(memory_cost="4.0"), "number", "memoryCost", "BadNumber"),
    broken("A hexadecimal number.", join(memory_cost="0x4"), "number", "memoryCost", "BadNumber"),
    broken("An exponent.", join(memory_cost="1e1"), "number", "memoryCost", "BadNumber"),
    broken("A line feed at the end.", base + "\n", "number", "memoryCost", "Whitespace"),
    broken("A space at the end.", base + " ", "number", "memoryCost", "Whitespace"),
    broken("Letters at the end.", base + "abc", "number", "memoryCost", "BadNumber"),
]


def verifies(test, checksum):
    return checksum == decode(test["digest"].split("$")[0])


reported = reported_groups("scrypt_firebase", lambda password, digest: scrypt_flags(password))
for tests, expected in [
    (node_tests + sodium_tests + transcribed_tests + respelled + reported_tests(reported, "valid"), True),
    (near_misses + changed, False),
]:
    for test, checksum in zip(tests, checksums_by_node(tests)):
        assert verifies(test, checksum) is expected, ("firebase-scrypt", test)
        _, *text, rounds, memory_cost = test["digest"].split("$")
        checksum = checksum_by_sodium(password_bytes(test), *map(decode, text), int(rounds), int(memory_cost))
        assert verifies(test, checksum) is expected, ("libsodium", test)

header = {
    "hasher": "scrypt_firebase",
    "description": "Firebase Authentication: scrypt derives an AES-256-CTR key, which encrypts the project's signer key. "
    "checksum$salt$signerKey$saltSeparator$rounds$memoryCost.",
    "spellings": [
        {"description": "URL-safe base64 writes - for +.", "pattern": "-", "rewrite": "+"},
        {"description": "URL-safe base64 writes _ for /.", "pattern": "_", "rewrite": "/"},
        {"description": "Padding may be left out.", "pattern": "={1,2}(?=\\$)", "rewrite": ""},
    ],
    "notes": {
        **{flag: NOTES[flag] for flag in ("LongPassword", "NotUtf8", "Nul", "OuterSpace")},
        "HmacKey": HMAC_KEY_NOTE,
        "Truncated": TRUNCATED_NOTE,
        "Separator": note(
            "variant",
            "The salt separator is joined to the end of the salt. Projects have their own; it may be empty.",
            "A verifier that assumes one byte 0x07 refuses all users of such a project.",
            README,
        ),
        "SignerKey": note(
            "variant",
            "The signer key is what is encrypted, and the checksum is as long as it is; the derived key is the cipher's key.",
            "With the roles exchanged no digest matches; with a fixed length only some projects' digests do.",
            README,
        ),
        "Base64Spelling": note(
            "variant",
            "Each field is standard or URL-safe base64, padded or not: the command line exports one, the Admin SDK the other.",
            "A verifier of one spelling refuses the other export; one that takes both in a single field hides damage.",
        ),
        "OtherSystem": note(
            "malformed",
            "The same digest as another identity server keeps it.",
            "Read as six fields it would be checked with the wrong ones.",
        ),
        "EmptyField": note(
            "malformed",
            "A field that must not be empty is.",
            "An empty checksum compares equal to nothing derived: any password would match.",
        ),
        "Padding": note(
            "malformed",
            "Base64 whose length or padding no number of bytes has.",
            "A lenient decoder drops what does not fit and checks a shorter value.",
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
            "A number field that is not a canonical decimal.",
            "Lenient number parsing reads another cost than the one that was written.",
        ),
    },
}
assemble(
    header,
    [
        *({"source": origin, "tests": [test]} for origin, test in zip(transcribed, transcribed_tests)),
        {"source": source("firebase-scrypt (npm)", "2.2.0", "generated", COMMAND), "tests": node_tests},
        {
            "source": source("libsodium and pycryptodome (Debian)", "1.0.18 and 3.11.0", "generated", COMMAND),
            "tests": sodium_tests,
        },
        {"source": source("the digests above, re-spelled", "2.2.0", "mutated", COMMAND), "tests": respelled},
        {
            "source": source("libsodium and pycryptodome, another password", "1.0.18", "mutated", COMMAND),
            "tests": near_misses,
        },
        {
            "source": source("libsodium and pycryptodome, a changed digest", "1.0.18", "mutated", COMMAND),
            "tests": changed,
        },
        {
            "source": source("libsodium and pycryptodome, a damaged digest", "1.0.18", "mutated", COMMAND),
            "tests": damaged,
        },
        *reported,
    ],
)
