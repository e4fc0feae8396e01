"""bcrypt and Argon2 behind a name or a tag, and bcrypt over what a system makes of the password: the systems of bcrypt and Argon2
compute, with the prepared password and the digest without what stands before it."""

import base64
import hashlib
import hmac

from families.argon2 import by_cffi, by_rust, argon2
from families.bcrypt import DJANGO, SHORT, draw, layout, prehash, salt_of, setting
from families.phpass import wordpress
from fields import BCRYPT64, Base64, Field, Layout, Letters, Number, Text
from write import PASSWORDS, Hasher, as_bytes, password_flags

CRYPTS = ["libxcrypt", "php", "python_bcrypt", "rs_bcrypt"]
ALL = [*range(len(PASSWORDS))]


def cell(label):
    return lambda index, entry: {"version": "2y" if label.startswith("wp") else "2b", "cost": "04", "salt": salt_of(label + entry["comment"])}


def flags(reads_all):
    def found(password, digest):
        is_cut = not reads_all and (len(password) > 72 or 0 in password)
        return [*password_flags(password), *(["Truncated"] if is_cut else [])]

    return found


def bcrypt(name, prefix, prepare, versions, systems=CRYPTS, makers=("libxcrypt", "php"), chosen=ALL, reads_all=True):
    first, second = makers
    return Hasher(
        name,
        layout(escape(prefix)),
        systems,
        inner=("bcrypt", prepare, prefix),
        parameters=setting,
        flags=flags(reads_all),
        matrix=[(first, chosen[::2], cell(f"{prefix.strip('$')} a: ")), (second, chosen[1::2], cell(f"{prefix.strip('$')} b: "))],
        draw=draw(versions),
    )


def escape(prefix):
    return prefix.replace("{", "{{").replace("}", "}}")


def same(password):
    return password


def for_wordpress(password):
    return base64.b64encode(hmac.new(b"wp-sha384", wordpress(password), "sha384").digest())


def for_symfony(password):
    return base64.b64encode(hashlib.sha512(password).digest()) if len(password) > 72 or 0 in password else password


def in_argon2(name, prefix, variant="argon2id"):
    """Argon2's own hasher, with a prefix in front of its layout."""
    inner = argon2(variant, 0)
    text = escape(prefix) + inner.layout.text
    return Hasher(
        name,
        Layout(text, *inner.layout.fields.values()),
        ["argon2_cffi", "rs_argon2"],
        inner=("argon2", same, prefix),
        flags=lambda password, digest: password_flags(password),
        parameters=inner.parameters,
        readings=lambda digest: inner.readings(digest[len(prefix) :]),
        matrix=[("argon2_cffi", ALL[::2], by_cffi), ("rs_argon2", ALL[1::2], by_rust)],
        draw=inner.draw,
    )


def peppered():
    fields = [Field("version"), Field("cost"), Letters("salt", 22, BCRYPT64), Letters("checksum", 31, BCRYPT64), Text("pepper")]
    peppers = ["pepper", "a$b", "0123456789abcdef" * 8, "é", "x", "sea salt"]
    short = [index for index in SHORT if len(as_bytes(PASSWORDS[index])) <= 72]

    def values(index, entry):
        return {"version": "2b", "cost": "04", "salt": salt_of("peppered " + entry["comment"]), "pepper": peppers[index % 6]}

    return Hasher(
        "bcrypt_peppered",
        Layout("${version}${cost}${salt}{checksum}${pepper}", *fields),
        ["php", "python_bcrypt"],
        parameters=lambda found: {**setting(found), "pepper": found["pepper"].encode()},
        flags=flags(False),
        matrix=[("php", short[::2], values), ("python_bcrypt", short[1::2], values)],
        draw=lambda random: {**draw(["2b"])(random), "pepper": random.choice(peppers)},
    )


PASSLIB = Layout(
    "$bcrypt-sha256$v=2,t=2b,r={cost}${salt}${checksum}",
    Number("cost", 4, 31),
    Letters("salt", 22, BCRYPT64),
    Letters("checksum", 31, BCRYPT64),
)
ADONIS = Layout(
    "$bcrypt$v=98$r={cost}${salt}${checksum}",
    Number("cost", 4, 31),
    Base64("salt", 16, padded=False),
    Base64("checksum", 23, padded=False),
)


def by_passlib(index, entry):
    return {"cost": 4, "salt": salt_of("passlib " + entry["comment"])}


def by_adonis(index, entry):
    return {"cost": 4, "salt": hashlib.sha256(entry["comment"].encode()).digest()[:16]}


HASHERS = [
    bcrypt("bcrypt_django", "bcrypt$", same, ["2b"], systems=["django", *CRYPTS], makers=("libxcrypt", "php"), chosen=SHORT, reads_all=False),
    bcrypt("ldap_crypt", "{CRYPT}", same, ["2b"], chosen=SHORT, reads_all=False),
    bcrypt("nextcloud", "1|", same, ["2y", "2b"], chosen=SHORT, reads_all=False),
    bcrypt("spring", "{bcrypt}", same, ["2a", "2b"], chosen=SHORT, reads_all=False),
    bcrypt("bcrypt_wordpress", "$wp", for_wordpress, ["2y"]),
    bcrypt("bcrypt_meteor", "", prehash, ["2b"]),
    bcrypt("bcrypt_nodebb", "", lambda password: hashlib.sha512(password).hexdigest().encode(), ["2b"]),
    bcrypt("bcrypt_symfony", "", for_symfony, ["2b"]),
    peppered(),
    Hasher(
        "bcrypt_sha256_passlib",
        PASSLIB,
        ["passlib", "python_bcrypt"],
        parameters=lambda values: {"cost": values["cost"], "salt": values["salt"]},
        flags=flags(True),
        matrix=[("passlib", ALL[::2], by_passlib), ("python_bcrypt", ALL[1::2], by_passlib)],
        draw=lambda random: {"cost": 4, "salt": salt_of(str(random.random()))},
    ),
    Hasher(
        "bcrypt_adonis",
        ADONIS,
        ["python_bcrypt", "php"],
        parameters=lambda values: {"cost": values["cost"], "salt": values["salt"]},
        flags=flags(False),
        matrix=[("python_bcrypt", SHORT[::2], by_adonis), ("php", SHORT[1::2], by_adonis)],
        draw=lambda random: {"cost": 4, "salt": random.randbytes(16)},
    ),
    in_argon2("argon2_django", "argon2"),
    in_argon2("ldap_argon2", "{ARGON2}"),
    in_argon2("shiro2", "$shiro2"),
]
