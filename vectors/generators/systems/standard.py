"""The systems of every machine: coreutils, and Python with the OpenSSL that it was built with."""

import hashlib
import platform
import ssl
import subprocess

from systems import System, debian

ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")


def coreutils(algorithm):
    def make(password):
        made = subprocess.run([f"{algorithm}sum"], input=password, capture_output=True, check=True).stdout
        return bytes.fromhex(made.split()[0].decode())

    return make


def coreutils_version():
    text = subprocess.run(["md5sum", "--version"], capture_output=True, text=True, check=True).stdout
    return text.splitlines()[0].split()[-1] + debian("coreutils")


def openssl_pbkdf2(password, algorithm, iterations, salt, length):
    return hashlib.pbkdf2_hmac(algorithm, password, salt, iterations, length)


def openssl_werkzeug(password, N, r, p, salt):
    checksum = hashlib.scrypt(password, salt=salt.encode(), n=N, r=r, p=p, dklen=64, maxmem=2**30)
    return f"scrypt:{N}:{r}:{p}${salt}${checksum.hex()}"


def by_hashlib(algorithm):
    return lambda password: hashlib.new(algorithm, password).digest()


OPENSSL = " ".join(ssl.OPENSSL_VERSION.split()[:2])
PYTHON = platform.python_version()
SYSTEMS = {
    "coreutils": System("GNU coreutils", coreutils_version, {name: coreutils(name) for name in ALGORITHMS}, install="coreutils"),
    "hashlib": System("Python, hashlib", lambda: PYTHON, {name: by_hashlib(name) for name in ALGORITHMS}, install="python3"),
    "openssl": System(
        "OpenSSL, by Python's hashlib",
        lambda: f"{OPENSSL}, Python {PYTHON}",
        {"pbkdf2": openssl_pbkdf2, "scrypt_werkzeug": openssl_werkzeug},
        install="python3",
    ),
}
