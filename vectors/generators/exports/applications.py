"""Users tables of applications: Flask, Laravel and plain PHP, Rails. The digests are those of real systems, from vectors/*.json."""

from . import COMMA, LETTERS, QUOTES, Sample, row
from .services import as_csv, spoilt, vector

ABOUT = [COMMA, QUOTES, LETTERS]
FLASK = ["scrypt_werkzeug", "pbkdf2_werkzeug", "hmac_werkzeug", "bcrypt"]
PHP = ["bcrypt", "argon2id", "argon2i", "md5", "sha1", "phpass"]
RAILS = ["bcrypt", "scrypt_ruby"]


def table(column, hashers, login="email"):
    def make():
        found = [vector(hasher) for hasher in hashers]
        accounts = [(hasher, *pair, "match") for hasher, pair in zip(hashers, found)]
        accounts += [("no password", None, None, "unusable"), *spoilt(found[0][1], found[0][0], [("cut30", "malformed"), ("masked", "malformed")])]
        users, rows = [], []
        for number, (note, password, digest, outcome) in enumerate(accounts, 1):
            users.append({"id": number, login: f"user{number}@example.com", "name": ABOUT[number % len(ABOUT)], column: digest})
            rows.append(row(number, note, password, outcome))
        return as_csv(users), rows

    return make


COPY = "COPY users TO … CSV HEADER, by PostgreSQL's documentation"
SAMPLES = [
    Sample("csv/flask.csv", "A table of Flask; digests of Werkzeug and bcrypt", COPY, table("password_hash", FLASK)),
    Sample("csv/php.csv", "A table of Laravel or of PHP; digests of PHP's functions and of phpass", "the CSV of phpMyAdmin, by its documentation", table("password", PHP)),
    Sample("csv/rails.csv", "A table of Rails; digests of bcrypt and of the scrypt gem", COPY, table("encrypted_password", RAILS)),
]
