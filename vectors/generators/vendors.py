"""The objects that the builders of vendors are tested with: src/builders/vendors/vendors.fixture.json.

    vectors/generators/.venv/bin/python vectors/generators/vendors.py > src/builders/vendors/vendors.fixture.json

`published` stands at those that a vendor's documents or tests show; their passwords were found where the document has none. All others
are computed here, by what the vendor's documents say, with hashlib, passlib, bcrypt and argon2-cffi.
"""

import base64
import hashlib
import json
import sys

import argon2.low_level
import bcrypt
from passlib.hash import bsdi_crypt, des_crypt, django_pbkdf2_sha1, django_pbkdf2_sha256, md5_crypt, phpass, sha256_crypt, sha512_crypt
from passlib.utils.binary import h64

from descriptor import digest, hmac_of, size_of, with_legacy

PASSWORD = "orchid-17"
LATIN = "grün und \u00e6"
SALT = bytes(range(0xF0, 0x100))
rows = []


def b64(value):
    return base64.b64encode(value).decode()


def url64(value):
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def row(builder, title, fields, password=PASSWORD, published=False):
    rows.append({"builder": builder, "title": title, "password": password, "published": published, "fields": fields})


def rounds(name, message, count):
    for _ in range(count):
        message = digest(name, message)
    return message


