"""Werkzeug 2.3 or later, and the last that wrote plain digests: 2.2, which install.sh takes out of Debian's package."""

import functools
import importlib.util
from importlib.metadata import version
from unittest import mock

from systems import HERE, System, is_text

VERSION_OF_DEBIAN = "2.2.2"
OLD = HERE / "downloads" / "werkzeug-security.py"


def make(password, N, r, p, salt):
    from werkzeug import security

    with mock.patch.object(security, "gen_salt", lambda length: salt):
        return security.generate_password_hash(password.decode(), f"scrypt:{N}:{r}:{p}")


def make_pbkdf2(password, algorithm, iterations, salt, length):
    from werkzeug import security

    with mock.patch.object(security, "gen_salt", lambda length: salt.decode()):
        return security.generate_password_hash(password.decode(), f"pbkdf2:{algorithm}:{iterations}")


def verify(password, digest):
    from werkzeug import security

    return security.check_password_hash(digest, password.decode())


def takes(password, parameters):
    """Whether Werkzeug takes it: passwords of text, where OpenSSL needs no more than the 132 * N * r * p bytes that it is given."""
    N, r, p = (parameters[name] for name in "Nrp")
    return is_text(password) and 128 * r * (N + p + 2) <= 132 * N * r * p


def read_version():
    found = version("werkzeug")
    return found if tuple(map(int, found.split(".")[:2])) >= (2, 3) else None


@functools.cache
def old():
    spec = importlib.util.spec_from_file_location("werkzeug_security", OLD)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_hmac(password, algorithm, key):
    with mock.patch.object(old(), "gen_salt", lambda length: key.decode()):
        return old().generate_password_hash(password.decode(), algorithm)


def verify_hmac(password, digest):
    return old().check_password_hash(digest, password.decode())


SYSTEMS = {
    "werkzeug_old": System(
        "Werkzeug",
        lambda: OLD.exists() and VERSION_OF_DEBIAN,
        {"hmac_werkzeug": make_hmac},
        install="vectors/generators/install.sh",
        verifiers={"hmac_werkzeug": verify_hmac},
        limits={"hmac_werkzeug": lambda password, parameters: is_text(password)},
    ),
    "werkzeug": System(
        "Werkzeug",
        read_version,
        {"scrypt_werkzeug": make, "pbkdf2_werkzeug": make_pbkdf2},
        install="pip install -r vectors/generators/requirements.txt",
        verifiers={"scrypt_werkzeug": verify, "pbkdf2_werkzeug": verify},
        limits={"scrypt_werkzeug": takes, "pbkdf2_werkzeug": lambda password, parameters: is_text(password)},
    )
}
