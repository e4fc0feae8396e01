"""SCRAM's keys as PostgreSQL and Dovecot write them."""

import base64
import re

from families.pbkdf2_rows import RAW_SALTS
from fields import Base64, Field, Layout, Number, Word, b64
from write import EDITS, PASSWORDS, Hasher, as_bytes, hmac_flags

SIZES = {"sha1": 20, "sha256": 32, "sha512": 64}
WORDS = {"SHA-256": "sha256", "SHA-1": "sha1", "SHA-512": "sha512"}


class Keys(Field):
    """StoredKey and ServerKey, in base64 with a colon between."""

    def encode(self, value):
        half = len(value) // 2
        return f"{b64(value[:half])}:{b64(value[half:])}"

    def decode(self, text):
        return b"".join(base64.b64decode(key, validate=True) for key in text.split(":"))

    def changes(self, text):
        stored, server = text.split(":")
        flip = lambda key: b64(bytes([base64.b64decode(key)[0] ^ 1]) + base64.b64decode(key)[1:])  # noqa: E731
        rows = [("Another StoredKey, and the right ServerKey.", flip(stored), server), ("Another ServerKey, and the right StoredKey.", stored, flip(server))]
        rows += [("The keys exchanged.", server, stored), ("The StoredKey twice.", stored, stored), ("The ServerKey twice.", server, server)]
        return [(what, f"{first}:{second}") for what, first, second in rows]


class ScramLayout(Layout):
    """PostgreSQL's layout. Dovecot's has the same fields."""

    def split(self, digest):
        if digest.startswith(("salt=", "stored_key=")):
            found = dict(field.split("=", 1) for field in digest.split(","))
            name = {44: "SHA-256", 88: "SHA-512"}[len(found["stored_key"])]
            digest = "SCRAM-{0}${iterations}:{salt}${stored_key}:{server_key}".format(name, **found)
        found = re.fullmatch(r"\{SCRAM-(.*?)\}(.*),(.*),(.*),(.*)", digest, re.IGNORECASE)
        return super().split("SCRAM-{}${}:{}${}:{}".format(found[1].upper(), *found.groups()[1:]) if found else digest)


LAYOUT = ScramLayout(
    "SCRAM-{algorithm}${iterations}:{salt}${checksum}",
    Word("algorithm", WORDS),
    Number("iterations", 1, 2**31 - 1, one="iteration"),
    Base64("salt", 1, longer=True),
    Keys("checksum"),
)


def values(index, entry):
    return {"algorithm": "sha256" if index % 4 else ("sha1", "sha512")[index // 4 % 2], "iterations": [1, 2, 100, 4096][index % 4], "salt": RAW_SALTS[index % len(RAW_SALTS)]}


def flags(password, digest):
    return hmac_flags(password, SIZES[LAYOUT.read(digest)["algorithm"]])


def of_kafka(digest):
    """PostgreSQL's fields in Kafka's string."""
    return re.sub(r"^SCRAM-SHA-\d+\$(.*):(.*)\$(.*):(.*)$", r"salt=\2,stored_key=\3,server_key=\4,iterations=\1", digest)


EDITS["kafka"] = of_kafka
USERNAMES = ["ada", "admin", "Ada Lovelace", "zoë", "user-1@example.org", "дарья", "a:mongo:b", "0"]
TEXTS = [index for index, entry in enumerate(PASSWORDS) if as_bytes(entry) and "passwordHex" not in entry]


def of_user(index, entry):
    return {"iterations": [1, 2, 100, 10000][index % 4], "salt": RAW_SALTS[index % len(RAW_SALTS)], "username": USERNAMES[index % 8]}


def other_users(file):
    """The password of one user, under the names of others."""
    password, digest = file.base[0], file.digest_of([])
    names = {"Another user name.": "bob", "The user name in capitals.": "ADA", "A space behind the user name.": "ada "}
    tests = [{**file.test("invalid", what, password, digest, "OtherUser"), "context": {"username": name}} for what, name in names.items()]
    file.add("generated", "Digests of the systems, under other user names", "as above", tests)


class Mongodb(ScramLayout):
    def split(self, digest):
        return Layout.split(self, digest)


HASHERS = [
    Hasher(
        "scram_mongodb",
        Mongodb("scram_mongodb${iterations}:{salt}${checksum}", Number("iterations", 1, 2**31 - 1, one="iteration"), Base64("salt", 1, longer=True), Keys("checksum")),
        ["openssl", "pymongo"],
        matrix=[("openssl", [index for index in range(len(PASSWORDS)) if index not in TEXTS[::2]], of_user), ("pymongo", TEXTS[::2], of_user)],
        context={"username": "ada"},
        more=other_users,
        draw=lambda random: of_user(random.randrange(1000), None),
    ),
    Hasher(
        "scram",
        LAYOUT,
        ["openssl", "postgres", "dovecot"],
        flags=flags,
        matrix=[("openssl", slice(None), values)],
        asked=lambda system, test: [as_written_by(system, test["digest"])],
        draw=lambda random: values(random.randrange(1000), None),
    )
]


def as_written_by(system, digest):
    return LAYOUT.write(LAYOUT.read(digest)) if system == "postgres" or digest.startswith("salt=") else digest
