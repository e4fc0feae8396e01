"""The systems that make and check the bcrypt digests of the vectors, and the ways a bcrypt string is damaged.

Needs, from Debian 12: perl 5.36 (its crypt() is libxcrypt 4.4.33), php-cli 8.2, python3-bcrypt 3.2.2 and
python3-passlib 1.7.4; Node 20 or later; and a folder with the node_modules of

  npm install bcrypt@6.0.0 @node-rs/bcrypt@2.0.0
"""

import json
import os
import subprocess

# passlib's own bcrypt, in Python, runs only where it is asked for. Nothing else here shares its code.
os.environ["PASSLIB_BUILTIN_BCRYPT"] = "enabled"

import bcrypt as python_bcrypt
import passlib.hash

from vector_tools import change, fixed_bytes, malformed, note, run_node

passlib.hash.bcrypt.set_backend("builtin")
passlib.hash.django_bcrypt_sha256.set_backend("builtin")

# No two parts are alike, so that a part that is lost shows.
LONG = "".join(f"{number:03d}," for number in range(1024))[:4096]
BCRYPT64 = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

PERL = "use JSON::PP; local $/; print encode_json([map { crypt(pack('H*', $_->[0]), $_->[1]) } @{decode_json(<STDIN>)}])"
PHP_MAKES = "echo json_encode(array_map(fn($job) => crypt(hex2bin($job[0]), $job[1]), json_decode(stream_get_contents(STDIN))));"
PHP_CHECKS = PHP_MAKES.replace("crypt(", "password_verify(")
NODE_MAKES = """
const bcrypt = require('bcrypt')
const jobs = JSON.parse(require('fs').readFileSync(0, 'utf8'))
console.log(JSON.stringify(jobs.map(([hex, setting]) => bcrypt.hashSync(Buffer.from(hex, 'hex'), setting))))
"""
NODE_CHECKS = """
const bcrypt = require('bcrypt')
const rust = require('@node-rs/bcrypt')
const jobs = JSON.parse(require('fs').readFileSync(0, 'utf8'))
const check = ([hex, digest]) => {
  const password = Buffer.from(hex, 'hex')
  return [bcrypt.compareSync(password, digest), rust.verifySync(password, digest)]
}
console.log(JSON.stringify(jobs.map(check)))
"""

# What each system can be asked: C strings end at a NUL, and libxcrypt takes at most 511 bytes.
LIBXCRYPT_BYTES = 511


def hexed(jobs):
    return [[password.hex(), text] for password, text in jobs]


def run(command, jobs):
    return json.loads(
        subprocess.run(
            command, input=json.dumps(hexed(jobs)).encode(), capture_output=True, check=True
        ).stdout
    )


def libxcrypt(jobs):
    """[(password bytes, setting or digest)] -> digests"""
    assert all(0 not in password and len(password) <= LIBXCRYPT_BYTES for password, _ in jobs)
    return run(["perl", "-e", PERL], jobs)


def php(jobs):
    assert all(0 not in password for password, _ in jobs)
    return run(["php", "-r", PHP_MAKES], jobs)


def node_bcrypt(jobs, folder):
    return run_node(NODE_MAKES, hexed(jobs), folder)


def python3_bcrypt(jobs):
    return [python_bcrypt.hashpw(password, text.encode()).decode() for password, text in jobs]


def check(jobs, folder, expected=True):
    """Every system that can read password and digest answers `expected`."""
    by_node = run_node(NODE_CHECKS, [[password.hex(), plain_2b(digest)] for password, digest in jobs], folder)
    for job, answers in zip(jobs, by_node):
        assert answers == [expected, expected], (job, answers)
    text = [job for job in jobs if 0 not in job[0]]
    for job, answer in zip(text, run(["php", "-r", PHP_CHECKS], text)):
        assert answer is expected, job
    for password, digest in text:
        assert python_bcrypt.checkpw(password, plain_2b(digest).encode()) is expected, (password, digest)
    short = [job for job in text if len(job[0]) <= LIBXCRYPT_BYTES]
    for job, digest in zip(short, libxcrypt(short)):
        assert (digest == job[1]) is expected, job


def plain_2b(digest):
    """npm's bcrypt keeps the length of a password in one byte under `$2a$`, and does not know `$2y$`."""
    return "$2b$" + digest[4:]


def setting(label, version="2b", cost=4):
    """Version, cost and a fixed salt."""
    return f"${version}${cost:02d}${bcrypt64(fixed_bytes('bcrypt salt: ' + label, 16))}"


def bcrypt64(data):
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 6)
    return "".join(BCRYPT64[int(bits[i : i + 6], 2)] for i in range(0, len(bits), 6))


def flip(text, index, bits):
    """The text with bits of one bcrypt64 character flipped."""
    return change(text, index, BCRYPT64[BCRYPT64.index(text[index]) ^ bits])


