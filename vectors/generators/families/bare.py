"""Bare digests in hexadecimal: MD5, SHA-1 and SHA-2."""

from fields import Hex, Layout
from write import Hasher, password_flags


def flags(password, digest):
    return [*password_flags(password), *(["UpperCase"] if digest != digest.lower() else [])]


def bare(name, size):
    layout = Layout("{checksum}", Hex("checksum", size))
    return Hasher(name, layout, ["coreutils", "php", "hashlib"], flags=flags, draw=lambda random: {})


SIZES = {"md5": 16, "sha1": 20, "sha224": 28, "sha256": 32, "sha384": 48, "sha512": 64}
HASHERS = [bare(name, size) for name, size in SIZES.items()]
