"""scrypt of libsodium, which shares no code with OpenSSL's, and pycryptodome's AES for what Firebase does after it."""

import ctypes
import functools
from importlib.metadata import version

from fields import ITOA64
from systems import System, debian, scrypt_rule


@functools.cache
def library():
    sodium = ctypes.CDLL("libsodium.so.23")
    sodium.sodium_version_string.restype = ctypes.c_char_p
    text, size = ctypes.c_char_p, ctypes.c_size_t
    numbers = [ctypes.c_uint64, ctypes.c_uint32, ctypes.c_uint32]
    sodium.crypto_pwhash_scryptsalsa208sha256_ll.argtypes = [text, size, text, size, *numbers, text, size]
    return sodium


def scrypt(password, N, r, p, salt, length):
    key = ctypes.create_string_buffer(length)
    texts = (password, len(password), salt, len(salt))
    assert library().crypto_pwhash_scryptsalsa208sha256_ll(*texts, N, r, p, key, length) == 0
    return key.raw


def aes(key, data):
    from Cryptodome.Cipher import AES

    return AES.new(key, AES.MODE_CTR, nonce=b"", initial_value=bytes(16)).encrypt(data)


def firebase(password, salt, signerKey, saltSeparator, rounds, memoryCost):
    key = scrypt(password, 2**memoryCost, rounds, 1, salt + saltSeparator, 32)
    return aes(key, signerKey)


def werkzeug(password, N, r, p, salt):
    checksum = scrypt(password, N, r, p, salt.encode(), 64)
    return f"scrypt:{N}:{r}:{p}${salt}${checksum.hex()}"


def crypt(password, setting):
    """The checksum of the setting `$7$` of crypt(3)."""
    number = lambda text: sum(ITOA64.index(sign) << 6 * place for place, sign in enumerate(text))  # noqa: E731
    return scrypt(password, 1 << number(setting[3]), number(setting[4:9]), number(setting[9:14]), setting[14:].encode(), 32)


def verify_crypt(password, digest):
    """libsodium's own answer, for digests of the length that it writes."""
    if len(digest) != 101:
        return None
    return library().crypto_pwhash_scryptsalsa208sha256_str_verify(digest.encode() + b"\0", password, ctypes.c_uint64(len(password))) == 0


def sodium_version():
    return library().sodium_version_string().decode() + debian("libsodium23")


SYSTEMS = {
    "libsodium": System(
        "libsodium",
        sodium_version,
        {"scrypt": scrypt_rule(scrypt), "scrypt_werkzeug": werkzeug, "scrypt_crypt": crypt},
        install="apt-get install libsodium23",
        verifiers={"scrypt_crypt": verify_crypt},
        # It hashes a NUL and what follows, which libxcrypt does not read.
        limits={"scrypt_crypt": lambda password, parameters: 0 not in password},
    ),
    "sodium_aes": System(
        "libsodium and pycryptodome",
        lambda: f"{sodium_version()}, {version('pycryptodomex')}{debian('python3-pycryptodome')}",
        {"scrypt_firebase": firebase},
        install="apt-get install libsodium23 python3-pycryptodome",
    ),
}
