"""scrypt of libsodium (Debian package libsodium23, 1.0.18), an implementation apart from OpenSSL's, and what flags it needs."""

import ctypes
import hashlib

from password_flags import hmac_flags, password_flags
from vector_tools import note

HMAC_KEY_NOTE = note(
    "limitation",
    "scrypt uses the password as an HMAC key, which is filled up with NUL bytes to 64: a password and the same with a NUL "
    "at its end are one key.",
    "A verifier that refuses one of them locks a user out.",
    "https://www.rfc-editor.org/rfc/rfc2104#section-2",
)

# Two passwords of one key: a long one, and its hash.
LONG_WORD = "b" * 65
HASHED_WORD = hashlib.sha256(LONG_WORD.encode()).digest()

library = ctypes.CDLL("libsodium.so.23")
library.crypto_pwhash_scryptsalsa208sha256_ll.argtypes = [
    *(ctypes.c_char_p, ctypes.c_size_t),
    *(ctypes.c_char_p, ctypes.c_size_t),
    *(ctypes.c_uint64, ctypes.c_uint32, ctypes.c_uint32),
    *(ctypes.c_char_p, ctypes.c_size_t),
]


def scrypt(password, salt, n, r, p, length):
    key = ctypes.create_string_buffer(length)
    failed = library.crypto_pwhash_scryptsalsa208sha256_ll(
        password, len(password), salt, len(salt), n, r, p, key, length
    )
    if failed:
        raise ValueError(f"libsodium refuses N={n}, r={r}, p={p}")
    return key.raw


def scrypt_flags(password):
    flags = password_flags(password)
    flags = [flag if flag != "Nul" or not password.endswith(b"\0") else "HmacKey" for flag in flags]
    return [*flags, *hmac_flags(password, 32)]
