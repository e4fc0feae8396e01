#!/usr/bin/env python3
"""Writes vectors/exports/users.ndjson and passwords.json, a users table as a migration meets it.

The system that an e-mail address names makes the digest. Salts are fixed, so that a second run writes the same files.

    python3 vectors/generators/users.py
"""

import json

from vector_file import VECTORS
from write import all_hashers

SIGNER_KEY = "q83vASNFZ4kSNFZ4kKvN7wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMA=="
LONG = "when the river runs low in the late summer we walk across it to the old mill and back"
# A row: e-mail, hasher, password, system, the digest without its checksum; options: the checksum's length, changes to the digest.
ROWS = [
    ("php.password_hash@example.com", "bcrypt", "Harbour-Lantern-58", "php", "$2y$10$Yx3nTqWbV0eKfL7sRz2HuO"),
    ("python.bcrypt@example.com", "bcrypt", "tuesday!Marmalade", "python_bcrypt", "$2b$10$mD5cPq9LwJx1Gv8ZoRb6Ee"),
    ("python.bcrypt.long@example.com", "bcrypt", LONG, "python_bcrypt", "$2b$10$u7NfRk2XyTb4WcHs0LqVd."),
    ("django.bcrypt_sha256@example.com", "bcrypt_sha256_django", "orchard.Kettle.19", "django", "bcrypt_sha256$$2b$10$Qe1rTy3UiOp5AsDf7GhJkO"),
    ("php.md5@example.com", "md5", "snoopy1987", "php", ""),
    ("php.md5.uppercase@example.org", "md5", "BlueBicycle7", "php", "", str.upper),
    ("coreutils.sha256sum@example.com", "sha256", "glasgow-rangers-04", "coreutils", ""),
    ("php.sha256@example.org", "sha256", "Zitronenkuchen3", "php", ""),
    ("php.pbkdf2_sha256@example.com", "pbkdf2_sha256", "copper%Teapot%31", "php", "pbkdf2_sha256$100000$mk7Zpxh9Ll/QvOUCirzNZA==$"),
    ("php.pbkdf2_sha512@example.com", "pbkdf2_sha512", "Winter.Swallow.660", "php", "pbkdf2_sha512$100000$r8Kx2mVq5Tz1$"),
    ("php.pbkdf2_sha1@example.com", "pbkdf2_sha1", "paper_Lighthouse_8", "php", "pbkdf2_sha1$20000$Vn4yQs7LkW$", 32),
    ("django.pbkdf2@example.com", "pbkdf2_sha256_django", "juniper-Falcon-73", "django", "pbkdf2_sha256$260000$Zk3vN8qTf1LwYb6RcX0aHs$"),
    ("django.pbkdf2.french@example.com", "pbkdf2_sha256_django", "crème-brûlée à 4", "django", "pbkdf2_sha256$260000$h9GtB2dVm6XeJr4KzUqW1p$"),
    ("django.pbkdf2.old@example.org", "pbkdf2_sha256_django", "Pineapple1962", "django", "pbkdf2_sha256$36000$d0PqLm7RsNvX$"),
    ("wordpress.phpass@example.com", "phpass", "Giraffe&Umbrella", "wordpress", "$P$BwX7mK2.q"),
    ("phpbb.phpass@example.org", "phpass", "forum-regular-2009", "wordpress", "$H$9dR4/ZnYc"),
    ("firebase.scrypt@example.com", "scrypt_firebase", "MountainGoat!66", "firebase", f"$3q2+796tvu8BIw==${SIGNER_KEY}$Bw==$8$14"),
    ("flask.werkzeug@example.com", "scrypt_werkzeug", "velvet_Thunder_12", "werkzeug", "scrypt:32768:8:1$vjRk2Yt9QwLx7Bn4$"),
    ("argon2.argon2i@example.com", "argon2i", "Saffron+Harvest+5", "argon2_command", "$argon2i$v=19$m=4096,t=3,p=1$dzhMcTJaclg1dFZiTjFtSw$"),
    ("argon2.argon2id@example.com", "argon2id", "quiet Elephant 90", "argon2_command", "$argon2id$v=19$m=19456,t=2,p=1$SjNzWXA3SGRDMGdUZkU2dQ$"),
    # An earlier application rehashed this digest and did not write the second column.
    ("stale.hasher@example.com", "bcrypt", "basement-Piano-44", "python_bcrypt", "$2b$12$K4oXeJz8Bs6MtWnQ1yVgRu"),
    # A VARCHAR(50) column cut this digest: 10 of 60 characters are lost, and with them the password.
    ("damaged.digest@example.com", "bcrypt", "Cardigan*Island*2", "python_bcrypt", "$2b$10$T2hFv9CqLm0XrUw5KyEnPe", lambda digest: digest[:50]),
]
COLUMNS = {"stale.hasher@example.com": "md5"}
# These users sign in by another service; Django marks them with "!" and 40 random characters, others with null.
NO_PASSWORD = [
    ("django.no.password@example.com", "pbkdf2_sha256_django", "!kQ7dWm2ZsX9fLb4RtYc6NvHj1GpAe8UuKo3TiMz5"),
    ("null.no.password@example.org", "bcrypt", None),
]


def digest_of(hasher, password, system, setting, *options):
    [length] = [option for option in options if isinstance(option, int)] or [None]
    named = all_hashers()[hasher]
    digest = named.make(system, password, named.values(setting, {"length": length} if length else {}))
    return next((option(digest) for option in options if callable(option)), digest)


def main():
    accounts = [(email, COLUMNS.get(email, row[0]), digest_of(*row)) for email, *row in ROWS] + NO_PASSWORD
    users = [
        {"id": number, "email": email, "hasher": hasher, "digest": digest} for number, (email, hasher, digest) in enumerate(accounts, 1)
    ]
    lines = [json.dumps(user, ensure_ascii=False, separators=(",", ":")) + "\n" for user in users]
    (VECTORS / "exports/users.ndjson").write_text("".join(lines), encoding="utf-8")
    passwords = json.dumps({email: password for email, _, password, *_ in ROWS}, ensure_ascii=False, indent=2)
    (VECTORS / "exports/passwords.json").write_text(passwords + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
