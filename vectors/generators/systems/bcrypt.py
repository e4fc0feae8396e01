"""Python's bcrypt. It ends at a NUL, and knows neither $2x$ nor $2$."""

import base64
import hmac
from importlib.metadata import version

from systems import System, debian


def make(password, setting):
    import bcrypt

    return bcrypt.hashpw(password, setting.encode()).decode()


LETTERS = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
TO_BCRYPT, FROM_BCRYPT = str.maketrans(STANDARD, LETTERS), str.maketrans(LETTERS, STANDARD)


def peppered(password, setting, pepper):
    return f"{make(password + pepper, setting)}${pepper.decode()}"


def passlib(password, cost, salt):
    """passlib's version 2: HMAC with the salt as it is written."""
    key = base64.b64encode(hmac.new(salt.encode(), password, "sha256").digest())
    return f"$bcrypt-sha256$v=2,t=2b,r={cost}${salt}${make(key, f'$2b${cost:02}${salt}')[29:]}"


def adonis(password, cost, salt):
    made = make(password, f"$2b${cost:02}${base64.b64encode(salt).decode().rstrip('=').translate(TO_BCRYPT)}")
    return base64.b64decode(made[29:].translate(FROM_BCRYPT) + "=")


def verify(password, digest):
    import bcrypt

    return bcrypt.checkpw(password, digest.encode())


def takes(password, parameters):
    return 0 not in password and parameters["setting"][:3] in ("$2a", "$2b", "$2y")


SYSTEMS = {
    "python_bcrypt": System(
        "bcrypt (Python)",
        lambda: version("bcrypt") + debian("python3-bcrypt"),
        {
            "bcrypt": make,
            "bcrypt_peppered": peppered,
            "bcrypt_sha256_passlib": passlib,
            "bcrypt_adonis": adonis,
        },
        install="apt-get install python3-bcrypt",
        verifiers={"bcrypt": verify},
        limits={"bcrypt": takes, **dict.fromkeys(["bcrypt_peppered", "bcrypt_adonis"], lambda password, _: 0 not in password)},
    )
}
