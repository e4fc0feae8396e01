"""The systems of every machine: coreutils, and Python with the OpenSSL that it was built with."""

import hashlib
import hmac
import platform
import ssl
import stringprep
import subprocess

from systems import System, debian, scrypt_rule

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


def digest(password, algorithm, before=b"", after=b"", rounds=0):
    """H(before || password || after), and `rounds` times a digest of the last one and the whole message."""
    message = before + password + after
    state = hashlib.new(algorithm, message).digest()
    for _ in range(rounds):
        state = hashlib.new(algorithm, state + message).digest()
    return state


ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def drupal7(password, algorithm, salt, exponent):
    """The loop of Drupal 7's password.inc, and its base64, low bits first; 43 characters of it."""
    state = hashlib.new(algorithm, salt + password).digest()
    for _ in range(2**exponent):
        state = hashlib.new(algorithm, state + password).digest()
    number = int.from_bytes(state, "little")
    return "".join(ITOA64[number >> 6 * place & 63] for place in range(43)).encode()


def openssl_scrypt(password, N, r, p, salt, length):
    return hashlib.scrypt(password, salt=salt, n=N, r=r, p=p, dklen=length, maxmem=2**30)


def hmac_loop(password, algorithm, iterations, salt, length):
    for _ in range(iterations - 1):
        password = hmac.new(salt, password, algorithm).hexdigest().encode()
    return hmac.digest(salt, password, algorithm)


def by_hashlib(algorithm):
    return lambda password: hashlib.new(algorithm, password).digest()


def saslprep(password):
    """RFC 4013, with the tables of Python's stringprep; the bytes as they are where it refuses them."""
    try:
        text = password.decode()
    except UnicodeDecodeError:
        return password
    # The zero-width space is in both tables; PostgreSQL makes a space of it.
    mapped = "".join(" " if stringprep.in_table_c12(sign) else sign for sign in text if stringprep.in_table_c12(sign) or not stringprep.in_table_b1(sign))
    made = stringprep.unicodedata.normalize("NFKC", mapped)
    refused = [f"in_table_{name}" for name in ("c12", "c21_c22", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "a1")]
    both = any(map(stringprep.in_table_d1, made))
    if not made or any(getattr(stringprep, name)(sign) for name in refused for sign in made):
        return password
    if both and (any(map(stringprep.in_table_d2, made)) or not (stringprep.in_table_d1(made[0]) and stringprep.in_table_d1(made[-1]))):
        return password
    return made.encode()


def scram(password, algorithm, iterations, salt):
    """StoredKey and ServerKey of RFC 5802, of the typed bytes where SASLprep refuses the password, as PostgreSQL has it."""
    return scram_keys(saslprep(password), algorithm, iterations, salt)


def scram_mongodb(password, iterations, salt, username):
    """The same of the hexadecimal MD5 that MongoDB has for the password of SCRAM-SHA-1."""
    return scram_keys(hashlib.md5(username.encode() + b":mongo:" + password).hexdigest().encode(), "sha1", iterations, salt)


def scram_keys(prepared, algorithm, iterations, salt):
    salted = hashlib.pbkdf2_hmac(algorithm, prepared, salt, iterations)
    stored = hashlib.new(algorithm, hmac.digest(salted, b"Client Key", algorithm)).digest()
    return stored + hmac.digest(salted, b"Server Key", algorithm)


OPENSSL = " ".join(ssl.OPENSSL_VERSION.split()[:2])
PYTHON = platform.python_version()
SYSTEMS = {
    "coreutils": System("GNU coreutils", coreutils_version, {name: coreutils(name) for name in ALGORITHMS}, install="coreutils"),
    "hashlib": System("Python, hashlib", lambda: PYTHON, {**{name: by_hashlib(name) for name in ALGORITHMS}, "drupal7": drupal7, "mysql41": lambda password: hashlib.sha1(hashlib.sha1(password).digest()).digest()}, install="python3"),
    "openssl": System(
        "OpenSSL, by Python's hashlib",
        lambda: f"{OPENSSL}, Python {PYTHON}",
        {
            "pbkdf2": openssl_pbkdf2,
            "scrypt": scrypt_rule(openssl_scrypt),
            "scrypt_werkzeug": openssl_werkzeug,
            "digest": digest,
            "hmac_loop": hmac_loop,
            "scram": scram,
            "scram_mongodb": scram_mongodb,
            "hmac": lambda password, algorithm, key: hmac.new(key, password, algorithm).digest(),
        },
        limits={"hmac": lambda password, parameters: parameters["algorithm"] in ALGORITHMS},
        install="python3",
    ),
}
