"""Dovecot's `doveadm pw`, which draws its salts, so that it only verifies."""

import re
import subprocess

from systems import System, debian

SCHEMES = ["ldap_smd5", "ldap_sha1", "ldap_ssha", "ldap_sha256", "ldap_ssha256", "ldap_sha512", "ldap_ssha512", "ldap_pbkdf2_dovecot", "scram"]


def verify(password, digest):
    if digest.startswith("SCRAM-"):
        digest = "{{{}}}{},{},{},{}".format(*re.split("[$:]", digest))
    asked = subprocess.run(["doveadm", "pw", "-t", digest, "-p", password], capture_output=True)
    return asked.returncode == 0 and b"(verified)" in asked.stdout


def takes(password, parameters):
    """Dovecot takes the password as an argument, which a NUL would end."""
    return 0 not in password


def takes_scram(password, parameters):
    """Dovecot prepares no password, so that it is asked of ASCII alone; it refuses fewer than 4096 iterations."""
    is_text = 0 not in password and password.isascii() and password
    return bool(is_text) and parameters["algorithm"] != "sha512" and parameters["iterations"] >= 4096


def version():
    text = subprocess.run(["dovecot", "--version"], capture_output=True, text=True, check=True).stdout
    return text.split()[0] + debian("dovecot-core")


SYSTEMS = {
    "dovecot": System(
        "Dovecot, doveadm pw",
        version,
        dict.fromkeys(SCHEMES),
        verifiers=dict.fromkeys(SCHEMES, verify),
        limits={**dict.fromkeys(SCHEMES, takes), "scram": takes_scram},
        install="apt-get install dovecot-core",
        makes=False,
    )
}
