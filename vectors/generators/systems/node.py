"""Packages of npm, each in a process of its own."""

import unicodedata

from systems import LineSystem, is_text

INSTALL = "npm ci --prefix vectors/generators/systems"


def package(name, schemes, **more):
    return LineSystem(f"{name} (npm)", ["node", "node.mjs", name], schemes, install=INSTALL, **more)


def verifier(name, scheme, takes=lambda password, parameters: True):
    """One that takes text, and whose salts are random: it verifies."""
    limit = lambda password, parameters: is_text(password) and takes(password, parameters)  # noqa: E731
    return package(name, [scheme], verifies=[scheme], makes=False, limits={scheme: limit})


def is_nfkc(password):
    return unicodedata.is_normalized("NFKC", password.decode())


SYSTEMS = {
    "better_auth": verifier("@better-auth/utils", "scrypt_better_auth"),
    # Lucia puts every password in NFKC, and does not in digests of the older parameters.
    "lucia": verifier("lucia", "scrypt_lucia", lambda password, parameters: parameters["r"] == 16 or is_nfkc(password)),
    "lucia_auth": verifier("lucia-auth", "scrypt_lucia", lambda password, parameters: parameters["r"] == 8 or is_nfkc(password)),
    # password-hash takes no empty password.
    "password_hash": verifier("password-hash", "sha1_password_hash", lambda password, parameters: bool(password)),
    "adonis_scrypt": verifier("@adonisjs/hash", "scrypt_adonis"),
    "adonis_bcrypt": package("@adonisjs/hash", ["bcrypt_adonis"], verifies=["bcrypt_adonis"], makes=False),
    # npm's bcrypt does not know $2y$ and $2x$.
    "npm_bcrypt": package(
        "bcrypt",
        ["bcrypt"],
        limits={"bcrypt": lambda password, parameters: parameters["setting"][:3] not in ("$2y", "$2x")},
    ),
    "rs_bcrypt": package("@node-rs/bcrypt", ["bcrypt"], verifies=["bcrypt"], makes=False),
    "rs_argon2": package("@node-rs/argon2", ["argon2"], limits={"argon2": lambda password, parameters: "data" not in parameters}),
    "npm_argon2": package("argon2", ["argon2"]),
    "firebase": package("firebase-scrypt", ["scrypt_firebase"]),
    # This package takes no other count than its own, and no empty password of text.
    "npm_password_hash": package(
        "password-hash-and-salt",
        ["pbkdf2_password_hash_and_salt"],
        verifies=["pbkdf2_password_hash_and_salt"],
        limits={"pbkdf2_password_hash_and_salt": lambda password, parameters: parameters["iterations"] == 10_000 and password},
    ),
    # The package draws its salts, so that it only verifies. It knows no SHA-512.
    "npm_aspnet_identity": package(
        "aspnetcore-identity-password-hasher",
        ["aspnet_identity"],
        verifies=["aspnet_identity"],
        limits={"aspnet_identity": lambda password, parameters: parameters["algorithm"] != "sha512"},
        makes=False,
    ),
    # The package draws its salts, so that it only verifies.
    "passport_local_mongoose": package(
        "passport-local-mongoose",
        ["pbkdf2_passport_local_mongoose"],
        verifies=["pbkdf2_passport_local_mongoose"],
        makes=False,
    ),
}
