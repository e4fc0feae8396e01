"""What PostgreSQL keeps of its roles beside SCRAM: MD5 of password and user name."""

from fields import Hex, Layout
from write import PASSWORDS, Hasher, as_bytes

USERNAMES = ["ada", "postgres", "Ada Lovelace", "zoë", "user-1@example.org", "дарья", "Robert'); DROP TABLE", "0", "名前", "x" * 63]
# Those that PostgreSQL takes.
TEXTS = [index for index, entry in enumerate(PASSWORDS) if as_bytes(entry) and "passwordHex" not in entry and 0 not in as_bytes(entry)]
OTHERS = [index for index in range(len(PASSWORDS)) if index not in TEXTS]


def values(index, entry):
    return {"username": USERNAMES[index % len(USERNAMES)]}


def other_users(file):
    """The password of one role, under the names of others."""
    _, system, setting, options = file.base
    password = file.base[0]
    digest = file.digest_of([])
    names = {"Another user name.": "bob", "The user name in capitals.": "ADA", "A space behind the user name.": "ada ", "The first letter of the user name alone.": "a"}
    tests = [{**file.test("invalid", what, password, digest, "OtherUser"), "context": {"username": name}} for what, name in names.items()]
    moved = {**file.test("invalid", "The user name's first letter at the end of the password.", password + "a", digest, "OtherUser"), "context": {"username": "ada"}}
    file.add("generated", "Digests of PostgreSQL, under other user names", "as above", [*tests, moved])
    same = {**file.test("valid", "Password and user name are one text: another border between them has the same digest.", password + "a", digest, "SameText"), "context": {"username": "da"}}
    file.add("mutated", "Digests of PostgreSQL, with another border between password and user name", "as above", [same])


HASHERS = [
    Hasher(
        "postgres_md5",
        Layout("md5{checksum}", Hex("checksum", 16, strict=True)),
        ["postgres_roles", "passlib"],
        matrix=[("postgres_roles", TEXTS[::2], values), ("passlib", [*TEXTS[1::2], *OTHERS], values)],
        context={"username": "ada"},
        more=other_users,
        draw=lambda random: {"username": random.choice(USERNAMES)},
    )
]
