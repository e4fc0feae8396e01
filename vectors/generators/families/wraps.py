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


# A password of one space is trimmed to the empty one, which WordPress lets nobody choose.
NOT_WHITE = [index for index in ALL if PASSWORDS[index].get("password") != " "]


def by_a_form(system, test):
    """The systems of bcrypt are given what a form makes of a password; WordPress knows what its other interfaces make."""
    return [] if "NoSlashes" in test["flags"] and system != "wordpress_68" else [test["digest"]]


def cell(label):
    return lambda index, entry: {"version": "2y" if label.startswith("wp") else "2b", "cost": "04", "salt": salt_of(label + entry["comment"])}


def flags(reads_all):
    def found(password, digest):
        is_cut = not reads_all and (len(password) > 72 or 0 in password)
        return [*password_flags(password), *(["Truncated"] if is_cut else [])]

    return found


def bcrypt(name, prefix, prepare, versions, systems=CRYPTS, makers=("libxcrypt", "php"), chosen=ALL, reads_all=True, asked=None):
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
        asked=asked,
    )


def escape(prefix):
    return prefix.replace("{", "{{").replace("}", "}}")


def same(password):
    return password


def for_wordpress(password):
    return base64.b64encode(hmac.new(b"wp-sha384", wordpress(password), "sha384").digest())


def for_symfony(password):
    return base64.b64encode(hashlib.sha512(password).digest()) if len(password) > 72 or 0 in password else password


def in_argon2(name, prefix, variant="argon2id", systems=()):
    """Argon2's own hasher, with a prefix in front of its layout; a digest by hand may have another variant."""
    inner = argon2(variant, 0)
    text = escape(prefix) + inner.layout.text
    return Hasher(
        name,
        Layout(text, *inner.layout.fields.values()),
        [*systems, "argon2_cffi", "rs_argon2"],
        inner=("argon2", same, prefix),
        flags=lambda password, digest: password_flags(password),
        parameters=lambda values: {**inner.parameters(values), "type": values.get("type", variant.removeprefix("argon2"))},
        readings=lambda digest: [{**values, "type": digest[len(prefix) :].split("$")[1].removeprefix("argon2")} for values in inner.readings(digest[len(prefix) :])],
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
    "$bcrypt-sha256${head}${salt}${checksum}",
    Field("head"),
    Letters("salt", 22, BCRYPT64),
    Letters("checksum", 31, BCRYPT64),
)
ADONIS = Layout(
    "$bcrypt$v={v}$r={cost}${salt}${checksum}",
    Number("v", 97, 98),
    Number("cost", 4, 31),
    Base64("salt", 16, padded=False),
    Base64("checksum", 23, padded=False),
)


def by_passlib(index, entry):
    return {"head": ("v=2,t=2b,r=4", "2b,4", "2a,4")[index % 3], "salt": salt_of("passlib " + entry["comment"])}


def read_adonis(digest):
    """A version that is missing means 97."""
    return [ADONIS.read(digest if "$v=" in digest else digest.replace("$r=", "$v=97$r="))]


def by_adonis(index, entry):
    version = 97 if index % 4 > 1 and len(as_bytes(entry)) < 255 else 98
    return {"v": version, "cost": 4, "salt": hashlib.sha256(entry["comment"].encode()).digest()[:16]}


def by_mediawiki(index, entry):
    return {"cost": 4, "salt": salt_of("mediawiki " + entry["comment"])}


class Crypt(Layout):
    """A tag and a digest of crypt(3). Of schemes beside bcrypt the systems are asked with the whole digest, as crypt(3) takes it."""

    def read(self, digest):
        rest = digest[digest.index("}") + 1 :]
        return super().read("{CRYPT}" + rest) if rest.startswith("$2") else {"whole": rest, "checksum": rest}


def ldap_crypt():
    made = bcrypt("ldap_crypt", "{CRYPT}", same, ["2b"], chosen=SHORT, reads_all=False)
    inner = made.parameters
    made.layout = Crypt(made.layout.text, *made.layout.fields.values())
    made.readings = lambda digest: [made.layout.read(digest)]
    made.parameters = lambda values: {"setting": values["whole"]} if "whole" in values else inner(values)
    made.asked = lambda system, test: shown_to(system, test["digest"])
    return made


