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


def verifier(name):
    return lambda password, digest: getattr(hashers(), name)().verify(typed(password), digest)


SYSTEMS = {
    "django": System(
        "Django",
        lambda: version("django") + debian("python3-django"),
        {"pbkdf2_sha256_django": pbkdf2, "pbkdf2_sha1_django": pbkdf2_sha1, "bcrypt_sha256_django": bcrypt_sha256},
        install="apt-get install python3-django python3-bcrypt",
        verifiers={
            "pbkdf2_sha256_django": verifier("PBKDF2PasswordHasher"),
            "pbkdf2_sha1_django": verifier("PBKDF2SHA1PasswordHasher"),
            "bcrypt_sha256_django": verifier("BCryptSHA256PasswordHasher"),
        },
        limits={"bcrypt_sha256_django": lambda password, parameters: is_text(password)},
    )
}
