#!/usr/bin/env python3
"""Writes cases for `npm run check:expressions`, one a line in JSON: random expressions with their values by hashlib, and near misses
of every rule, each with the problem that it is to be refused for.

    python3 descriptor_cases.py CASES NEAR_MISSES SEED
"""

import base64
import json
import random
import re
import sys

import descriptor
from descriptor import HASHES, escape, evaluate, size_of, write_inputs

WORDS = ["password", "", "correct horse", "Crème-Brûlée", "Crème", "пароль", "🔑🔒", "ﬁne ½", "ABCdef", "x" * 80, "é" * 40, "\ufeffmark", "a\0b"]
SAFE = [name for name in HASHES]


class Maker:
    """Makes one random expression that keeps the rules."""

    def __init__(self, rng, inputs):
        self.rng, self.inputs, self.derivations, self.calls = rng, inputs, 0, 0

    def pick(self, *options):
        return self.rng.choice(options)()

    def number(self):
        return self.rng.choice([2, 2, 3, 5, 10, 40]) if self.rng.random() < 0.98 else 800

    def name(self):
        return self.rng.choice(SAFE)

    def items(self, depth, carries, second=False):
        """A cat: with an item that carries, where it is to carry."""
        items = [self.constant(depth, second) for _ in range(self.rng.choice([0, 1, 1, 2]))]
        if carries or not items:
            items.append(self.carrier(depth, second) if carries else self.constant(depth, second))
        self.rng.shuffle(items)
        joined = []
        for item in items:
            if not (joined and joined[-1].endswith("'") and item.startswith("'")):
                joined.append(item)
        return ".".join(joined)

    def constant(self, depth, second=False):
        return self.pick(self.literal, self.salt, self.salt, lambda: self.shaped(depth), lambda: self.constant_call(depth, second))

    def literal(self):
        return "'" + escape(self.rng.choice([b"pepper", b":", b"--", b"\x00\xff", b"it's", b"100%", b"a.b(c)", b"\xc3\xa9"]), b"'") + "'"

    def salt(self):
        name = self.rng.choice("ssstu")
        value = self.inputs[name]
        if name in "st" and len(value) > 2 and self.rng.random() < 0.3:
            start = self.rng.randrange(len(value) - 1)
            stop = self.rng.randrange(start + 1, len(value) + (start > 0))
            return f"{name}[{start}:{stop}]"
        return name

    def shaped(self, depth):
        if depth <= 0:
            return self.salt()
        return self.pick(
            lambda: f"rep({self.rng.choice('st')},{self.rng.choice([1, 16, 40, 1024])})",
            lambda: f"pad({self.rng.choice('st')},{self.rng.choice([8, 16, 64])})",
            lambda: f"{self.rng.choice(['upper', 'lower', 'utf16le', 'nfc', 'latin1'])}({self.salt()})",
            lambda: f"{self.rng.choice(['unhex', 'unb64'])}(t)" if self.inputs["is_hex"] else "t",
        )

    def constant_call(self, depth, second):
        return self.encoded(f"{self.name()}({self.salt()})") if depth > 0 else self.salt()

    def encoded(self, raw):
        return raw if self.rng.random() < 0.3 else f"{self.rng.choice(['hex', 'HEX', 'b64', 'b64np', 'ab64'])}({raw})"

    def carrier(self, depth, second=False):
        """Something that carries, and stands under a hash."""
        if depth <= 0 or self.calls > 6:
            return "d" if second and self.rng.random() < 0.3 else "p"
        return self.pick(
            lambda: "p",
            lambda: "p",
            lambda: f"{self.rng.choice(['utf16le', 'utf16be', 'latin1', 'nfc', 'nfkc', 'upper', 'lower'])}(p)",
            lambda: f"pad(p,{self.rng.choice([16, 64, 1024])})",
            lambda: self.encoded(self.call(depth - 1, second)),
        )

    def call(self, depth, second=False):
        """A call of a hash that carries, raw."""
        self.calls += 1
        name = self.name()
        if second:
            return f"{name}({self.items(depth, True, True)})"
        kind = self.rng.random()
        if kind < 0.45:
            made = f"{name}({self.items(depth, True)})"
        elif kind < 0.6:
            made = f"{name}*{self.number()}({self.items(depth, True)})"
        elif kind < 0.75:
            made = f"{name}*{self.number()}({self.items(depth, self.rng.random() < 0.8)}|{self.second(depth)})"
        elif kind < 0.93 or self.derivations == 2:
            with_key = self.rng.random() < 0.4
            loop = self.rng.choice(["", "", f"*{self.number()}"])
            rest = f"|{self.second(depth)}" if loop and self.rng.random() < 0.5 else ""
            made = f"hmac-{name}{loop}({self.items(depth, with_key)},{self.items(depth, not with_key)}{rest})"
        else:
            return self.derivation(depth)
        start, stop = 0, size_of(name)
        if self.rng.random() < 0.1:
            start = self.rng.randrange(stop - 8)
            stop = self.rng.randrange(start + 8, stop + (start > 0))
            made += f"[{start}:{stop}]"
        return made

    def derivation(self, depth):
        self.derivations += 1
        size = self.rng.choice([8, 16, 20, 32, 64, 70])
        if self.rng.random() < 0.3:
            return f"scrypt*{self.rng.choice([2, 16, 64])}:{self.rng.choice([1, 2])}:1:{size}({self.items(depth, True)},{self.salt()})"
        return f"pbkdf2-{self.name()}*{self.rng.choice([1, 2, 7])}:{size}({self.items(depth, True)},{self.items(depth, self.rng.random() < 0.2)})"

    def second(self, depth):
        """A second part: the digest, and what else there is; it always carries."""
        others = [self.rng.choice(["p", self.salt(), self.literal(), self.carrier(1, True)]) for _ in range(self.rng.choice([1, 2]))]
        items = [*others, self.rng.choice(["d", "d", "hex(d)", "HEX(d)", f"pad(d,{self.rng.choice([64, 128])})"]), *(["p"] if self.rng.random() < 0.4 else [])]
        if "p" not in items:
            items.append("p")
        joined = []
        for item in items:
            if not (joined and joined[-1].endswith("'") and item.startswith("'")):
                joined.append(item)
        return ".".join(joined)

    def root(self):
        code = self.rng.choice(["hex", "hex", "hex", "HEX", "b64", "b64np", "ab64"])
        call = self.call(3)
        inner = call if self.rng.random() < 0.7 else f"{call}.{self.rng.choice('st')}"
        if self.inputs["is_hex"] and self.rng.random() < 0.3:
            inner = f"{self.rng.choice(['unhex', 'unb64'])}(t).{call}"
        text = f"{code}({inner})"
        if code in ("hex", "HEX") and self.rng.random() < 0.1:
            text = f"{self.rng.choice(['upper', 'lower'])}({text})"
        return f"'x-'.{text}" if self.rng.random() < 0.1 else text


