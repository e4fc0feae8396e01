"""`openssl passwd`, and Apache's htpasswd, which draws its salts, so that it only verifies."""

import re
import subprocess
import tempfile

from systems import System, debian

OPTIONS = {"md5crypt": "-1", "apr1": "-apr1", "sha256crypt": "-5", "sha512crypt": "-6"}


def passwd(scheme):
    def make(password, setting):
        # The salt stands behind the prefix, with the rounds in front of it.
        salt = setting.split("$", 2)[2].removesuffix("$")
        command = ["openssl", "passwd", OPTIONS[scheme], "-salt", salt, "--", password]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode().removesuffix("\n")

    return make


def takes(password, parameters):
    """It takes the password as an argument, which a NUL would end, and reads 256 bytes of it; a salt of letters, digits and the like."""
    # SHA-2 of the empty password is an error to it.
    is_short = 0 not in password and len(password) <= 256 and (password != b"" or "rounds" not in parameters["setting"])
    return is_short and re.fullmatch(r"\$\w+\$(rounds=\d+\$)?[./0-9A-Za-z]+\$", parameters["setting"]) is not None


def verify_by_htpasswd(password, digest):
    with tempfile.NamedTemporaryFile("w", suffix=".htpasswd") as file:
        file.write(f"user:{digest}\n")
        file.flush()
        return subprocess.run(["htpasswd", "-bv", file.name, "user", password], capture_output=True).returncode == 0


def version():
    text = subprocess.run(["openssl", "version"], capture_output=True, text=True, check=True).stdout
    return text.split()[1] + debian("openssl")


def htpasswd_version():
    subprocess.run(["htpasswd"], capture_output=True)
    return debian("apache2-utils").strip()


SYSTEMS = {
    "openssl_passwd": System(
        "OpenSSL, openssl passwd",
        version,
        {scheme: passwd(scheme) for scheme in OPTIONS},
        limits=dict.fromkeys(OPTIONS, takes),
        install="apt-get install openssl",
    ),
    "htpasswd": System(
        "Apache, htpasswd",
        htpasswd_version,
        {"apr1": None},
        verifiers={"apr1": verify_by_htpasswd},
        # It takes passwords of 255 bytes at most.
        limits={"apr1": lambda password, parameters: 0 not in password and len(password) < 256},
        install="apt-get install apache2-utils",
        makes=False,
    ),
}