def pbkdf2(name, salt, iterations, size, password=PASSWORD.encode()):
    """RFC 8018 section 5.2, since hashlib has PBKDF2 of few functions."""
    key = b""
    for block in range(1, -(-size // size_of(name)) + 1):
        state = hmac_of(name, password, salt + block.to_bytes(4, "big"))
        total = int.from_bytes(state, "big")
        for _ in range(iterations - 1):
            state = hmac_of(name, password, state)
            total ^= int.from_bytes(state, "big")
        key += total.to_bytes(size_of(name), "big")
    return key[:size]


def scrypt(salt, n, r, p, size, password=PASSWORD.encode()):
    return hashlib.scrypt(password, salt=salt, n=n, r=r, p=p, dklen=size, maxmem=2**30)


def argon2_raw(salt, size, kind="ID", version=19, password=PASSWORD.encode()):
    return argon2.low_level.hash_secret_raw(password, salt, 2, 64, 2, size, argon2.low_level.Type[kind], version)


def argon2_text(kind="ID", password=PASSWORD.encode()):
    return argon2.low_level.hash_secret(password, SALT, 2, 64, 2, 32, argon2.low_level.Type[kind]).decode()


def bcrypt_text(password=PASSWORD.encode(), version=b"2b"):
    return bcrypt.hashpw(password, b"$" + version + b"$04$abcdefghijklmnopqrstuu").decode()


def drupal(salt, log2):
    """Drupal 7, password_crypt() of includes/password.inc: phpass's loop with SHA-512, cut to 55 characters."""
    state = hashlib.sha512(salt.encode() + PASSWORD.encode()).digest()
    for _ in range(2**log2):
        state = hashlib.sha512(state + PASSWORD.encode()).digest()
    return h64.encode_bytes(state).decode()[:43]


FIREBASE = {
    "salt": "42xEC+ixf3L2lw==",
    "signerKey": "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==",
    "saltSeparator": "Bw==",
}
FIREBASE_HASH = "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=="


def auth0():
    def published(title, password, fields):
        row("auth0", title, fields, password, True)

    published("md4", "shh", {"algorithm": "md4", "hash": {"value": "AbuUujgF0pPPkJPSFRTpmA==", "encoding": "base64"}})
    published("md5 with a salt", "password", {"algorithm": "md5", "hash": {"value": "67A1E09BB1F83F5007DC119C14D663AA", "encoding": "hex"}, "salt": {"value": "salt", "position": "prefix"}})
    published("sha256 with a salt", "shh", {"algorithm": "sha256", "hash": {"value": "d24e794fce503c3ddb1cd1ba1dd5d9b250cf9917336a0316fefd87fecf79200f", "encoding": "hex"}, "salt": {"value": "abc123", "position": "prefix"}})
    published("bcrypt", "hello", {"algorithm": "bcrypt", "hash": {"value": "$2b$10$nFguVi9LsCAcvTZFKQlRKeLVydo8ETv483lkNsSFI/Wl1Rz1Ypo1K"}})
    published("argon2", "shh", {"algorithm": "argon2", "hash": {"value": "$argon2id$v=19$m=65536,t=2,p=1$J6Q/82PCyaNpYKRELJyTZg$m04qUAB8rexWDR4+/0f+SFB+4XMFxt7YAvAq2UycYos"}})
    published("pbkdf2 with sha512", "shh", {"algorithm": "pbkdf2", "hash": {"value": "$pbkdf2-sha512$i=100000,l=64$KNyFsA2rWoE$I2CQGI9H0JxdDf3kERRI97kPCGxh0KWBIV3MxyaS191gDGfzVBGyS4BibhgqWQ0/ails8mHuU9ckASxHOOq58w"}})
    published("ldap", "shh", {"algorithm": "ldap", "hash": {"value": "{SSHA384}/cgEjdoZh85DhurDeOQEMO1rMlAur93SVPbYe5XSD4lF7nNuvrBju5hUeg9A6agRemgSXGl5YuE=", "encoding": "utf8"}})
    published("hmac", "test", {"algorithm": "hmac", "hash": {"value": "cg7f42jH39/2EaAU4wNd4s2lKIk=", "encoding": "base64", "digest": "sha1", "key": {"value": "736868", "encoding": "hex"}}})
    published("scrypt", "password", {"algorithm": "scrypt", "hash": {"value": "097f6197e1b41538f723e32aa7a68e8d76227d8e432ce5faa4882a913032db29", "encoding": "hex"}, "salt": {"value": "abc123", "encoding": "utf8"}, "keylen": 32, "cost": 4096})

    for name in ("md4", "md5", "sha1", "sha256", "sha512"):
        row("auth0", f"{name} alone", {"algorithm": name, "hash": {"value": digest(name, PASSWORD.encode()).hex(), "encoding": "hex"}})
        value = digest(name, PASSWORD.encode() + SALT)
        row("auth0", f"{name} with a salt behind", {"algorithm": name, "hash": {"value": url64(value), "encoding": "base64"}, "salt": {"value": SALT.hex().upper(), "encoding": "hex", "position": "suffix"}})
    value = digest("sha1", SALT + PASSWORD.encode("utf-16-le"))
    fields = {"algorithm": "sha1", "hash": {"value": b64(value), "encoding": "base64"}, "salt": {"value": b64(SALT), "encoding": "base64"}}
    row("auth0", "sha1 of a password in UTF-16, as in ASP.NET membership", {**fields, "password": {"encoding": "utf16le"}})
    row("auth0", "sha1 of a password in UCS-2", {**fields, "password": {"encoding": "ucs2"}})
    value = digest("md5", "sälz,$%".encode() + LATIN.encode("latin-1")).hex()
    for encoding in ("latin1", "ascii", "binary"):
        row("auth0", f"md5 of a password in {encoding}", {"algorithm": "md5", "hash": {"value": value, "encoding": "hex"}, "salt": {"value": "sälz,$%"}, "password": {"encoding": encoding}}, LATIN)
    for name in ("md4", "md5", "ripemd160", "sha1", "sha224", "sha256", "sha384", "sha512", "whirlpool"):
        value = hmac_of(name, SALT, PASSWORD.encode())
        row("auth0", f"hmac of {name}", {"algorithm": "hmac", "hash": {"value": value.hex(), "encoding": "hex", "digest": name, "key": {"value": b64(SALT), "encoding": "base64"}}})
    value = hmac_of("sha256", b"shared key", PASSWORD.encode("utf-16-le"))
    row("auth0", "hmac with a key of text and a password in UTF-16", {"algorithm": "hmac", "hash": {"value": b64(value), "encoding": "base64", "digest": "sha256", "key": {"value": "shared key"}}, "password": {"encoding": "utf16le"}})
    for tag, name, salt in (("MD5", "md5", b""), ("smd5", "md5", SALT), ("SHA", "sha1", b""), ("SSHA", "sha1", SALT), ("SHA256", "sha256", b""), ("SSHA512", "sha512", SALT)):
        value = b64(digest(name, PASSWORD.encode() + salt) + salt)
        row("auth0", f"ldap with {{{tag}}}", {"algorithm": "ldap", "hash": {"value": f"{{{tag}}}{value}"}})
    for name, spelled in (("md4", "RSA-MD4"), ("md5", "md5"), ("ripemd160", "rmd160"), ("sha1", "RSA-SHA1-2"), ("sha224", "sha224"), ("sha384", "sha384WithRSAEncryption"), ("sha256", "sha256"), ("whirlpool", "whirlpool")):
        key = pbkdf2(name, SALT, 3, 40)
        row("auth0", f"pbkdf2 with {spelled}", {"algorithm": "pbkdf2", "hash": {"value": f"$pbkdf2-{spelled}$i=3,l=40${b64(SALT).rstrip('=')}${b64(key).rstrip('=')}"}})
    key = b64(hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), SALT, 100_000, 64)).rstrip("=")
    row("auth0", "pbkdf2 with its defaults", {"algorithm": "pbkdf2", "hash": {"value": f"$pbkdf2-sha256${b64(SALT).rstrip('=')}${key}", "encoding": "utf8"}})
    key = b64(pbkdf2("sha256", SALT, 5, 64)).rstrip("=")
    row("auth0", "pbkdf2 with its iterations alone", {"algorithm": "pbkdf2", "hash": {"value": f"$pbkdf2-sha256$i=5${b64(SALT).rstrip('=')}${key}"}})
    key = b64(pbkdf2("sha512", SALT, 5, 32, PASSWORD.encode("utf-16-le"))).rstrip("=")
    row("auth0", "pbkdf2 of a password in UTF-16", {"algorithm": "pbkdf2", "hash": {"value": f"$pbkdf2-sha512$l=32,i=5${b64(SALT).rstrip('=')}${key}"}, "password": {"encoding": "utf16le"}})
    key = scrypt(SALT, 256, 4, 2, 24, PASSWORD.encode("utf-16-le"))
    numbers = {"keylen": 24, "cost": 256, "blockSize": 4, "parallelization": 2}
    row("auth0", "scrypt of a password in UTF-16", {"algorithm": "scrypt", "hash": {"value": b64(key), "encoding": "base64"}, "salt": {"value": SALT.hex(), "encoding": "hex"}, "password": {"encoding": "utf16le"}, **numbers})
    key = scrypt(SALT, 16_384, 8, 1, 64)
    row("auth0", "scrypt with its defaults", {"algorithm": "scrypt", "hash": {"value": b64(key), "encoding": "base64"}, "salt": {"value": url64(SALT), "encoding": "base64"}, "keylen": 64})
    for title, message, salt in (("before", b"pepper" + PASSWORD.encode(), {"value": "pepper"}), ("behind", PASSWORD.encode() + b"pep,per$", {"value": "pep,per$", "position": "suffix"})):
        row("auth0", f"bcrypt with a salt {title}", {"algorithm": "bcrypt", "hash": {"value": bcrypt_text(message), "encoding": "utf8"}, "salt": salt})
    row("auth0", "bcrypt of a password in latin1", {"algorithm": "bcrypt", "hash": {"value": bcrypt_text(LATIN.encode("latin-1"), b"2y")}, "password": {"encoding": "latin1"}}, LATIN)
    row("auth0", "argon2 of a password in latin1", {"algorithm": "argon2", "hash": {"value": argon2_text("ID", LATIN.encode("latin-1"))}, "password": {"encoding": "latin1"}}, LATIN)
    row("auth0", "argon2d", {"algorithm": "argon2", "hash": {"value": argon2_text("D")}, "password": {"encoding": "utf8"}})


