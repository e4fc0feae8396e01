"""Dovecot's `doveadm pw`, which draws its salts, so that it only verifies."""

import subprocess

from systems import System, debian

SCHEMES = ["ldap_smd5", "ldap_sha1", "ldap_ssha", "ldap_sha256", "ldap_ssha256", "ldap_sha512", "ldap_ssha512", "ldap_pbkdf2_dovecot"]


def verify(password, digest):
    asked = subprocess.run(["doveadm", "pw", "-t", digest, "-p", password], capture_output=True)
    return asked.returncode == 0 and b"(verified)" in asked.stdout


def takes(password, parameters):
    """Dovecot takes the password as an argument, which a NUL would end."""
    return 0 not in password


def version():
    text = subprocess.run(["dovecot", "--version"], capture_output=True, text=True, check=True).stdout
    return text.split()[0] + debian("dovecot-core")


SYSTEMS = {
    "dovecot": System(
        "Dovecot, doveadm pw",
        version,
        dict.fromkeys(SCHEMES),
        verifiers=dict.fromkeys(SCHEMES, verify),
        limits=dict.fromkeys(SCHEMES, takes),
        install="apt-get install dovecot-core",
        makes=False,
    )
}
