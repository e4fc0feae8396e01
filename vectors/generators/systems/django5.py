"""Django 5, whose scrypt Debian 12's Django does not have: in a process of its own, since both have one name."""

import base64
import json
import pathlib
import sys

DJANGO = pathlib.Path(__file__).resolve().parent / "downloads" / "django"


def main():
    sys.path.insert(0, str(DJANGO))
    import django
    from django.conf import settings

    settings.configure()
    from django.contrib.auth.hashers import ScryptPasswordHasher

    hasher = ScryptPasswordHasher()
    # OpenSSL's default is 32 MiB; a site raises it the same way.
    hasher.maxmem = 2**30
    operations = {
        "version": lambda ask: {"version": django.get_version()},
        "hash": lambda ask: {"digest": hasher.encode(password_of(ask), base64.b64decode(ask["salt"]).decode(), ask["N"], ask["r"], ask["p"])},
        "verify": lambda ask: {"verified": hasher.verify(password_of(ask), ask["digest"])},
    }
    for line in sys.stdin:
        ask = json.loads(line)
        try:
            answer = operations[ask["op"]](ask)
        except Exception as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


def password_of(ask):
    return base64.b64decode(ask["password"]).decode()


if __name__ == "__main__":
    main()
else:
    from systems import LineSystem, is_text

    SYSTEMS = {
        "django5": LineSystem(
            "Django",
            [sys.executable, "django5.py"],
            ["scrypt_django"],
            install="vectors/generators/install.sh",
            verifies=["scrypt_django"],
            limits={"scrypt_django": lambda password, parameters: is_text(password)},
        )
    }