def okta():
    for algorithm, name in (("MD5", "md5"), ("SHA-1", "sha1"), ("SHA-256", "sha256"), ("SHA-512", "sha512")):
        row("okta", f"{algorithm} alone", {"algorithm": algorithm, "value": b64(digest(name, PASSWORD.encode()))})
        for order, message in (("PREFIX", SALT + PASSWORD.encode()), ("POSTFIX", PASSWORD.encode() + SALT)):
            row("okta", f"{algorithm} with a salt, {order}", {"algorithm": algorithm, "value": b64(digest(name, message)), "salt": b64(SALT), "saltOrder": order})
    text = bcrypt_text()
    row("okta", "BCRYPT", {"algorithm": "BCRYPT", "workFactor": 4, "salt": text[7:29], "value": text[29:]})
    for name, spelled, size in (("sha256", "SHA256_HMAC", 20), ("sha512", "SHA512_HMAC", 64)):
        key = hashlib.pbkdf2_hmac(name, PASSWORD.encode(), SALT, 4096, size)
        row("okta", f"PBKDF2 with {spelled}", {"algorithm": "PBKDF2", "digestAlgorithm": spelled, "iterationCount": 4096, "keySize": size, "salt": b64(SALT), "value": b64(key)})


def fusion_auth():
    def fusion(scheme, password, salt, factor, title=""):
        row("fusionAuth", f"{scheme}{title}", {"encryptionScheme": scheme, "password": password, "salt": salt, "factor": factor})

    text = bcrypt_text()
    fusion("bcrypt", text[29:], text[7:29], 4)
    for name in ("md5", "sha256"):
        fusion(f"salted-{name}", b64(rounds(name, PASSWORD.encode() + SALT, 20_000)), b64(SALT), 20_000)
        fusion(f"salted-{name}", b64(rounds(name, PASSWORD.encode() + SALT, 1)), b64(SALT), 1, ", once")
    fusion("salted-hmac-sha256", b64(hmac_of("sha256", SALT, PASSWORD.encode())), b64(SALT), 24_000)
    for scheme, name, size in (("sha256", "sha256", 32), ("sha256-512", "sha256", 64), ("sha512-512", "sha512", 64)):
        key = hashlib.pbkdf2_hmac(name, PASSWORD.encode(), SALT, 1000, size)
        fusion(f"salted-pbkdf2-hmac-{scheme}", b64(key), b64(SALT), 1000)
    text = phpass.using(salt="saltysea", rounds=7).hash(PASSWORD)
    fusion("phpass-md5", text[12:], "saltysea", 2**7)
    for scheme in ("phpass-sha512", "phppass-sha512"):
        fusion(scheme, drupal("saltysea", 8), "saltysea", 2**8)


