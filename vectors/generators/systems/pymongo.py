"""PyMongo, the driver, whose password of SCRAM-SHA-1 this is. The keys are made with passlib's PBKDF2, which is in Python."""

import hashlib
import hmac

from systems import System, debian, is_text
from systems.passlib import pbkdf2


def scram(password, iterations, salt, username):
    from pymongo.auth import _password_digest

    prepared = _password_digest(username, password.decode()).encode()
    salted = pbkdf2(prepared, "sha1", iterations, salt, 20)
    stored = hashlib.sha1(hmac.digest(salted, b"Client Key", "sha1")).digest()
    return stored + hmac.digest(salted, b"Server Key", "sha1")


def version():
    import pymongo

    return pymongo.version + debian("python3-pymongo")


SYSTEMS = {
    "pymongo": System(
        "PyMongo, with passlib's PBKDF2",
        version,
        {"scram_mongodb": scram},
        limits={"scram_mongodb": lambda password, parameters: is_text(password) and password != b""},
        install="apt-get install python3-pymongo",
    )
}
