"""What MySQL and MariaDB keep of their accounts."""

from fields import Hex, Layout
from write import PASSWORDS, Hasher, as_bytes, password_flags

TYPED = [index for index, entry in enumerate(PASSWORDS) if as_bytes(entry)]




def flags(password, digest):
    return [*password_flags(password), *(["LowerCase"] if digest != digest.upper() else [])]


HASHERS = [
    Hasher(
        "mysql41",
        Layout("*{checksum}", Hex("checksum", 20, upper=True)),
        ["mariadb", "passlib", "hashlib"],
        flags=flags,
        matrix=[("mariadb", TYPED[::2], lambda index, entry: {}), ("hashlib", TYPED[1::2], lambda index, entry: {})],
        draw=lambda random: {},
    )
]
