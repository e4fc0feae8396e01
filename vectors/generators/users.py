#!/usr/bin/env python3
"""Writes vectors/exports/users.ndjson and vectors/exports/passwords.json: a users table as a migration meets it.

Every digest is made by the system that its e-mail address names. Salts are fixed: a second run writes the same files.

Needs, from Debian 12: python3-django 3.2.25, python3-bcrypt 3.2.2, php-cli 8.2, argon2 0~20171227, coreutils 9.1. And three files
that are not part of this repository, given as arguments:

  class-phpass.php   wp-includes/class-phpass.php of WordPress 6.1.9 (Debian package wordpress)
  security.py        src/werkzeug/security.py of Werkzeug 3.1.3 (it imports nothing but the standard library)
  firebase-scrypt    node_modules/firebase-scrypt after `npm install firebase-scrypt@2.2.0`

  python3 vectors/generators/users.py class-phpass.php security.py node_modules/firebase-scrypt
"""
import importlib.util
import json
import pathlib
import subprocess
import sys
from unittest import mock

import bcrypt
from django.conf import settings
from django.contrib.auth import hashers as django

PHPASS, SECURITY, FIREBASE = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:4])
EXPORTS = pathlib.Path(__file__).resolve().parent.parent / "exports"

settings.configure()
spec = importlib.util.spec_from_file_location("security", SECURITY)
werkzeug = importlib.util.module_from_spec(spec)
spec.loader.exec_module(werkzeug)


def run(command, *arguments, stdin=None):
    return (
        subprocess.run([command, *arguments], input=stdin, capture_output=True, check=True)
        .stdout.decode()
        .strip()
    )


def php(code, *arguments):
    return run("php", "-r", code, "--", *arguments)


def php_password_hash(
    password, cost, salt
):  # password_hash() takes no salt any more; it calls the same crypt()
    return php("echo crypt($argv[1], $argv[2]);", password, f"$2y${cost:02}${salt}")


def python_bcrypt(password, cost, salt):
    return bcrypt.hashpw(password.encode(), f"$2b${cost:02}${salt}".encode()).decode()


def django_bcrypt_sha256(password, cost, salt):
    return django.get_hasher("bcrypt_sha256").encode(password, f"$2b${cost:02}${salt}".encode())


def django_pbkdf2(password, iterations, salt):
    return django.PBKDF2PasswordHasher().encode(password, salt, iterations)


def django_unusable():
    with mock.patch.object(
        django, "get_random_string", lambda length: "kQ7dWm2ZsX9fLb4RtYc6NvHj1GpAe8UuKo3TiMz5"[:length]
    ):
        return django.make_password(None)


def php_pbkdf2(algorithm, password, iterations, salt, length, decode_salt, encode_checksum):
    code = f"echo {encode_checksum}(hash_pbkdf2($argv[1], $argv[2], {decode_salt}($argv[3]), (int) $argv[4], (int) $argv[5], true));"
    return f"pbkdf2_{algorithm}${iterations}${salt}$" + php(
        code, algorithm, password, salt, str(iterations), str(length)
    )


def phpass(password, setting):
    code = "require $argv[1]; echo (new PasswordHash(8, true))->crypt_private($argv[2], $argv[3]);"
    return php(code, PHPASS, password, setting)


def firebase(password, salt, signer_key, separator, rounds, memory_cost):
    code = """const { FirebaseScrypt } = require(process.argv[1])
      const [password, salt, options] = process.argv.slice(2)
      new FirebaseScrypt(JSON.parse(options)).hash(password, salt).then((checksum) => console.log(checksum))"""
    options = {"memCost": memory_cost, "rounds": rounds, "saltSeparator": separator, "signerKey": signer_key}
    checksum = run("node", "-e", code, FIREBASE, password, salt, json.dumps(options))
    return f"{checksum}${salt}${signer_key}${separator}${rounds}${memory_cost}"


def werkzeug_scrypt(password, salt):
    checksum, method = werkzeug._hash_internal("scrypt:32768:8:1", salt, password)
    return f"{method}${salt}${checksum}"


def argon2(kind, password, salt, memory, iterations):
    options = f"{kind} -k {memory} -t {iterations} -p 1 -l 32 -e".split()
    return run("argon2", salt, *options, stdin=password.encode())


def coreutils_sha256sum(password):
    return run("sha256sum", stdin=password.encode())[:64]


def php_md5(password):
    return php("echo md5($argv[1]);", password)


SIGNER_KEY = "q83vASNFZ4kSNFZ4kKvN7wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMA=="

