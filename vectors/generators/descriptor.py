"""The language of `expr` and `pre` in Python, for comparison with passlift's: a parser of its own, and an evaluator over hashlib.

It reads only what is right: which expressions are refused, `descriptor_cases.py` says. A value is (bytes, whether it failed), and what
fails goes on as no bytes.
"""

import base64
import functools
import hashlib
import hmac
import os
import re
import sys
import tempfile
import unicodedata

HASHES = {
    **{name: name for name in ("md4", "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "ripemd160", "sm3", "whirlpool")},
    **{"sha512-256": "sha512_256", "sha3-224": "sha3_224", "sha3-256": "sha3_256", "sha3-384": "sha3_384", "sha3-512": "sha3_512"},
    **{"blake2b512": "blake2b", "blake2s256": "blake2s"},
}
BLOCKS = {"sha384": 128, "sha512": 128, "sha512-256": 128, "blake2b512": 128, "sha3-224": 144, "sha3-256": 136, "sha3-384": 104, "sha3-512": 72}
# MD4 and Whirlpool are in OpenSSL's provider for what is old, which a process has only where its configuration says so.
LEGACY = "openssl_conf = init\n[init]\nproviders = all\n[all]\ndefault = on\nlegacy = on\n[on]\nactivate = 1\n"


def with_legacy():
    """Starts this program once more with OpenSSL's old hash functions, where it has none of them."""
    try:
        hashlib.new("whirlpool")
    except ValueError:
        if os.environ.get("DESCRIPTOR_LEGACY"):
            sys.exit("OpenSSL's legacy provider is not here: MD4 and Whirlpool cannot be compared.")
        with tempfile.NamedTemporaryFile("w", suffix=".cnf", delete=False) as file:
            file.write(LEGACY)
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "OPENSSL_CONF": file.name, "DESCRIPTOR_LEGACY": "1"})


def digest(name, message):
    return hashlib.new(HASHES[name], message).digest()


def size_of(name):
    return 64 if name == "whirlpool" else 16 if name == "md4" else hashlib.new(HASHES[name]).digest_size


def hmac_of(name, key, message):
    block = BLOCKS.get(name, 64)
    key = (digest(name, key) if len(key) > block else key).ljust(block, b"\0")
    inner = digest(name, bytes(byte ^ 0x36 for byte in key) + message)
    return digest(name, bytes(byte ^ 0x5C for byte in key) + inner)


# The parser: tokens by one regular expression, then one function for each kind of call.

TOKEN = re.compile(r"'([^']*)'|([A-Za-z][A-Za-z0-9-]*)|(\d+)|([(),.|*:\[\]])")


def unescape(text):
    return re.sub(rb"%([0-9A-F]{2})", lambda found: bytes([int(found[1], 16)]), text.encode())


class Reader:
    def __init__(self, text):
        self.tokens = [found for found in TOKEN.finditer(text)]
        assert "".join(token[0] for token in self.tokens) == text, text
        self.at = 0

    def peek(self):
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def next(self, expected=None):
        token = self.tokens[self.at]
        self.at += 1
        assert expected in (None, token[0]), (token[0], expected)
        return token

    def number(self, sign):
        self.next(sign)
        return int(self.next()[0])

    def cat(self):
        items = [self.item()]
        while self.peek() == ".":
            self.next()
            items.append(self.item())
        return items

    def item(self):
        token = self.next()
        if token[1] is not None:
            return ("literal", unescape(token[1]))
        name = token[0]
        node = ("input", name) if self.peek() not in ("(", "*") else self.call(name)
        if self.peek() == "[":
            node = ("slice", node, self.number("["), self.number(":"))
            self.next("]")
        return node

    def call(self, name):
        if name.startswith("pbkdf2-"):
            return ("pbkdf2", name[7:], self.number("*"), self.number(":"), *self.arguments())
        if name == "scrypt":
            return ("scrypt", *(self.number(sign) for sign in "*:::"), *self.arguments())
        if name in HASHES or name.startswith("hmac-"):
            count = self.number("*") if self.peek() == "*" else 1
            self.next("(")
            key = None
            if name.startswith("hmac-"):
                key = self.cat()
                self.next(",")
            first, second = self.cat(), None
            if self.peek() == "|":
                self.next()
                second = self.cat()
            self.next(")")
            return ("hash", name.removeprefix("hmac-"), count, key, first, second)
        self.next("(")
        of = self.cat()
        size = self.number(",") if self.peek() == "," else None
        self.next(")")
        return ("call", name, of, size)

    def arguments(self):
        self.next("(")
        first = self.cat()
        self.next(",")
        salt = self.cat()
        self.next(")")
        return first, salt


@functools.lru_cache(4096)
def parse(text):
    reader = Reader(text)
    tree = reader.cat()
    assert reader.at == len(reader.tokens), text
    return tree