def damaged(prefix, digest):
    """Malformed tests from a digest `prefix + digest`, where `digest` is a `$2b$04$` string."""
    assert len(digest) == 60 and digest.startswith("$2b$04$")
    head, salt, checksum = digest[:7], digest[7:29], digest[29:]

    def broken(comment, text, problem, field, *flags):
        return malformed(comment, prefix + text, problem, field, *flags)

    def in_salt(index, character):
        return head + change(salt, index, character) + checksum

    def in_checksum(index, character):
        return head + salt + change(checksum, index, character)

    def in_cost(text):
        return f"$2b${text}${salt}{checksum}"

    return [
        broken("No version and nothing after it.", "", "shape", "digest", "CutOff"),
        broken("Cut within the version.", "$2", "shape", "digest", "CutOff"),
        broken("Nothing after the cost.", head, "length", "salt", "CutOff"),
        broken("Cut within the salt.", digest[:20], "length", "salt", "CutOff"),
        broken(
            "The last character of the salt and the checksum are missing.",
            digest[:28],
            "length",
            "salt",
            "CutOff",
        ),
        broken(
            "No checksum: what a system is given to make a digest.",
            digest[:29],
            "length",
            "checksum",
            "CutOff",
        ),
        broken("One character of the checksum.", digest[:30], "length", "checksum", "CutOff"),
        broken("Cut at 40 characters.", digest[:40], "length", "checksum", "CutOff"),
        broken("Cut at 50 characters.", digest[:50], "length", "checksum", "CutOff"),
        broken("The last character is missing.", digest[:59], "length", "checksum", "CutOff"),
        broken(
            "A character in the middle of the checksum is missing.",
            digest[:45] + digest[46:],
            "length",
            "checksum",
        ),
        broken("One character too many.", digest + ".", "length", "checksum", "Appended"),
        broken(
            "A space at the end, as a CHAR column pads it.", digest + " ", "length", "checksum", "Appended"
        ),
        broken("A line feed at the end.", digest + "\n", "length", "checksum", "Appended"),
        broken(
            "A carriage return and a line feed at the end.", digest + "\r\n", "length", "checksum", "Appended"
        ),
        broken("A NUL at the end.", digest + "\0", "length", "checksum", "Appended"),
        broken(
            "A colon and a user's number at the end, as in a password file.",
            digest + ":1000",
            "length",
            "checksum",
            "Appended",
        ),
        broken("The digest twice.", digest + digest, "length", "checksum", "Appended"),
        broken("Two dollar signs after the version.", "$2b$$" + digest[4:], "number", "cost", "Cost"),
        broken("A letter that no version has.", "$2c$" + digest[4:], "shape", "digest"),
        broken("The version's letter in upper case.", "$2B$" + digest[4:], "shape", "digest"),
        broken("Two letters after the version.", "$2bb$" + digest[4:], "shape", "digest"),
        broken("Another digit for the version.", "$3b$" + digest[4:], "shape", "digest"),
        broken("The first dollar sign is missing.", digest[1:], "shape", "digest"),
        broken("A full-width dollar sign.", "\uff04" + digest[1:], "shape", "digest"),
        broken("A comma after the cost.", change(digest, 6, ","), "shape", "digest"),
        broken("The cost in one digit.", in_cost("4"), "number", "cost", "Cost"),
        broken("No cost.", in_cost(""), "number", "cost", "Cost"),
        broken("A plus sign before the cost.", in_cost("+4"), "number", "cost", "Cost"),
        broken("A minus sign before the cost.", in_cost("-4"), "number", "cost", "Cost"),
        broken("A space before the cost.", in_cost(" 4"), "number", "cost", "Cost"),
        broken("A space after the cost.", in_cost("4 "), "number", "cost", "Cost"),
        broken("Letters for the cost.", in_cost("0a"), "number", "cost", "Cost"),
        broken("The cost with an exponent.", in_cost("1e"), "number", "cost", "Cost"),
        broken("The cost in full-width digits.", in_cost("\uff10\uff14"), "number", "cost", "Cost"),
        broken("The cost in Arabic-Indic digits.", in_cost("\u0660\u0664"), "number", "cost", "Cost"),
        broken("A cost of 0.", in_cost("00"), "range", "cost", "Cost"),
        broken("A cost of 3, one below the least.", in_cost("03"), "range", "cost", "Cost"),
        broken("A cost of 32, one above the greatest.", in_cost("32"), "range", "cost", "Cost"),
        broken("A cost of 99.", in_cost("99"), "range", "cost", "Cost"),
        broken("A plus sign in the salt, from the alphabet of Base64.", in_salt(3, "+"), "alphabet", "salt"),
        broken("A dollar sign in the salt.", in_salt(10, "$"), "alphabet", "salt"),
        broken("A space in the salt.", in_salt(0, " "), "alphabet", "salt"),
        broken("A NUL in the salt.", in_salt(12, "\0"), "alphabet", "salt"),
        broken("A letter with an accent in the salt.", in_salt(8, "\u00e9"), "alphabet", "salt"),
        broken("An equals sign for the salt's last character.", in_salt(21, "="), "alphabet", "salt"),
        broken(
            "A dollar sign between salt and checksum, for a character of the checksum.",
            in_checksum(0, "$"),
            "alphabet",
            "checksum",
        ),
        broken(
            "A minus sign in the checksum, from URL-safe Base64.", in_checksum(7, "-"), "alphabet", "checksum"
        ),
        broken(
            "An underscore in the checksum, from URL-safe Base64.",
            in_checksum(15, "_"),
            "alphabet",
            "checksum",
        ),
        broken("A Cyrillic letter in the checksum.", in_checksum(20, "\u0430"), "alphabet", "checksum"),
        broken("A full-width digit in the checksum.", in_checksum(25, "\uff11"), "alphabet", "checksum"),
        broken("An equals sign for the last character.", in_checksum(30, "="), "alphabet", "checksum"),
        broken("A line feed for the last character.", in_checksum(30, "\n"), "alphabet", "checksum"),
        broken(
            "The lowest of the salt's unused bits is set.",
            flip(digest, 28, 1),
            "canonical",
            "salt",
            "UnusedBits",
        ),
        broken(
            "The highest of the salt's unused bits is set.",
            flip(digest, 28, 8),
            "canonical",
            "salt",
            "UnusedBits",
        ),
        broken(
            "All of the salt's unused bits are set.", flip(digest, 28, 15), "canonical", "salt", "UnusedBits"
        ),
        broken(
            "The lower of the checksum's unused bits is set.",
            flip(digest, 59, 1),
            "canonical",
            "checksum",
            "UnusedBits",
        ),
        broken(
            "The higher of the checksum's unused bits is set.",
            flip(digest, 59, 2),
            "canonical",
            "checksum",
            "UnusedBits",
        ),
        broken(
            "Both of the checksum's unused bits are set.",
            flip(digest, 59, 3),
            "canonical",
            "checksum",
            "UnusedBits",
        ),
    ]


