"""passlib, with its own PBKDF2 and bcrypt in Python, which share no code with the other systems."""

import functools
import os
import warnings
from importlib.metadata import version

from systems import System, debian, is_text

ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@functools.cache
def handlers():
    os.environ["PASSLIB_PBKDF2_BACKEND"] = "from-bytes"
    os.environ["PASSLIB_BUILTIN_BCRYPT"] = "enabled"
    import passlib.hash
    from passlib.crypto import digest

    assert digest.PBKDF2_BACKENDS == ["builtin-from-bytes"]
    warnings.filterwarnings("ignore", "Using builtin scrypt backend")
    for name in CRYPTS.values():
        if hasattr(getattr(passlib.hash, name), "set_backend"):
            getattr(passlib.hash, name).set_backend("builtin")
    for handler in (passlib.hash.bcrypt, passlib.hash.django_bcrypt_sha256, passlib.hash.bcrypt_sha256, passlib.hash.scrypt):
        handler.set_backend("builtin")
    return passlib.hash


def bcrypt(handler):
    def make(password, setting):
        return getattr(handlers(), handler).using(ident=setting[1:3], rounds=int(setting[4:6]), salt=setting[7:]).hash(password)

    return make


def bcrypt_sha256(password, setting):
    _, _, head, salt = setting.split("$")
    version, ident, rounds = (2, head[6:8], head[11:]) if head.startswith("v=") else (1, *head.split(","))
    return handlers().bcrypt_sha256.using(version=version).using(ident=ident, rounds=int(rounds), salt=salt).hash(password)


def pbkdf2(password, algorithm, iterations, salt, length):
    handlers()
    from passlib.crypto.digest import pbkdf2_hmac

    return pbkdf2_hmac(algorithm, password, salt, iterations, length)


def phpass(password, setting):
    return handlers().phpass.using(ident=setting[1], rounds=ITOA64.index(setting[3]), salt=setting[4:12]).hash(password)


def django_pbkdf2(password, iterations, salt):
    return handlers().django_pbkdf2_sha256.using(salt=salt, rounds=iterations).hash(password)


def verifier(handler):
    return lambda password, digest: getattr(handlers(), handler).verify(password, digest)


def rows(name, digest_bytes):
    """One of passlib's formats of PBKDF2: (how it hashes, how it verifies, what it takes)."""

    def make(password, algorithm, iterations, salt, length):
        text = salt.decode().rsplit("$", 1)[1] if name == "dlitz_pbkdf2_sha1" else salt
        text = text.decode() if name == "django_pbkdf2_sha1" else text
        rounds = {} if name == "atlassian_pbkdf2_sha1" else {"rounds": iterations}
        return getattr(handlers(), name).using(salt=text, **rounds).hash(password)

    def takes(password, parameters):
        return parameters["length"] == digest_bytes and (name != "django_pbkdf2_sha1" or parameters["salt"].isalnum())

    return make, verifier(name), takes


PBKDF2_ROWS = {
    "pbkdf2_sha1_django": rows("django_pbkdf2_sha1", 20),
    "pbkdf2_sha1_passlib": rows("pbkdf2_sha1", 20),
    "pbkdf2_sha256_passlib": rows("pbkdf2_sha256", 32),
    "pbkdf2_sha512_passlib": rows("pbkdf2_sha512", 64),
    "pbkdf2_sha512_grub": rows("grub_pbkdf2_sha512", 64),
    "pbkdf2_sha1_cta": rows("cta_pbkdf2_sha1", 20),
    "pbkdf2_sha1_dlitz": rows("dlitz_pbkdf2_sha1", 24),
    "ldap_pbkdf2_sha1": rows("ldap_pbkdf2_sha1", 20),
    "ldap_pbkdf2_sha256": rows("ldap_pbkdf2_sha256", 32),
    "ldap_pbkdf2_sha512": rows("ldap_pbkdf2_sha512", 64),
    "pbkdf2_sha1_atlassian": rows("atlassian_pbkdf2_sha1", 32),
}


def digests(name):
    """One of passlib's formats of one digest, salted or not: (how it hashes, how it verifies)."""

    def make(password, algorithm, before=b"", after=b"", rounds=0):
        salt = before or after
        handler = getattr(handlers(), name)
        if not salt and "salted" not in name:
            return handler.hash(password)
        return handler.using(salt=salt.decode() if "django" in name else salt).hash(password)

    return make, verifier(name)


def takes_digest(name):
    """Salts of LDAP's from 4 to 16 bytes, those of Django's letters and digits."""

    def takes(password, parameters):
        salt = parameters.get("before") or parameters.get("after") or b""
        if "django" in name:
            return salt.isalnum() and salt.isascii()
        return "salted" not in name or 4 <= len(salt) <= 16

    return takes


DIGESTS = {
    "ldap_md5": "ldap_md5",
    "ldap_smd5": "ldap_salted_md5",
    "ldap_sha1": "ldap_sha1",
    "ldap_ssha": "ldap_salted_sha1",
    "ldap_ssha256": "ldap_salted_sha256",
    "ldap_ssha512": "ldap_salted_sha512",
    "md5_django": "django_salted_md5",
    "sha1_django": "django_salted_sha1",
}


def fshp(password, algorithm, iterations, salt):
    variant = algorithm.replace("-", "").lower()
    return handlers().fshp.using(variant=variant, rounds=iterations, salt=salt).hash(password)


CRYPTS = {
    "md5crypt": "md5_crypt",
    "apr1": "apr_md5_crypt",
    "sha256crypt": "sha256_crypt",
    "sha512crypt": "sha512_crypt",
    "sha1crypt": "sha1_crypt",
    "descrypt": "des_crypt",
    "bsdicrypt": "bsdi_crypt",
}


