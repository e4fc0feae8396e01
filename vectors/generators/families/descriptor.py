"""The language of `expr` and `pre`: an expression, its inputs, and the value or the digest whose password is the value."""

from fields import Field, Layout
from write import PASSWORDS, Hasher, password_flags

# Each password is hashed in one of these ways, which take any bytes. SM3 is in none, since Bun lacks it.
VALUES = [
    ("hex(md5(hex(md5(p)).s))", "s=308"),
    ("hex(sha1(s.p.t))", "s=sea salt,t=%C3%A9%2C%25"),
    ("b64(s.sha256(s.p))", "s=%00%01%02%FF"),
    ("HEX(sha512*3(s.p|d.p))", "s=seasalt"),
    ("hex(hmac-sha256(s,p))", "s=seasalt"),
    ("hex(pbkdf2-sha256*10:20(p,unhex(s)))", "s=0123456789abcdef"),
    ("b64np(sha3-256(s.p.'%24'))", "s=seasalt"),
    ("hex(blake2b512(p.rep(s,16))[8:40])", "s=seasalt"),
    ("ab64(scrypt*16:1:1:32(p,unb64(s)))", "s=c2Vhc2FsdA=="),
    ("hex(ripemd160(u.':'.hex(blake2s256(p))))", "u=ada"),
    ("'sha1:'.hex(sha1*5(s.p|hex(d).k))", "s=seasalt,k=site key"),
]
BCRYPT = "$2b$04$abcdefghijklmnopqrstuu"
PRE_VALUES = [
    ("hex(sha512(p))", "", BCRYPT),
    ("hex(md5(s.hex(md5(p))))", "s=12345678", BCRYPT),
    ("b64(hmac-sha384('wp-sha384',p))", "", BCRYPT),
    ("hex(sha1(p))", "", "pbkdf2_sha256$10$seasalt$"),
    ("p.k", "k=pepper", "pbkdf2_sha256$10$seasalt$"),
]


def values(index, entry):
    expression, inputs = VALUES[index % len(VALUES)]
    return {"expression": expression, "inputs": inputs}


def pre_values(index, entry):
    # A value with a NUL is none, and libxcrypt is given text.
    data = bytes.fromhex(entry["passwordHex"]) if "passwordHex" in entry else entry["password"].encode()
    which = PRE_VALUES[:4] if b"\0" in data else PRE_VALUES
    return dict(zip(("expression", "inputs", "setting"), which[index % len(which)]))


def flags(password, digest):
    return [*password_flags(password), "Rule"]


HASHERS = [
    Hasher(
        "expr",
        Layout("expr${expression}${inputs}${checksum}", Field("expression"), Field("inputs"), Field("checksum")),
        ["descriptor"],
        flags=flags,
        matrix=[("descriptor", list(range(len(PASSWORDS))), values)],
    ),
    Hasher(
        "pre",
        Layout("pre${expression}${inputs}${setting}", Field("expression"), Field("inputs"), Field("setting")),
        ["descriptor"],
        flags=flags,
        matrix=[("descriptor", list(range(len(PASSWORDS))), pre_values)],
    ),
]