def inputs_of(rng):
    text = rng.choice(["0123456789abcdef", "AAECAwQFBgcICQoLDA0ODw==", "deadbeef"])
    is_hex = "=" not in text and rng.random() < 0.5
    salt = rng.choice([rng.randbytes(rng.choice([1, 4, 16])), b"seasalt", b"100% $alt, = ", "sälz".encode(), b"0123456789abcdef0123"])
    second = text.encode() if is_hex else rng.randbytes(rng.choice([3, 8, 22]))
    return {"s": salt, "t": second, "k": b"site key 4", "u": rng.choice([b"ada", "zoë".encode()]), "is_hex": is_hex}


def case(rng):
    """A random case: a digest, a password, a context and the answer."""
    inputs = inputs_of(rng)
    maker = Maker(rng, inputs)
    expression = maker.root()
    if rng.random() < 0.15:
        expression = re.sub(r"\(p(?=[.,)|])", "(k.p", expression, count=1)
    password = rng.choice(WORDS).encode() if rng.random() < 0.9 else rng.randbytes(rng.choice([3, 20]))
    used = used_in(expression)
    context = {}
    written = {name: inputs[name] for name in used}
    for name, member in (("k", "siteKey"), ("u", "username")):
        apart = name == "k" and takes_apart(expression)
        if name in used and not apart and rng.random() < 0.5:
            written[name] = None
            context[member] = inputs[name].decode()
    value, failed = evaluate(expression, {**inputs, "p": password})
    digest = f"expr${expression}${write_inputs(written)}${checksum_of(expression, inputs, value, failed)}"
    return {
        "digest": digest,
        "password": base64.b64encode(password).decode(),
        "context": context,
        "siteKeyFor": [expression] if "siteKey" in context else [],
        "outcome": "mismatch" if failed else "match",
    }


def used_in(expression):
    """The inputs that an expression names."""
    names = set()

    def visit(node):
        if isinstance(node, list):
            for one in node:
                visit(one)
        elif isinstance(node, tuple):
            if node[0] == "input" and node[1] in "stku":
                names.add(node[1])
            for one in node[1:]:
                visit(one)

    visit(descriptor.parse(expression))
    return names


def takes_apart(expression):
    return any(code in expression for code in ("upper", "lower", "pad", "rep", "unhex", "unb64"))


def checksum_of(expression, inputs, value, failed):
    """The value's text; where it failed, the text for another password, which has the same length."""
    if not failed:
        return value.decode()
    for password in (b"password", b"p"):
        other, wrong = evaluate(expression, {**inputs, "p": password})
        if not wrong:
            return other.decode()
    # What fails for every password has a value all the same, of the length that its hash gives.
    return value.decode()


def main():
    descriptor.with_legacy()
    cases, misses, seed = map(int, sys.argv[1:])
    rng = random.Random(seed)
    made = 0
    while made < cases:
        one = case(rng)
        expression = one["digest"].split("$")[1]
        if len(expression) > 512 or expression.count("(") > 24:
            continue
        made += 1
        print(json.dumps(one))
    from descriptor_misses import miss

    for _ in range(misses):
        print(json.dumps(miss(rng)))


if __name__ == "__main__":
    main()
