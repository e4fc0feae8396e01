"""Packages of npm, each in a process of its own."""

from systems import LineSystem

INSTALL = "npm ci --prefix vectors/generators/systems"


def package(name, schemes, **more):
    return LineSystem(f"{name} (npm)", ["node", "node.mjs", name], schemes, install=INSTALL, **more)


SYSTEMS = {
    # The npm package bcrypt has neither $2y$ nor $2x$.
    "npm_bcrypt": package(
        "bcrypt",
        ["bcrypt"],
        limits={"bcrypt": lambda password, parameters: parameters["setting"][:3] not in ("$2y", "$2x")},
    ),
    "rs_bcrypt": package("@node-rs/bcrypt", ["bcrypt"], verifies=["bcrypt"], makes=False),
    "rs_argon2": package("@node-rs/argon2", ["argon2"]),
    "firebase": package("firebase-scrypt", ["scrypt_firebase"]),
    # This package takes no other count than its own, and no empty password of text.
    "npm_password_hash": package(
        "password-hash-and-salt",
        ["pbkdf2_password_hash_and_salt"],
        verifies=["pbkdf2_password_hash_and_salt"],
        limits={"pbkdf2_password_hash_and_salt": lambda password, parameters: parameters["iterations"] == 10_000 and password},
    ),
    # The salts of this package are random, so it only verifies.
    "passport_local_mongoose": package(
        "passport-local-mongoose",
        ["pbkdf2_passport_local_mongoose"],
        verifies=["pbkdf2_passport_local_mongoose"],
        makes=False,
    ),
}
