"""phpass portable digests: `$P$`, the exponent of the rounds in one character, eight characters of salt, 22 of checksum."""

import hashlib
import re

from families.digests import alternating
from fields import ITOA64, Layout, Letters
from write import PASSWORDS, Hasher, as_bytes, password_flags

# Each salt is cut from one fixed text.
SALTS = "hJ3.kLm9/PqRsT0vWxYz1aBcD2eFgH4iJkL5mNoPqR6sTuV7wXyZ8AbCdEfG.IjKlM/nOpQrStUvW"
LAYOUT = Layout("${prefix}${rounds}{salt}{checksum}", *(Letters(name, size) for name, size in [("prefix", 1), ("rounds", 1), ("salt", 8), ("checksum", 22)]))


def setting(values):
    return {"setting": "${prefix}${rounds}{salt}".format(**values)}


def flags(password, digest):
    return [*password_flags(password), *(["PhpbbPrefix"] if digest.startswith("$H$") else [])]


def matrix(index, entry):
    return {"prefix": "P", "rounds": "5", "salt": SALTS[index : index + 8]}


def draw(random):
    return {"prefix": random.choice("PH"), "rounds": random.choice(ITOA64[7:14]), "salt": "".join(random.choices(ITOA64, k=8))}




def trim(password):
    """PHP's."""
    return password.strip(b" \t\n\r\0\x0b")


def wordpress(password):
    return trim(re.sub(rb"([\\'\"])", rb"\\\1", password).replace(b"\0", rb"\0"))


def phpbb(password):
    for old, new in ((b"\r\n", b"\n"), (b"\r", b"\n"), (b"\0", b""), (b"&", b"&amp;"), (b'"', b"&quot;"), (b"<", b"&lt;"), (b">", b"&gt;")):
        password = password.replace(old, new)
    return trim(password)


def md5(password):
    return hashlib.md5(password).hexdigest().encode()


def variant(name, start, prepare):
    """phpass over what a system makes of the password: by WordPress's class, and by passlib with `prepare`."""
    layout = Layout(start + "{rounds}{salt}{checksum}", *(Letters(field, size) for field, size in [("rounds", 1), ("salt", 8), ("checksum", 22)]))
    inner = start[: start.index("$")]
    own = prepare is not md5
    # PHP's htmlspecialchars makes an empty text of what is no UTF-8.
    chosen = [index for index, entry in enumerate(PASSWORDS) if prepare is not phpbb or "passwordHex" not in entry]
    # A password of which nothing is left has the digest of the empty one, and never matches here.
    chosen = [index for index in chosen if prepare(as_bytes(PASSWORDS[index])) or not as_bytes(PASSWORDS[index])]

    def cell(index, entry):
        return {"rounds": "5", "salt": SALTS[index : index + 8]}

    def parameters(values):
        return {"setting": start[len(inner) :] + "{rounds}{salt}".format(**values)}

    return Hasher(
        name,
        layout,
        ["wordpress", "passlib"],
        inner=("phpass", prepare, inner),
        flags=lambda password, digest: [*password_flags(password), *(["Prepared"] if own and prepare(password) != password else [])],
        parameters=parameters,
        matrix=[("wordpress", chosen[::2], cell), ("passlib", chosen[1::2], cell)],
        draw=lambda random: {"rounds": random.choice(ITOA64[7:14]), "salt": "".join(random.choices(ITOA64, k=8))},
    )


class Code(Letters):
    """A checksum that systems give as the ASCII of its letters."""

    def encode(self, value):
        return value.decode()

    def decode(self, text):
        return text.encode()


def sha512(name, start, prepare):
    """Drupal 7's loop, by OpenSSL and PHP: 43 characters are kept of the checksum."""
    layout = Layout(start + "{rounds}{salt}{checksum}", Letters("rounds", 1), Letters("salt", 8), Code("checksum", 43))

    def parameters(values):
        return {"algorithm": "sha512", "salt": values["salt"].encode(), "exponent": ITOA64.index(values["rounds"])}

    return Hasher(
        name,
        layout,
        ["hashlib", "php"],
        inner=("drupal7", prepare, ""),
        flags=lambda password, digest: [*password_flags(password), "Rule"],
        parameters=parameters,
        matrix=alternating("hashlib", "php", lambda shift: lambda index, entry: {"rounds": "5", "salt": SALTS[index : index + 8]}),
        draw=lambda random: {"rounds": random.choice(ITOA64[7:11]), "salt": "".join(random.choices(ITOA64, k=8))},
    )


MATRIX = [("wordpress", slice(None), matrix)]
HASHERS = [
    Hasher("phpass", LAYOUT, ["wordpress", "passlib"], flags=flags, parameters=setting, matrix=MATRIX, draw=draw),
    variant("phpass_wordpress", "$P$", wordpress),
    variant("phpass_phpbb", "$H$", phpbb),
    variant("md5_phpass", "$P$", md5),
    variant("phpass_drupal7_md5", "U$P$", md5),
    variant("phpass_typo3_md5", "M$P$", md5),
    sha512("sha512_drupal7", "$S$", lambda password: password),
    sha512("sha512_drupal7_md5", "U$S$", md5),
]