# e-mail, hasher as the table's column says, password (None: the account has none), how the digest is made.
# The PHP command line passes its arguments on as they are: the passwords are UTF-8.
ROWS = [
    (
        "php.password_hash@example.com",
        "bcrypt",
        "Harbour-Lantern-58",
        lambda p: php_password_hash(p, 10, "Yx3nTqWbV0eKfL7sRz2HuO"),
    ),
    (
        "python.bcrypt@example.com",
        "bcrypt",
        "tuesday!Marmalade",
        lambda p: python_bcrypt(p, 10, "mD5cPq9LwJx1Gv8ZoRb6Ee"),
    ),
    (
        "python.bcrypt.long@example.com",
        "bcrypt",
        "when the river runs low in the late summer we walk across it to the old mill and back",
        lambda p: python_bcrypt(p, 10, "u7NfRk2XyTb4WcHs0LqVd."),
    ),
    (
        "django.bcrypt_sha256@example.com",
        "bcrypt_sha256_django",
        "orchard.Kettle.19",
        lambda p: django_bcrypt_sha256(p, 10, "Qe1rTy3UiOp5AsDf7GhJkO"),
    ),
    ("php.md5@example.com", "md5", "snoopy1987", php_md5),
    ("php.md5.uppercase@example.org", "md5", "BlueBicycle7", lambda p: php_md5(p).upper()),
    ("coreutils.sha256sum@example.com", "sha256", "glasgow-rangers-04", coreutils_sha256sum),
    (
        "php.sha256@example.org",
        "sha256",
        "Zitronenkuchen3",
        lambda p: php("echo hash('sha256', $argv[1]);", p),
    ),
    (
        "php.pbkdf2_sha256@example.com",
        "pbkdf2_sha256",
        "copper%Teapot%31",
        lambda p: php_pbkdf2(
            "sha256", p, 100000, "mk7Zpxh9Ll/QvOUCirzNZA==", 32, "base64_decode", "base64_encode"
        ),
    ),
    (
        "php.pbkdf2_sha512@example.com",
        "pbkdf2_sha512",
        "Winter.Swallow.660",
        lambda p: php_pbkdf2("sha512", p, 100000, "r8Kx2mVq5Tz1", 64, "strval", "bin2hex"),
    ),
    (
        "php.pbkdf2_sha1@example.com",
        "pbkdf2_sha1",
        "paper_Lighthouse_8",
        lambda p: php_pbkdf2("sha1", p, 20000, "Vn4yQs7LkW", 32, "strval", "bin2hex"),
    ),
    (
        "django.pbkdf2@example.com",
        "pbkdf2_sha256_django",
        "juniper-Falcon-73",
        lambda p: django_pbkdf2(p, 260000, "Zk3vN8qTf1LwYb6RcX0aHs"),
    ),
    (
        "django.pbkdf2.french@example.com",
        "pbkdf2_sha256_django",
        "crème-brûlée à 4",
        lambda p: django_pbkdf2(p, 260000, "h9GtB2dVm6XeJr4KzUqW1p"),
    ),
    (
        "django.pbkdf2.old@example.org",
        "pbkdf2_sha256_django",
        "Pineapple1962",
        lambda p: django_pbkdf2(p, 36000, "d0PqLm7RsNvX"),
    ),
    ("wordpress.phpass@example.com", "phpass", "Giraffe&Umbrella", lambda p: phpass(p, "$P$BwX7mK2.q")),
    ("phpbb.phpass@example.org", "phpass", "forum-regular-2009", lambda p: phpass(p, "$H$9dR4/ZnYc")),
    (
        "firebase.scrypt@example.com",
        "scrypt_firebase",
        "MountainGoat!66",
        lambda p: firebase(p, "3q2+796tvu8BIw==", SIGNER_KEY, "Bw==", 8, 14),
    ),
    (
        "flask.werkzeug@example.com",
        "scrypt_werkzeug",
        "velvet_Thunder_12",
        lambda p: werkzeug_scrypt(p, "vjRk2Yt9QwLx7Bn4"),
    ),
    (
        "argon2.argon2i@example.com",
        "argon2i",
        "Saffron+Harvest+5",
        lambda p: argon2("-i", p, "w8Lq2ZrX5tVbN1mK", 4096, 3),
    ),
    (
        "argon2.argon2id@example.com",
        "argon2id",
        "quiet Elephant 90",
        lambda p: argon2("-id", p, "J3sYp7HdC0gTfE6u", 19456, 2),
    ),
    # Rehashed by an earlier application that forgot to write the second column.
    (
        "stale.hasher@example.com",
        "md5",
        "basement-Piano-44",
        lambda p: python_bcrypt(p, 12, "K4oXeJz8Bs6MtWnQ1yVgRu"),
    ),
    # Cut by a VARCHAR(50) column: 10 of 60 characters are lost, and with them the password.
    (
        "damaged.digest@example.com",
        "bcrypt",
        "Cardigan*Island*2",
        lambda p: python_bcrypt(p, 10, "T2hFv9CqLm0XrUw5KyEnPe")[:50],
    ),
    # Signs in by another service; Django says so with "!" and 40 random characters, others with null.
    ("django.no.password@example.com", "pbkdf2_sha256_django", None, lambda _: django_unusable()),
    ("null.no.password@example.org", "bcrypt", None, lambda _: None),
]

users = [
    {"id": number, "email": email, "hasher": hasher, "digest": make(password)}
    for number, (email, hasher, password, make) in enumerate(ROWS, start=1)
]
passwords = {email: password for email, _, password, _ in ROWS if password is not None}

EXPORTS.mkdir(exist_ok=True)
(EXPORTS / "users.ndjson").write_text(
    "".join(json.dumps(user, ensure_ascii=False, separators=(",", ":")) + "\n" for user in users)
)
(EXPORTS / "passwords.json").write_text(json.dumps(passwords, ensure_ascii=False, indent=2) + "\n")
