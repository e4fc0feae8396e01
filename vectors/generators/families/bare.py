"""Bare digests in hexadecimal: md5 and sha256."""

from fields import Hex, Layout
from write import Hasher, password_flags


def flags(password, digest):
    return [*password_flags(password), *(["UpperCase"] if digest != digest.lower() else [])]


def bare(name, size):
    layout = Layout("{checksum}", Hex("checksum", size))
    return Hasher(name, layout, ["coreutils", "php", "hashlib"], flags=flags, draw=lambda random: {})


HASHERS = [bare("md5", 16), bare("sha256", 32)]