def crypt_parts(scheme, setting):
    """The parameters that a setting of crypt(3) stands for."""
    if scheme == "descrypt":
        return {"salt": setting[:2]}
    if scheme == "bsdicrypt":
        return {"rounds": sum(ITOA64.index(sign) << 6 * place for place, sign in enumerate(setting[1:5])), "salt": setting[5:9]}
    *numbers, salt = setting.rstrip("$").split("$")[2:] if not setting.endswith("$$") else [*setting[:-2].split("$")[2:], ""]
    return {"salt": salt, **({"rounds": int(numbers[0].removeprefix("rounds="))} if numbers else {})}


@functools.cache
def sha2_crypt():
    """passlib's SHA-2 of crypt(3), compiled without its assertions: one of them allows no salt of more than 16 bytes."""
    handlers()
    import passlib.handlers.sha2_crypt as module

    names = dict(vars(module))
    with open(module.__file__, encoding="utf-8") as source:
        exec(compile(source.read(), module.__file__, "exec", optimize=1), names)
    return names["_raw_sha2_crypt"]


class Latin(str):
    """A text whose characters are bytes, since passlib takes salts as text of ASCII alone."""

    def encode(self, encoding):
        return super().encode("latin-1")


def mysql_caching_sha2(password, rounds, salt):
    return sha2_crypt()(password, Latin(salt.decode("latin-1")), rounds).encode()


def crypts(scheme):
    """One of passlib's formats of crypt(3): (how it hashes, what it takes). It gives the checksum alone, as it may leave out the rounds."""

    def make(password, setting):
        parts = crypt_parts(scheme, setting)
        if scheme in ("sha256crypt", "sha512crypt"):
            parts = {"rounds": 5000, **parts}
        digest = getattr(handlers(), CRYPTS[scheme]).using(**parts).hash(password)
        return digest[-11:].encode() if scheme in ("descrypt", "bsdicrypt") else digest.rsplit("$", 1)[1].encode()

    def takes(password, parameters):
        salt = crypt_parts(scheme, parameters["setting"])["salt"]
        return 0 not in password and len(password) <= 4096 and all(sign in ITOA64 for sign in salt)

    return make, takes


def nt_crypt(password, setting):
    return handlers().bsd_nthash.hash(password)


def scrypt(password, N, r, p, salt, length):
    return handlers().scrypt.using(salt=salt, rounds=N.bit_length() - 1, block_size=r, parallelism=p).hash(password)


SYSTEMS = {
    "passlib": System(
        "passlib, with its backends in Python",
        lambda: version("passlib") + debian("python3-passlib"),
        {
            "bcrypt": bcrypt("bcrypt"),
            "bcrypt_sha256_django": bcrypt("django_bcrypt_sha256"),
            "pbkdf2": pbkdf2,
            "pbkdf2_sha256_django": django_pbkdf2,
            "phpass": phpass,
            "bcrypt_sha256_passlib": bcrypt_sha256,
            "nthash": lambda password: bytes.fromhex(handlers().nthash.hash(password)),
            "scrypt_passlib": scrypt,
            "fshp": fshp,
            "nt_crypt": nt_crypt,
            "mysql41": lambda password: handlers().mysql41.hash(password),
            "mysql_caching_sha2": mysql_caching_sha2,
            "postgres_md5": lambda password, username: handlers().postgres_md5.hash(password, user=username),
            **{scheme: crypts(scheme)[0] for scheme in CRYPTS},
            **{scheme: make for scheme, (make, _, _) in PBKDF2_ROWS.items()},
            **{scheme: digests(name)[0] for scheme, name in DIGESTS.items()},
        },
        install="apt-get install python3-passlib",
        verifiers={
            "bcrypt": verifier("bcrypt"),
            "bcrypt_sha256_django": verifier("django_bcrypt_sha256"),
            "pbkdf2_sha256_django": verifier("django_pbkdf2_sha256"),
            "bcrypt_sha256_passlib": verifier("bcrypt_sha256"),
            "phpass": verifier("phpass"),
            "scrypt_passlib": verifier("scrypt"),
            "fshp": verifier("fshp"),
            "nt_crypt": verifier("bsd_nthash"),
            "mysql41": verifier("mysql41"),
            **{scheme: verifier(name) for scheme, name in CRYPTS.items()},
            **{scheme: verify for scheme, (_, verify, _) in PBKDF2_ROWS.items()},
            **{scheme: digests(name)[1] for scheme, name in DIGESTS.items()},
        },
        limits={
            "mysql_caching_sha2": lambda password, parameters: 0 not in password,
            # It takes text alone, and UTF-8 for it.
            "nthash": lambda password, parameters: is_text(password),
            "nt_crypt": lambda password, parameters: is_text(password) and 0 not in password,
            **{scheme: crypts(scheme)[1] for scheme in CRYPTS},
            "bcrypt": lambda password, parameters: 0 not in password and parameters["setting"][:3] in ("$2a", "$2b", "$2y"),
            "pbkdf2_sha256_django": lambda _, parameters: parameters["salt"].isascii() and parameters["salt"].isalnum(),
            # Its scrypt in Python takes a second for 2^13 blocks.
            "scrypt_passlib": lambda _, parameters: parameters["length"] == 32 and parameters["N"] * parameters["r"] * parameters["p"] <= 512,
            **{scheme: takes for scheme, (_, _, takes) in PBKDF2_ROWS.items()},
            **{scheme: takes_digest(name) for scheme, name in DIGESTS.items()},
        },
    )
}