class Evaluator:
    """Evaluates over {p, s, t, k, u: bytes}."""

    def __init__(self, inputs):
        self.inputs, self.failed = inputs, False

    def cat(self, items, before=b""):
        return b"".join(self.item(item, before) for item in items)

    def item(self, node, before):
        kind, *rest = node
        if kind == "literal":
            return rest[0]
        if kind == "input":
            return before if rest[0] == "d" else self.inputs[rest[0]]
        if kind == "slice":
            return self.item(rest[0], before)[rest[1] : rest[2]]
        return getattr(self, kind)(*rest, before)

    def hash(self, name, count, key, first, second, before):
        with_key = functools.partial(hmac_of, name, self.cat(key, before)) if key is not None else functools.partial(digest, name)
        state = with_key(self.cat(first, before))
        for _ in range(count - 1):
            state = with_key(state if second is None else self.cat(second, state))
        return state

    def pbkdf2(self, name, count, size, first, salt, before):
        password, salt = self.cat(first, before), self.cat(salt, before)
        if name in ("sha1", "sha256", "sha512"):
            return hashlib.pbkdf2_hmac(name, password, salt, count, size)
        key = b""
        while len(key) < size:
            state = hmac_of(name, password, salt + (len(key) // size_of(name) + 1).to_bytes(4, "big"))
            total = int.from_bytes(state, "big")
            for _ in range(count - 1):
                state = hmac_of(name, password, state)
                total ^= int.from_bytes(state, "big")
            key += total.to_bytes(len(state), "big")
        return key[:size]

    def scrypt(self, n, r, p, size, first, salt, before):
        return hashlib.scrypt(self.cat(first, before), salt=self.cat(salt, before), n=n, r=r, p=p, dklen=size, maxmem=2**28)

    def call(self, name, of, size, before):
        data = self.cat(of, before)
        if name in ("pad", "rep"):
            fits = len(data) <= size if name == "pad" else data
            if not fits:
                return self.fail()
            return data.ljust(size, b"\0") if name == "pad" else (data * (size // len(data) + 1))[:size]
        try:
            return CODES[name](data)
        except (UnicodeError, ValueError):
            return self.fail()

    def fail(self):
        self.failed = True
        return b""


def decode64(data):
    text = data.decode("ascii").translate(str.maketrans("-_", "+/"))
    if (set(data) & set(b"-_") and set(data) & set(b"+/")) or re.search("[^A-Za-z0-9+/=]", text):
        raise ValueError
    made = base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), validate=True)
    if base64.b64encode(made).decode() not in (text, text + "=" * (-len(text) % 4)):
        raise ValueError
    return made


def unhex(data):
    if not re.fullmatch(rb"(?:[0-9A-Fa-f]{2})*", data):
        raise ValueError
    return bytes.fromhex(data.decode())


def form(name, data):
    try:
        return unicodedata.normalize(name, data.decode()).encode()
    except UnicodeError:
        return data


CODES = {
    "hex": lambda data: data.hex().encode(),
    "HEX": lambda data: data.hex().upper().encode(),
    "b64": base64.b64encode,
    "b64np": lambda data: base64.b64encode(data).rstrip(b"="),
    "ab64": lambda data: base64.b64encode(data, b"./").rstrip(b"="),
    "unhex": unhex,
    "unb64": decode64,
    "utf16le": lambda data: data.decode().encode("utf-16-le"),
    "utf16be": lambda data: data.decode().encode("utf-16-be"),
    "latin1": lambda data: data.decode().encode("latin-1"),
    "upper": bytes.upper,
    "lower": bytes.lower,
    "nfc": functools.partial(form, "NFC"),
    "nfkc": functools.partial(form, "NFKC"),
}


def evaluate(expression, inputs):
    """The value of an expression's text and whether it failed."""
    evaluator = Evaluator(inputs)
    return evaluator.cat(parse(expression)), evaluator.failed


def split(text):
    """The expression, the inputs and the rest of a descriptor."""
    _, expression, inputs, rest = text.split("$", 3)
    return expression, {part[0]: unescape(part[2:]) for part in inputs.split(",") if "=" in part}, rest


def escape(data, reserved):
    plain = set(range(0x20, 0x7F)) - set(b"$%" + reserved)
    return "".join(chr(byte) if byte in plain else f"%{byte:02X}" for byte in data)


def write_inputs(inputs):
    return ",".join(name if value is None else f"{name}={escape(value, b',')}" for name, value in sorted(inputs.items(), key=lambda one: "stku".index(one[0])))


assert hmac_of("sha256", b"key", b"message") == hmac.digest(b"key", b"message", "sha256")


# The lines that write.py asks: vectors/README.md says how a system in a process of its own answers.


def inner_of(setting, password):
    """The digest of another format: bcrypt by libxcrypt, Django's PBKDF2 by hashlib."""
    if setting.startswith("$2"):
        import crypt

        return crypt.crypt(password.decode(), setting[:29])
    name, rounds, salt, *_ = setting.split("$")
    key = hashlib.pbkdf2_hmac(name.removeprefix("pbkdf2_"), password, salt.encode(), int(rounds))
    return f"{name}${rounds}${salt}${base64.b64encode(key).decode()}"


def made(form, password, expression, inputs, setting=""):
    value, failed = evaluate(expression, {**split(f"{form}${expression}${inputs}$")[1], "p": password})
    assert not failed, expression
    return f"{form}${expression}${inputs}${value.decode() if form == 'expr' else inner_of(setting, value)}"


def answer(request):
    if request["op"] == "version":
        return {"version": f"Python {sys.version.split()[0]}"}
    password = base64.b64decode(request["password"])
    if request["op"] == "hash":
        return {"digest": made(request["scheme"], password, request["expression"], request["inputs"], request.get("setting", ""))}
    expression, inputs, rest = split(request["digest"])
    written = request["digest"].split("$", 3)[2]
    value, failed = evaluate(expression, {**inputs, "p": password})
    if failed or (request["scheme"] == "pre" and b"\0" in value):
        return {"verified": False}
    return {"verified": made(request["scheme"], password, expression, written, rest) == request["digest"]}


if __name__ == "__main__":
    with_legacy()
    import json
    import warnings

    warnings.simplefilter("ignore")
    for line in sys.stdin:
        try:
            print(json.dumps(answer(json.loads(line))), flush=True)
        except Exception as error:
            print(json.dumps({"error": type(error).__name__}), flush=True)