def stytch():
    def stytch_row(kind, value, config=None, title=""):
        row("stytch", f"{kind}{title}", {"hash_type": kind, "hash": value, **(config or {})})

    stytch_row("bcrypt", bcrypt_text(version=b"2a"))
    stytch_row("phpass", phpass.using(salt="saltysea", rounds=7).hash(PASSWORD))
    for kind, name, config in (("md_5", "md5", "md_5_config"), ("sha_1", "sha1", "sha_1_config"), ("sha_512", "sha512", "sha_512_config")):
        stytch_row(kind, digest(name, PASSWORD.encode()).hex())
        for title, before, after in (("before", "sälz", ""), ("behind", "", "pep,per"), ("on both sides", "a$", "%b")):
            value = digest(name, (before + PASSWORD + after).encode()).hex()
            stytch_row(kind, value, {config: {"prepend_salt": before, "append_salt": after}}, f" with a salt {title}")
        value = digest(name, ("x" + PASSWORD).encode()).hex().upper()
        stytch_row(kind, value, {config: {"prepend_salt": "x"}}, " in upper case, with one salt named")
    for kind, variant in (("argon_2i", "I"), ("argon_2id", "ID")):
        stytch_row(kind, argon2_text(variant))
        config = {"salt": "a salt of text", "iteration_amount": 2, "memory": 64, "threads": 2, "key_length": 24}
        stytch_row(kind, argon2_raw(b"a salt of text", 24, variant).hex(), {"argon_2_config": config}, " with its numbers apart")
    config = {"salt": b64(SALT), "n_parameter": 256, "r_parameter": 4, "p_parameter": 2, "key_length": 32}
    key = scrypt(SALT, 256, 4, 2, 32)
    stytch_row("scrypt", b64(key), {"scrypt_config": config}, " with its numbers apart")
    stytch_row("scrypt", f"$scrypt$ln=8,r=4,p=2${b64(SALT).rstrip('=')}${b64(key).rstrip('=')}")
    for name in ("sha256", "sha512", None):
        key = hashlib.pbkdf2_hmac(name or "sha256", PASSWORD.encode(), SALT, 1000, 32)
        config = {"salt": b64(SALT), "iteration_amount": 1000, "key_length": 32, **({"algorithm": name} if name else {})}
        stytch_row("pbkdf_2", b64(key), {"pbkdf_2_config": config}, f" with {name}")


