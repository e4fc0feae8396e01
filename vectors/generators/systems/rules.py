"""Python, following the rules of systems of .NET and Java, beside those systems or where they cannot be run."""

import base64
import ctypes
import functools
import hashlib
import hmac
import platform
import re

from fields import ITOA64
from systems import System, is_text


def membership(password, algorithm, salt):
    """The checksum of ASP.NET: the salt in front, or as the key of an HMAC, which has a length of its own."""
    text, name = password.decode().encode("utf-16le"), algorithm.removeprefix("HMAC").lower()
    if name == algorithm.lower():
        return hashlib.new(name, salt + text).digest()
    size = 128 if name in ("sha384", "sha512") else 64
    return hmac.digest((salt * size)[:size], text, name)


def umbraco_4(password):
    text = password.decode().encode("utf-16le")
    return hmac.digest(text, text, "sha1")


def loop(password, algorithm, salt, iterations):
    """The checksum of Java's systems: a digest of salt and password, which is the first iteration, then digests of digests."""
    name = algorithm.replace("-", "").lower()
    state = hashlib.new(name, salt + password).digest()
    for _ in range(iterations - 1):
        state = hashlib.new(name, state).digest()
    return state


def magento2(password, salt, versions):
    """The checksum of Magento 2: one step after another over the hexadecimal of the one before."""
    from argon2 import low_level

    for version in versions.split(":"):
        if version in ("0", "1"):
            password = hashlib.new(["md5", "sha256"][int(version)], salt.encode() + password).hexdigest().encode()
        else:
            length, rounds, memory = map(int, version.split("_")[1:]) if version != "2" else (32, 2, 2**26)
            made = low_level.hash_secret_raw(password, (salt.encode() * 16)[:16], rounds, memory // 1024, 1, length, low_level.Type.ID, 19)
            password = made.hex().encode()
    return bytes.fromhex(password.decode())


def md5_mediawiki(password, setting):
    """Of `:B:salt:`, or of `:A:` without a salt; in bytes."""
    salt = setting.split(":")[2].encode()
    made = hashlib.md5(password)
    return hashlib.md5(salt + b"-" + made.hexdigest().encode()).digest() if salt else made.digest()


def pbkdf2_mediawiki_md5(password, setting):
    _, numbers, inner, salt, _ = setting.split("!")
    algorithm, iterations, length = numbers.split(":")
    made = md5_mediawiki(password, f":B:{inner}:").hex().encode()
    return hashlib.pbkdf2_hmac(algorithm, made, base64.b64decode(salt), int(iterations), int(length))


def template(password, algorithm, template, salt):
    """The digest of a template of Ory Kratos, in which password and salt are put in at once."""
    message = re.sub(rb"\{(SALT|PASSWORD)\}", lambda found: salt if found[1] == b"SALT" else password, template)
    return hashlib.new(algorithm, message).digest()


def sha256crypt(password, salt, rounds):
    """SHA-256 of crypt(3) by Drepper's specification, whose steps are numbered here, with a salt of any length."""
    sha = lambda *parts: hashlib.sha256(b"".join(parts)).digest()  # noqa: E731
    fill = lambda block, size: (block * (size // 32 + 1))[:size]  # noqa: E731
    length = len(password)
    other = sha(password, salt, password)  # 4 to 8
    bits = f"{length:b}"[::-1] if length else ""
    state = first = sha(password, salt, fill(other, length), *(other if bit == "1" else password for bit in bits))  # 1 to 12
    p = fill(sha(password * length), length)  # 13 to 16
    s = fill(sha(salt * (16 + first[0])), len(salt))  # 17 to 20
    for number in range(rounds):  # 21
        parts = [p if number % 2 else state, s if number % 3 else b"", p if number % 7 else b"", state if number % 2 else p]
        state = sha(*parts)
    return letters(state)


@functools.cache
def library():
    found = ctypes.CDLL("libcrypt.so.1")
    found.crypt.restype = ctypes.c_char_p
    return found


def libxcrypt(password, setting):
    return library().crypt(password, setting.encode())


def letters(checksum):
    """A checksum as crypt(3) writes it: 22 of the specification."""
    groups = [tuple((place * 21 + third * 10) % 30 for third in range(3)) for place in range(10)]
    numbers = [(int.from_bytes(bytes(checksum[place] for place in group), "big"), 4) for group in groups]
    numbers.append((checksum[31] << 8 | checksum[30], 3))
    return "".join(ITOA64[number >> 6 * place & 63] for number, size in numbers for place in range(size)).encode()


def mysql_caching_sha2(password, rounds, salt):
    """The rule of MySQL's sql/auth/sha2_password.cc. The same rule is held to libxcrypt with a salt that crypt(3) takes."""
    taken = salt.hex()[:16]
    if 0 not in password and len(password) < 256:
        assert libxcrypt(password, f"$5$rounds={rounds}${taken}$").rsplit(b"$", 1)[1] == sha256crypt(password, taken.encode(), rounds)
    return sha256crypt(password, salt, rounds)


def takes_text(password, parameters):
    return is_text(password)


RULES = {"aspnet_membership": membership, "umbraco_4": umbraco_4, "loop": loop, "magento2": magento2, "template": template}
RULES |= {"mysql_caching_sha2": mysql_caching_sha2}
RULES |= {"md5_mediawiki": md5_mediawiki, "pbkdf2_mediawiki_md5": pbkdf2_mediawiki_md5}
LIMITS = dict.fromkeys(["aspnet_membership", "umbraco_4"], takes_text)
SYSTEMS = {"python": System("Python, hashlib and hmac", platform.python_version, RULES, limits=LIMITS, install="python3")}
