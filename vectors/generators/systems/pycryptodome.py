"""Digests of pycryptodome, which has MD4 beside those that OpenSSL still has."""

from importlib import import_module
from importlib.metadata import version

from systems import System, debian

MODULES = {"md4": "MD4", "md5": "MD5", "sha1": "SHA1", "sha256": "SHA256"}


def digest(password, algorithm, before=b"", after=b""):
    return import_module(f"Cryptodome.Hash.{MODULES[algorithm]}").new(before + password + after).digest()


def hmac(password, algorithm, key):
    return import_module("Cryptodome.Hash.HMAC").new(key, password, import_module(f"Cryptodome.Hash.{MODULES[algorithm]}")).digest()


def takes_hmac(password, parameters):
    return parameters["algorithm"] in MODULES


SYSTEMS = {
    "pycryptodome": System(
        "pycryptodome",
        lambda: version("pycryptodomex") + debian("python3-pycryptodome"),
        {"digest": digest, "hmac": hmac},
        limits={"hmac": takes_hmac},
        install="apt-get install python3-pycryptodome",
    )
}
