"""Python's bcrypt, which ends a password at a NUL, and has neither $2x$ nor $2$."""

import base64
import hashlib
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


def twice(password, setting):
    return make(make(password, setting).encode(), setting)


def passlib(password, setting):
    """passlib's bcrypt_sha256: version 2 has an HMAC with the salt as it is written."""
    _, _, head, salt = setting.split("$")
    is_second = head.startswith("v=")
    raw = hmac.digest(salt.encode(), password, "sha256") if is_second else hashlib.sha256(password).digest()
    ident, cost = (head[6:8], head[11:]) if is_second else head.split(",")
    return f"{setting}${make(base64.b64encode(raw), f'${ident}${int(cost):02}${salt}')[29:]}"


def adonis(password, v, cost, salt):
    made = make(password, f"$2{chr(v)}${cost:02}${base64.b64encode(salt).decode().rstrip('=').translate(TO_BCRYPT)}")
    return base64.b64decode(made[29:].translate(FROM_BCRYPT) + "=")


def mediawiki(password, setting):
    _, _, cost, salt, *_ = setting.replace("$", ":").split(":")
    return f"{setting}{make(password, f'$2b${int(cost):02}${salt}')[29:]}"


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
            "bcrypt_wbb4": twice,
            "bcrypt_sha256_passlib": passlib,
            "bcrypt_adonis": adonis,
            "bcrypt_mediawiki": mediawiki,
        },
        install="apt-get install python3-bcrypt",
        verifiers={"bcrypt": verify},
        limits={"bcrypt": takes, "bcrypt_wbb4": takes, **dict.fromkeys(["bcrypt_peppered", "bcrypt_adonis", "bcrypt_mediawiki"], lambda password, _: 0 not in password)},
    )
}