def appwrite():
    def published(kind, password, fields=None, title=""):
        row("appwrite", f"{kind}{title}", {"hash": kind, "password": password, **(fields or {})}, "appwrite", True)

    published("md5", "144fa7eaa4904e8ee120651997f70dcc")
    published("argon2", "$argon2i$v=19$m=20,t=3,p=2$YXBwd3JpdGU$A/54i238ed09ZR4NwlACU5XnkjNBZU9QeOEuhjLiexI")
    published("argon2", "$argon2id$v=19$m=65536,t=4,p=3$azFVSGhPaXVBYnZMblNRaw$Pzm3TowCIbab0S5GL2id3OhZMexfFvutVSDoZ8D/Z8o", title=" of its own sign-ups")
    published("sha", "4243da0a694e8a2f727c8060fe0507c8fa01ca68146c76d2c190805b638c20c6bf6ba04e21f11ae138785d0bff63c416e6f87badbffad37f6dee50094cc38c70", {"passwordVersion": "sha512"}, " with sha512")
    published("scrypt", "3fdef49701bc4cfaacd551fe017283513284b4731e6945c263246ef948d3cf63b5d269c31fd697246085111a428245e24a4ddc6b64c687bc60a8910dbafc1d5b", {"passwordSalt": "appwrite", "passwordCpu": 16384, "passwordMemory": 13, "passwordParallel": 2, "passwordLength": 64})
    published("phpass", "$P$Br387rwferoKN7uwHZqNMu98q3U8RO.")
    published("scrypt-modified", "UlM7JiXRcQhzAGlaonpSqNSLIz475WMddOgLjej5De9vxTy48K6WtqlEzrRFeK4t0COfMhWCb8wuMHgxOFCHFQ==", {"passwordSalt": "UxLMreBr6tYyjQ==", "passwordSaltSeparator": "Bw==", "passwordSignerKey": "XyEKE9RcTDeLEsL/RjwPDBv/RqDl8fb3gpYEOQaPihbxf1ZAtSOHCjuAAa7Q3oHpCYhXSN9tizHgVOwn6krflQ=="})
    row("appwrite", "bcrypt", {"hash": "bcrypt", "password": bcrypt_text(version=b"2a")})
    for version in ("sha1", "sha224", "sha256", "sha384", "sha512/256", "sha3-224", "sha3-256", "sha3-384", "sha3-512"):
        value = digest(version.replace("/", "-"), PASSWORD.encode()).hex()
        row("appwrite", f"sha with {version}", {"hash": "sha", "password": value, "passwordVersion": version})
    row("appwrite", "sha with its default", {"hash": "sha", "password": digest("sha3-512", PASSWORD.encode()).hex()})