def shown_to(system, digest):
    """The digest behind `{CRYPT}`; Python's and Rust's systems have bcrypt alone, and PHP no HMAC, no NT hash, no yescrypt and no scrypt."""
    rest = digest[digest.index("}") + 1 :]
    if not rest.startswith("$2") and (system in ("python_bcrypt", "rs_bcrypt") or system == "php" and rest[:3] in ("$sh", "$3$", "$y$", "$7$")):
        return []
    return ["{CRYPT}" + rest]


HASHERS = [
    bcrypt("bcrypt_django", "bcrypt$", same, ["2b"], systems=["django", *CRYPTS], makers=("libxcrypt", "php"), chosen=SHORT, reads_all=False),
    ldap_crypt(),
    bcrypt("nextcloud", "1|", same, ["2y", "2b"], chosen=SHORT, reads_all=False),
    bcrypt("bcrypt_wordpress", "$wp", for_wordpress, ["2y"], systems=["wordpress_68", *CRYPTS], chosen=NOT_WHITE, asked=by_a_form),
    bcrypt("bcrypt_meteor", "", prehash, ["2b"]),
    bcrypt("bcrypt_nodebb", "", lambda password: hashlib.sha512(password).hexdigest().encode(), ["2b"]),
    bcrypt("bcrypt_wbb4", "", None, ["2a", "2b", "2y"], systems=["php", "python_bcrypt"], makers=("php", "python_bcrypt"), chosen=SHORT, reads_all=False),
    bcrypt("bcrypt_symfony", "", for_symfony, ["2b"], systems=["symfony_native", *CRYPTS]),
    peppered(),
    Hasher(
        "bcrypt_sha256_passlib",
        PASSLIB,
        ["passlib", "python_bcrypt"],
        parameters=lambda values: {"setting": "$bcrypt-sha256${head}${salt}".format(**values)},
        flags=flags(True),
        matrix=[("passlib", ALL[::2], by_passlib), ("python_bcrypt", ALL[1::2], by_passlib)],
        draw=lambda random: {"head": random.choice(["v=2,t=2b,r=4", "2b,5", "2a,4"]), "salt": salt_of(str(random.random()))},
    ),
    Hasher(
        "bcrypt_adonis",
        ADONIS,
        ["adonis_bcrypt", "python_bcrypt", "php"],
        parameters=lambda values: {name: values[name] for name in ("v", "cost", "salt")},
        flags=flags(False),
        readings=read_adonis,
        # npm's bcrypt, which AdonisJS computes with, counts the bytes of its $2a$ in eight bits.
        asked=lambda system, test: [] if "WrappedLength" in test["flags"] and system != "adonis_bcrypt" else [test["digest"]],
        matrix=[("python_bcrypt", SHORT[::2], by_adonis), ("php", SHORT[1::2], by_adonis)],
        draw=lambda random: {"v": 98, "cost": 4, "salt": random.randbytes(16)},
    ),
    Hasher(
        "bcrypt_mediawiki",
        Layout(":bcrypt:{cost}${salt}${checksum}", Number("cost", 4, 31), Letters("salt", 22, BCRYPT64), Letters("checksum", 31, BCRYPT64)),
        ["mediawiki", "python_bcrypt"],
        parameters=lambda values: {"setting": ":bcrypt:{cost}${salt}$".format(**values)},
        flags=flags(False),
        matrix=[("mediawiki", SHORT[::2], by_mediawiki), ("python_bcrypt", SHORT[1::2], by_mediawiki)],
        draw=lambda random: {"cost": random.choice([4, 5]), "salt": salt_of(str(random.random()))},
    ),
    in_argon2("argon2_mediawiki", ":argon2:", systems=["mediawiki_argon2"]),
    in_argon2("argon2_django", "argon2"),
    in_argon2("ldap_argon2", "{ARGON2}"),
    in_argon2("shiro2", "$shiro2"),
]
