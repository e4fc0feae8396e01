"""389 Directory Server's `pwdhash`, which draws its salts, so that it only verifies."""

import subprocess

from systems import System, debian, is_text

SCHEMES = ["ldap_pbkdf2_sha1", "ldap_pbkdf2_sha256", "ldap_pbkdf2_sha512", "ldap_pbkdf2_389ds"]


def verify(password, digest):
    asked = subprocess.run(["pwdhash", "-c", digest, "--", password], capture_output=True)
    return asked.returncode == 0 and b"password ok" in asked.stdout


def takes(password, parameters):
    """`pwdhash` takes the password as an argument, which a NUL would end, and text alone for its newer plugins."""
    return 0 not in password and is_text(password)


def version():
    text = subprocess.run(["ns-slapd", "--version"], capture_output=True, text=True, check=True).stdout
    return text.split("389-Directory/")[1].split()[0] + debian("389-ds-base")


SYSTEMS = {
    "ds389": System(
        "389 Directory Server, pwdhash",
        version,
        dict.fromkeys(SCHEMES),
        verifiers=dict.fromkeys(SCHEMES, verify),
        limits=dict.fromkeys(SCHEMES, takes),
        install="apt-get install 389-ds-base",
        makes=False,
    )
}