def firebase_import():
    """With the password, the salt and the key of the tests of firebase-admin-node, test/integration/auth.spec.ts."""
    password, salt, key = b"password", b"NaCl", b"secret"

    def firebase(algorithm, value, fields=None, title="", published=False):
        fields = {"hashAlgorithm": algorithm, "passwordHash": b64(value), **(fields or {})}
        row("firebaseImport", f"{algorithm}{title}", fields, password.decode(), published)

    for algorithm, name in (("MD5", "md5"), ("SHA1", "sha1"), ("SHA256", "sha256"), ("SHA512", "sha512")):
        keyed = {"salt": b64(salt), "signerKey": b64(key)}
        firebase(f"HMAC_{algorithm}", hmac_of(name, key, password + salt), keyed)
        firebase(f"HMAC_{algorithm}", hmac_of(name, key, salt + password), {**keyed, "passwordHashOrder": "SALT_AND_PASSWORD"}, " with the salt first")
        if name != "md5":
            firebase(algorithm, digest(name, salt + password), {"salt": b64(salt), "rounds": 1})
            firebase(algorithm, rounds(name, salt + password, 7), {"salt": b64(salt), "rounds": 7}, " of seven rounds")
            firebase(algorithm, digest(name, password + salt), {"salt": b64(salt), "rounds": 1, "passwordHashOrder": "PASSWORD_AND_SALT"}, " with the password first")
            firebase(algorithm, digest(name, password), {"rounds": 1}, " without a salt")
    firebase("HMAC_SHA256", hmac_of("sha256", key, password), {"signerKey": b64(key)}, " without a salt")
    firebase("MD5", digest("md5", salt + password).hex().encode(), {"salt": b64(salt), "rounds": 0})
    firebase("MD5", digest("md5", salt + password), {"salt": b64(salt), "rounds": 1}, " in bytes")
    for algorithm, name in (("PBKDF_SHA1", "sha1"), ("PBKDF2_SHA256", "sha256")):
        firebase(algorithm, hashlib.pbkdf2_hmac(name, password, salt, 1000, 64), {"salt": b64(salt), "rounds": 1000})
    firebase("BCRYPT", bcrypt_text(password).encode())
    firebase("STANDARD_SCRYPT", scrypt(salt, 1024, 8, 16, 64, password), {"salt": b64(salt), "cpuMemCost": 1024, "blockSize": 8, "parallelization": 16, "dkLen": 64})
    published = base64.b64decode("V358E8LdWJXAO7muq0CufVpEOXaj8aFiC7T/rcaGieN04q/ZPJ08WhJEHGjj9lz/2TT+/86N5VjVoc5DdBhBiw==")
    firebase("SCRYPT", published, {**FIREBASE, "salt": b64(salt), "rounds": 8, "memoryCost": 14}, published=True)
    parameters = {"hashLengthBytes": 24, "parallelism": 2, "iterations": 2, "memoryCostKib": 64}
    for kind in ("D", "I", "ID"):
        value = argon2_raw(SALT, 24, kind, password=password)
        firebase("ARGON2", value, {"salt": b64(SALT), "argon2Parameters": {**parameters, "hashType": f"ARGON2_{kind}"}}, f" {kind}")
    value = argon2_raw(SALT, 24, "ID", 16, password)
    firebase("ARGON2", value, {"salt": b64(SALT), "argon2Parameters": {**parameters, "hashType": "ARGON2_ID", "version": "VERSION_10"}}, " of version 16")


