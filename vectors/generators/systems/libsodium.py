"""scrypt of libsodium, which shares no code with OpenSSL's, and pycryptodome's AES for what Firebase does after it."""

import ctypes
import functools
from importlib.metadata import version

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


def sodium_version():
    return library().sodium_version_string().decode() + debian("libsodium23")


SYSTEMS = {
    "libsodium": System("libsodium", sodium_version, {"scrypt": scrypt_rule(scrypt), "scrypt_werkzeug": werkzeug}, install="apt-get install libsodium23"),
    "sodium_aes": System(
        "libsodium and pycryptodome",
        lambda: f"{sodium_version()}, {version('pycryptodomex')}{debian('python3-pycryptodome')}",
        {"scrypt_firebase": firebase},
        install="apt-get install libsodium23 python3-pycryptodome",
    ),
}
