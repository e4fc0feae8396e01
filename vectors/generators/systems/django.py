"""Django."""

import functools
from importlib.metadata import version

from systems import System, debian, is_text


@functools.cache
def hashers():
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    from django.contrib.auth import hashers

    return hashers


def typed(password):
    return password.decode() if is_text(password) else password


def pbkdf2(password, iterations, salt):
    return hashers().PBKDF2PasswordHasher().encode(typed(password), salt, iterations)


def pbkdf2_sha1(password, algorithm, iterations, salt, length):
    return hashers().PBKDF2SHA1PasswordHasher().encode(typed(password), salt.decode(), iterations)


def bcrypt_sha256(password, setting):
    return hashers().BCryptSHA256PasswordHasher().encode(typed(password), setting.encode())


def bcrypt(password, setting):
    return hashers().BCryptPasswordHasher().encode(typed(password), setting.encode())


def crypt(password, setting):
    return hashers().CryptPasswordHasher().encode(typed(password), setting)


def verifier(name):
    return lambda password, digest: getattr(hashers(), name)().verify(typed(password), digest)


def salted(name, unsalted):
    """Django has a hasher of its own for an empty salt."""

    def make(password, algorithm, before=b"", after=b"", rounds=0):
        made = getattr(hashers(), name if before else unsalted)().encode(typed(password), before.decode())
        # Django writes an MD5 without a salt as the checksum alone, and reads it behind `md5$$` too.
        return made if "$" in made else f"{algorithm}$${made}"

    def verify(password, digest):
        return getattr(hashers(), unsalted if "$$" in digest else name)().verify(typed(password), digest)

    return make, verify


SALTED = {
    "md5_django": salted("MD5PasswordHasher", "UnsaltedMD5PasswordHasher"),
    "sha1_django": salted("SHA1PasswordHasher", "UnsaltedSHA1PasswordHasher"),
}
SYSTEMS = {
    "django": System(
        "Django",
        lambda: version("django") + debian("python3-django"),
        {
            "pbkdf2_sha256_django": pbkdf2,
            "pbkdf2_sha1_django": pbkdf2_sha1,
            "bcrypt_sha256_django": bcrypt_sha256,
            "bcrypt_django": bcrypt,
            "crypt_django": crypt,
            **{scheme: make for scheme, (make, _) in SALTED.items()},
        },
        install="apt-get install python3-django python3-bcrypt",
        verifiers={
            "pbkdf2_sha256_django": verifier("PBKDF2PasswordHasher"),
            "pbkdf2_sha1_django": verifier("PBKDF2SHA1PasswordHasher"),
            "bcrypt_sha256_django": verifier("BCryptSHA256PasswordHasher"),
            "bcrypt_django": verifier("BCryptPasswordHasher"),
            "crypt_django": verifier("CryptPasswordHasher"),
            **{scheme: verify for scheme, (_, verify) in SALTED.items()},
        },
        limits={
            "bcrypt_sha256_django": lambda password, parameters: is_text(password),
            # Python's bcrypt, which it computes with, ends at a NUL.
            "bcrypt_django": lambda password, parameters: is_text(password) and 0 not in password,
            # Python's crypt refuses a NUL.
            "crypt_django": lambda password, parameters: is_text(password) and 0 not in password and len(password) <= 511,
            # Django joins the salt and the password as text.
            **{scheme: lambda password, parameters: is_text(password) for scheme in SALTED},
        },
    )
}