def descope():
    def descope_row(kind, member, title="", password=PASSWORD, published=False):
        row("descope", f"{kind}{title}", {kind: member}, password, published)

    descope_row("bcrypt", {"hash": bcrypt_text()})
    descope_row("md5", {"hash": digest("md5", PASSWORD.encode()).hex()})
    descope_row("django", {"hash": django_pbkdf2_sha256.using(salt="seasalt", rounds=1000).hash(PASSWORD)})
    descope_row("django", {"hash": django_pbkdf2_sha1.using(salt="seasalt", rounds=1000).hash(PASSWORD)}, " with SHA-1")
    descope_row("django", {"hash": f"argon2{argon2_text()}"}, " with Argon2")
    descope_row("django", {"hash": f"bcrypt${bcrypt_text()}"}, " with bcrypt")
    prehashed = bcrypt_text(hashlib.sha256(PASSWORD.encode()).hexdigest().encode())
    descope_row("django", {"hash": f"bcrypt_sha256${prehashed}"}, " with bcrypt over SHA-256")
    descope_row("django", {"hash": f"scrypt$256$seasalt$4$2${b64(scrypt(b'seasalt', 256, 4, 2, 64))}"}, " with scrypt")
    for name in ("sha1", "sha256", "sha512"):
        key = hashlib.pbkdf2_hmac(name, PASSWORD.encode(), SALT, 1000, 32)
        descope_row("pbkdf2", {"hash": b64(key), "salt": b64(SALT), "iterations": 1000, "type": name}, f" with {name}")
    text = phpass.using(salt="saltysea", rounds=7).hash(PASSWORD)
    descope_row("phpass", {"hash": text[12:], "salt": "saltysea", "iterations": 2**7, "type": "md5"})
    descope_row("phpass", {"hash": drupal("saltysea", 8), "salt": "saltysea", "iterations": 2**8, "type": "sha512"}, " with sha512")
    descope_row("firebase", {"hash": FIREBASE_HASH, **FIREBASE, "memory": 14, "rounds": 8}, password="user1password", published=True)


def logto():
    def logto_row(algorithm, value, title="", password=PASSWORD, published=False):
        value = value if isinstance(value, str) else json.dumps(value)
        row("logto", f"{algorithm}{title}", {"passwordAlgorithm": algorithm, "passwordDigest": value}, password, published)

    def legacy(title, value, password=PASSWORD, published=False):
        logto_row("Legacy", value, title, password, published)

    legacy(" with sha256", ["sha256", ["salt123", "@"], "c465f66c6ac481a7a17e9ed5b4e2e7e7288d892f12bf1c95c140901e9a70436e"], "password123", True)
    legacy(" with md5", ["md5", ["@"], "51533f457802f105fc615463db7f0e20"], "simple_password", True)
    legacy(" with sha1", ["sha1", ["prefix", "@", "suffix"], "1e51b70835fc01a385d43117299e147203d098c6"], "mypass", True)
    for name in ("sha512", "SHA3-256", "blake2b512", "RSA-SHA384", "sm3"):
        value = digest(name.lower().removeprefix("rsa-"), b"abc" + PASSWORD.encode() + "dé,".encode()).hex()
        legacy(f" with {name}", [name, ["a", "bc", "@", "d", "é,"], value])
    key = hashlib.pbkdf2_hmac("sha512", PASSWORD.encode(), b"salt", 1000, 20).hex()
    legacy(" with pbkdf2", ["pbkdf2", ["salt", "1000", "20", "sha512", "@"], key])
    legacy(" with pbkdf2Sync", ["pbkdf2Sync", ["salt", "1000", "20", "sha512", "@"], key])
    key = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), SALT, 1000, 32).hex()
    legacy(" with pbkdf2 and a salt in hexadecimal", ["pbkdf2", [f"hex:{SALT.hex()}", "1000", "32", "sha256", "@"], key])
    for kind in ("I", "ID", "D"):
        logto_row(f"Argon2{kind.lower()}", argon2_text(kind))
    logto_row("Bcrypt", bcrypt_text())
    for name in ("md5", "sha1", "sha256"):
        logto_row(name.upper(), digest(name, PASSWORD.encode()).hex())