def changed(password, digest, other):
    """[(comment, password, digest)]: the password's digest, changed so that it still parses; `other` is another digest of cost 4."""
    assert digest[:7] == other[:7]
    return [
        ("One more in the cost.", password, change(digest, 5, "5")),
        ("The first character of the salt changed.", password, flip(digest, 7, 1)),
        ("A character in the middle of the salt changed.", password, flip(digest, 18, 32)),
        ("The last two bits of the salt changed.", password, flip(digest, 28, 48)),
        (
            "The salt's letters in the other case.",
            password,
            digest[:7] + digest[7:28].swapcase() + digest[28:],
        ),
        ("The first character of the checksum changed.", password, flip(digest, 29, 1)),
        ("A character in the middle of the checksum changed.", password, flip(digest, 44, 32)),
        ("The last bit of the checksum changed.", password, flip(digest, 59, 4)),
        (
            "The checksum's letters in the other case.",
            password,
            digest[:29] + digest[29:59].swapcase() + digest[59:],
        ),
        ("A checksum of zero bits only.", password, digest[:29] + "." * 31),
        ("The checksum of another digest.", password, digest[:29] + other[29:]),
        ("The salt of another digest.", password, digest[:7] + other[7:29] + digest[29:]),
    ]


PROVOS = "https://www.usenix.org/legacy/events/usenix99/provos/provos.pdf"
CRYPT_5 = "https://manpages.debian.org/bookworm/libcrypt-dev/crypt.5.en.html"

NOTES = {
    "Appended": note(
        "malformed",
        "Something follows a whole digest.",
        "A digest has many spellings, and a comparison of columns misses some.",
    ),
    "ChangedDigest": note(
        "edge",
        "The digest was changed and still parses.",
        "A field that does not enter the checksum could be exchanged freely.",
    ),
    "Cost": note(
        "malformed",
        "The cost is not two digits, or outside 04 to 31.",
        "A library that reads it loosely runs no rounds at all or never ends.",
        PROVOS,
    ),
    "CutOff": note(
        "malformed",
        "The digest ends too early, as in a column that was too narrow.",
        "The user is told that the password is wrong, when the digest is lost.",
    ),
    "OtherFormat": note(
        "malformed",
        "A digest of another format, many with a bcrypt string inside.",
        "A format is taken for its neighbour, and its users are told that their passwords are wrong.",
    ),
    "UnusedBits": note(
        "malformed",
        "The last character of salt or checksum has bits set that belong to no byte.",
        "One digest has up to sixteen spellings; passlib before 1.5.3 wrote some of them.",
        "https://passlib.readthedocs.io/en/stable/lib/passlib.hash.bcrypt.html",
    ),
    "Version2a": note(
        "variant",
        "$2a$ is an older name of $2b$'s algorithm.",
        "Users of older systems cannot sign in.",
        CRYPT_5,
    ),
    "Version2y": note(
        "variant",
        "$2y$ is the name that PHP and Apache give to $2b$'s algorithm.",
        "Users of PHP sites cannot sign in.",
        CRYPT_5,
        "https://www.php.net/manual/en/function.crypt.php",
    ),
}


def version_flags(digest):
    found = {
        "Version2a": "$2a$" in digest,
        "Version2y": "$2y$" in digest,
        "NoNul": "$2$" in digest,
        "SignExtension": "$2x$" in digest,
    }
    return [flag for flag, holds in found.items() if holds]
