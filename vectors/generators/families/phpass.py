"""phpass portable digests: `$P$`, the exponent of the rounds in one character, eight characters of salt, 22 of checksum."""

from fields import ITOA64, Layout, Letters
from write import Hasher, password_flags

# Each salt is cut from one fixed text.
SALTS = "hJ3.kLm9/PqRsT0vWxYz1aBcD2eFgH4iJkL5mNoPqR6sTuV7wXyZ8AbCdEfG.IjKlM/nOpQrStUvW"
LAYOUT = Layout("${prefix}${rounds}{salt}{checksum}", *(Letters(name, size) for name, size in [("prefix", 1), ("rounds", 1), ("salt", 8), ("checksum", 22)]))


def setting(values):
    return {"setting": "${prefix}${rounds}{salt}".format(**values)}


def flags(password, digest):
    return [*password_flags(password), *(["PhpbbPrefix"] if digest.startswith("$H$") else [])]


def matrix(index, entry):
    return {"prefix": "P", "rounds": "5", "salt": SALTS[index : index + 8]}


def draw(random):
    return {"prefix": random.choice("PH"), "rounds": random.choice(ITOA64[7:14]), "salt": "".join(random.choices(ITOA64, k=8))}


MATRIX = [("wordpress", slice(None), matrix)]
HASHERS = [Hasher("phpass", LAYOUT, ["wordpress", "passlib"], flags=flags, parameters=setting, matrix=MATRIX, draw=draw)]
