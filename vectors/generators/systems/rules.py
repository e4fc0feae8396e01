"""Python, following the rules of systems of .NET and Java, beside those systems or where they cannot be run."""

import base64
import hashlib
import hmac
import platform
import re

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


def takes_text(password, parameters):
    return is_text(password)


RULES = {"aspnet_membership": membership, "umbraco_4": umbraco_4, "loop": loop, "magento2": magento2, "template": template}
RULES |= {"md5_mediawiki": md5_mediawiki, "pbkdf2_mediawiki_md5": pbkdf2_mediawiki_md5}
LIMITS = dict.fromkeys(["aspnet_membership", "umbraco_4"], takes_text)
SYSTEMS = {"python": System("Python, hashlib and hmac", platform.python_version, RULES, limits=LIMITS, install="python3")}
