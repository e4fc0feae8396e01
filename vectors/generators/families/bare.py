"""Bare digests in hexadecimal: md5 and sha256."""

from fields import Hex, Layout
from write import Hasher, password_flags


def flags(password, digest):
    return [*password_flags(password), *(["UpperCase"] if digest != digest.lower() else [])]


def bare(name, size):
    return Hasher(name, Layout("{checksum}", Hex("checksum", size)), ["coreutils", "php", "hashlib"], flags=flags)


HASHERS = [bare("md5", 16), bare("sha256", 32)]