def kinde():
    def kinde_row(method, value, fields=None, title=""):
        row("kinde", f"{method}{title}", {"hashed_password": value, **({"hashing_method": method} if method else {}), **(fields or {})})

    kinde_row("bcrypt", bcrypt_text())
    kinde_row("", bcrypt_text(), title="bcrypt by default")
    kinde_row("md5", digest("md5", PASSWORD.encode()).hex())
    kinde_row("md5", digest("md5", b"s4lt" + PASSWORD.encode()).hex(), {"salt": "s4lt", "salt_position": "prefix"}, " with a salt before")
    kinde_row("md5", digest("md5", PASSWORD.encode() + b"s4lt").hex(), {"salt": "s4lt", "salt_position": "suffix"}, " with a salt behind")
    kinde_row("wordpress", phpass.using(salt="saltysea", rounds=7).hash(PASSWORD))
    kinde_row("crypt", md5_crypt.using(salt="saltsalt").hash(PASSWORD), title=" with MD5")
    kinde_row("crypt", sha256_crypt.using(salt="saltsalt", rounds=1000).hash(PASSWORD), title=" with SHA-256")
    kinde_row("crypt", sha512_crypt.using(salt="saltsalt", rounds=1000).hash(PASSWORD), title=" with SHA-512")
    kinde_row("crypt", bsdi_crypt.using(salt="salt", rounds=1001).hash(PASSWORD), title=" of BSD")
    row("kinde", "crypt with DES", {"hashed_password": des_crypt.using(salt="ab").hash(PASSWORD[:8]), "hashing_method": "crypt"}, PASSWORD[:8])


def sap_cdc():
    def sap(algorithm, value, settings=None, title="", password=PASSWORD, published=False):
        fields = {"hashedPassword": b64(value), "hashSettings": {"algorithm": algorithm, **(settings or {})}}
        row("sapCdc", f"{algorithm}{title}", fields, password, published)

    sap("md5", base64.b64decode("Ftek/KdELdo62TyacmWX5A=="), password="test1234", published=True)
    sap("sha1", base64.b64decode("W6ph5Mm5Pz8GgiULbPgzG37mj9g="), password="password", published=True)
    for name in ("md5", "sha1", "sha256", "sha512"):
        sap(name, digest(name, b"wikipedia" + b"s$lt" + PASSWORD.encode()), {"salt": "s$lt", "format": "wikipedia$salt$password"}, " with a format")
    sap("sha256", digest("sha256", b"a" + PASSWORD.encode() + b"$z"), {"format": "a$password$z"}, " with a format without a salt")
    sap("sha256", rounds("sha256", PASSWORD.encode() + b"salt", 5), {"salt": "salt", "format": "$password$salt", "rounds": 5}, " of five rounds")
    message = b"Gigya" + SALT + b"_" + PASSWORD.encode("utf-16-le") + b"Gigya"
    template = "$0x4769677961$salt:base64$0x5F$password:utf16$0x4769677961"
    sap("sha512", digest("sha512", message), {"salt": b64(SALT), "binaryFormat": template}, " with a format of bytes")
    for encoding, salt, spelled in (("hex", SALT, SALT.hex()), ("utf8", b"salt", "salt"), ("utf16", "salt".encode("utf-16-le"), "salt")):
        message = PASSWORD.encode() + salt
        sap("sha1", digest("sha1", message), {"salt": spelled, "binaryFormat": f"$password:utf8$salt:{encoding}"}, f" with a salt in {encoding}")
    for algorithm, name, size in (("pbkdf2", "sha1", 16), ("pbkdf2_sha256", "sha256", 32), ("pbkdf2_sha512", "sha512", 64)):
        key = hashlib.pbkdf2_hmac(name, PASSWORD.encode(), SALT, 1000, size)
        sap(algorithm, key, {"salt": b64(SALT), "rounds": 1000})
    compound = (("bcrypt", bcrypt_text()), ("md5_crypt", md5_crypt.using(salt="saltsalt").hash(PASSWORD)), ("drupal", f"$S$6saltysea{drupal('saltysea', 8)}"), ("phpass", phpass.using(salt="saltysea", rounds=7).hash(PASSWORD)))
    for title, text in compound:
        row("sapCdc", f"compound {title}", {"compoundHashedPassword": text})


def main():
    with_legacy()
    for write in (appwrite, auth0, descope, firebase_import, fusion_auth, kinde, logto, okta, sap_cdc, stytch):
        write()
    json.dump(rows, sys.stdout, indent=2, ensure_ascii=False)
    print()


main()
