#!/usr/bin/env python3
"""Writes vectors/<hasher>.json from the tables of families/, with the systems of systems/: passwords x systems, wrong passwords,
changes and damage. Every digest is verified by every system that reads it before a file is written.

    python3 vectors/generators/write.py [hasher ...] [--check]

A file's header and its groups that are `transcribed` or `reported` are written by hand, in the file: they are kept, and their
digests are verified with the others. `--check` writes nothing, and fails where a file would change.
"""

import argparse
import functools
import hashlib
import importlib
import json
import pkgutil
import re
import sys

from fields import change
from systems import HERE as SYSTEMS_FOLDER, all_systems
from vector_file import VECTORS, lay_out, number, read_file

HERE = SYSTEMS_FOLDER.parent
PASSWORDS = json.loads((HERE / "passwords.json").read_text(encoding="utf-8"))
NOTES = json.loads((HERE / "notes.json").read_text(encoding="utf-8"))
NEAR = json.loads((HERE / "near.json").read_text(encoding="utf-8"))
# No two parts of LONG are alike, so that a lost part shows.
LONG = "".join(f"{number:03d}," for number in range(1024))[:4096]


def as_bytes(password):
    """The bytes of a text, of bytes, of an entry of passwords.json or of a test."""
    if isinstance(password, dict):
        return bytes.fromhex(password["passwordHex"]) if "passwordHex" in password else password["password"].encode()
    return password if isinstance(password, bytes) else password.encode()


def fixed_bytes(label, length):
    """Bytes for salts and keys that look random and are the same in every run."""
    return hashlib.shake_256(label.encode()).digest(length)


def password_flags(password):
    data = as_bytes(password)
    text = data.decode(errors="replace")
    found = {"Nul": "\0" in text, "OuterSpace": text != text.strip(), "LongPassword": len(data) > 72}
    return [flag for flag, holds in found.items() if holds]


def hmac_flags(password, output_bytes, block_bytes=0):
    """The flags of a password as a key of HMAC (RFC 2104), which is filled up with NULs, or hashed where it is longer than a block."""
    data = as_bytes(password)
    is_raw = len(data) == output_bytes and any(not 0x20 <= byte <= 0x7E for byte in data)
    is_same_key = data.endswith(b"\0") and (not block_bytes or len(data) <= block_bytes)
    flags = ["HmacKey" if flag == "Nul" and is_same_key else flag for flag in password_flags(data)]
    return [*flags, *(["Truncated"] if data.endswith(b"\0") or is_raw else [])]


def read_password(spec):
    """A table's password: text, {"hex": bytes}, {"long": how many bytes of LONG} or {"times": [text, how often, bytes of that]}."""
    if not isinstance(spec, dict) or "comment" in spec:
        return spec
    if "times" in spec:
        text, count, *size = spec["times"]
        return (text * count)[: size[0] if size else None]
    return bytes.fromhex(spec["hex"]) if "hex" in spec else LONG[: spec["long"]]


EDITS = {
    "put": lambda text, new: new,
    "at": lambda text, index, sign: change(text, index, sign),
    "cut": lambda text, size: text[:size],
    "drop": lambda text, size: text[size:],
    "append": lambda text, more: text + more,
    "prepend": lambda text, more: more + text,
    "splice": lambda text, index, size, new: text[:index] + new + text[index + size :],
    "replace": lambda text, old, new: text.replace(old, new),
    "upper": str.upper,
    "lower": str.lower,
    "swapcase": str.swapcase,
    "reverse": lambda text: text[::-1],
    "twice": lambda text: text * 2,
    "hex": lambda text: "0x" + text.encode().hex().upper(),
}


def replace_fields(text, fields):
    """A text with `{salt}` and the like replaced; other braces stay."""
    return re.sub(r"\{(\w+)\}", lambda found: fields.get(found[1], found[0]), text)


class Hasher:
    """One hasher of a family. `vectors/README.md` says what its table, tables/<name>.json, holds.

    `systems` verify every digest that they take; `makers` are slow, or too limited for that, and only make some. All are asked
    for `scheme` with `parameters(values)`, from the values of the digest's fields. `inner` is (scheme, prepare, prefix) for the
    systems that know only what stands within: they are asked with the prepared password and the digest without its prefix.
    `readings(digest)` are what a digest can mean, by default one; `asked(system, test)` the spellings of a test's digest that a
    system is shown, by default the digest itself. `matrix` is a list of (system, which of the passwords, values(index, entry)).
    `context` names the fields that digests do not hold and the call's context has, each with the value of digests that no system made.
    `more(file)` adds groups that no table can say. `draw(random)` makes values for `npm run interop`.
    """

    def __init__(self, name, layout, systems, **more):
        self.name, self.layout, self.systems = name, layout, systems
        self.scheme, self.inner = more.get("scheme", name), more.get("inner")
        self.makers, self.matrix = more.get("makers", []), more.get("matrix", [])
        self.flags = more.get("flags") or (lambda password, digest: password_flags(password))
        self.parameters = more.get("parameters") or without_checksum
        self.readings = more.get("readings") or (lambda digest: [layout.read(digest)])
        self.asked = more.get("asked") or (lambda system, test: [test["digest"]])
        self.more, self.draw = more.get("more"), more.get("draw")
        self.context, self.contexts = more.get("context", {}), {}

    def values(self, setting, options=()):
        """The values of the fields of a digest without its checksum; `options` has what it does not say, such as a length."""
        texts = self.layout.split(setting)
        decoded = {name: field.decode(texts[name]) for name, field in self.layout.fields.items() if name != "checksum"}
        return {**decoded, **dict(options)}

    def shown(self, system, password):
        """The system and what it is asked with: scheme, password, and the prefix of the digest that it does not see."""
        found = all_systems()[system]
        if self.scheme in found.schemes:
            return found, self.scheme, password, ""
        scheme, prepare, prefix = self.inner or (self.scheme, None, "")
        if scheme not in found.schemes:
            raise LookupError(f"{self.name}: {system} knows no {scheme}")
        return found, scheme, prepare(password), prefix

    def make(self, system, password, values):
        """The digest that a system makes."""
        found, scheme, password, prefix = self.shown(system, as_bytes(password))
        made = found.hash(scheme, password, **self.parameters(values))
        digest = prefix + made if isinstance(made, str) else self.layout.write({**values, "checksum": made})
        self.contexts[digest] = {name: values[name] for name in self.context}
        return digest

    def context_of(self, digest):
        """The context with which a digest was made."""
        return self.contexts.get(digest, self.context)

    def takes(self, system, password, values):
        found, scheme, password, _ = self.shown(system, password)
        return found.takes(scheme, password, self.parameters(values))

    def verify(self, system, password, digest, context=None):
        """The answer of a system; None where it does not take the password or the digest."""
        found, scheme, asked, prefix = self.shown(system, password)
        answers = []
        for values in ({**reading, **(context or self.context_of(digest))} for reading in self.readings(digest)):
            if not self.takes(system, password, values):
                continue
            verified = found.verify(scheme, asked, digest[len(prefix) :])
            if verified is None:
                made = found.hash(scheme, asked, **self.parameters(values))
                checksum = self.layout.read(prefix + made)["checksum"] if isinstance(made, str) else made
                verified = checksum == values["checksum"]
            answers.append(verified)
        return any(answers) if answers else None


def without_checksum(values):
    return {name: value for name, value in values.items() if name != "checksum"}


class File:
    """The groups of a hasher's file, which are filled from its table."""

    def __init__(self, hasher):
        self.hasher, self.before, self.groups = hasher, read_file(hasher.name), []
        self.table = json.loads((HERE / "tables" / f"{hasher.name}.json").read_text(encoding="utf-8"))

    def by_hand(self, *hows):
        return [group for group in self.before["groups"] if group["source"]["how"] in hows]

    def add(self, how, name, version, tests):
        command = f"python3 vectors/generators/write.py {self.hasher.name}"
        self.groups.append({"source": {"name": name, "version": version, "how": how, "command": command}, "tests": tests})

    def fill(self):
        """Makes all groups: the digests of the systems, then those that the table and the fields make of them."""
        made, rules = self.table["made"], self.table["rules"]
        cells = {system: self.cells(which, values) for system, which, values in self.hasher.matrix}
        for system in dict.fromkeys([*cells, *made]):
            tests = [*cells.get(system, []), *(self.made(system, *row) for row in made.get(system, []))]
            tests = [
                self.test("valid", what, password, self.hasher.make(system, password, values), flags)
                for what, password, values, flags in tests
            ]
            self.add("generated", all_systems()[system].name, all_systems()[system].version, tests)
        if self.hasher.more:
            self.hasher.more(self)
        kept = lambda rows: [row for row in rows if row[0] not in rules["without"]]  # noqa: E731
        near = [row for row in kept(NEAR) if self.is_made(row[2])] if rules["near"] else []
        self.invalid("Digests of the systems, with other passwords", [self.tried(*row) for row in near], "generated")
        base = self.digest_of([])
        changes = kept(self.hasher.layout.changes(base, *rules["changes"]))
        changes = [(what, self.base[0], new, flags) for what, new, flags in changes]
        self.invalid("Digests of the systems, changed so that they still parse", changes)
        damages = kept(self.hasher.layout.damages(base, *rules["damages"]))
        self.malformed("Digests of the systems, damaged", damages)
        for group in self.table["groups"]:
            name, how, result = group["name"], group["how"], group["result"]
            if result == "malformed":
                self.malformed(name, [(what, self.digest_of(edit), *rest) for what, edit, *rest in group["rows"]])
            else:
                rows = [self.tried(*row) for row in group["rows"]]
                self.add(how, name, "as above", [self.test(result, *row) for row in rows])
        self.groups = [group for group in self.groups if group["tests"]]

    def cells(self, which, values):
        """The passwords that every hasher has, or some of them, each with values of its own."""
        chosen = PASSWORDS[which] if isinstance(which, slice) else [PASSWORDS[index] for index in which]
        return [(entry["comment"], entry, values(index, entry), "") for index, entry in enumerate(chosen)]

    def made(self, system, comment, password, setting, flags="", options=()):
        return comment, read_password(password), self.hasher.values(setting, options), flags

    @functools.cached_property
    def base(self):
        """Password, system, setting and options of the base, the digest that is changed and damaged."""
        password, system, setting, *options = self.table["base"]
        return read_password(password), system, setting, options[0] if options else {}

    @functools.cache
    def made_once(self, password, system, setting, options):
        return self.hasher.make(system, password, self.hasher.values(setting, dict(options)))

    def is_made(self, spec):
        """Whether the base's system takes the password of a row of near.json."""
        password, system, setting, options = self.base
        password = read_password(spec["of"]) if isinstance(spec, dict) else password
        return self.hasher.takes(system, as_bytes(password), self.hasher.values(setting, options))

    def digest_of(self, spec):
        """The digest that a table means: a text; edits of the base; or {of: password, by, setting, options, do: edits}."""
        if isinstance(spec, str):
            return spec
        made = {"do": spec} if isinstance(spec, list) else spec
        password, system, setting, options = self.base
        if "of" in made:
            password = read_password(made["of"])
        options = made.get("options", {} if "setting" in made else options)
        named = made.get("by", system), made.get("setting", setting), tuple(sorted(options.items()))
        digest = self.made_once(as_bytes(password), *named)
        return functools.reduce(self.edit, made.get("do", []), digest)

    def edit(self, digest, edit):
        """Edits a digest: [operation, arguments ...] of the whole, or [field, operation, arguments ...] of one field."""
        if edit[0] in self.hasher.layout.fields:
            name, operation, *arguments = edit
            return self.hasher.layout.put(digest, **{name: EDITS[operation](self.hasher.layout.split(digest)[name], *arguments)})
        operation, *arguments = edit
        if operation == "layout":
            return replace_fields(arguments[0], self.hasher.layout.split(digest))
        return EDITS[operation](digest, *arguments)

    def tried(self, comment, password, digest, flags=""):
        return comment, read_password(password), self.digest_of(digest), flags

    def invalid(self, name, rows, how="mutated"):
        self.add(how, name, "as above", [self.test("invalid", *row) for row in rows])

    def malformed(self, name, rows):
        self.add("mutated", name, "as above", [self.broken(*row) for row in rows])

    def broken(self, comment, digest, problem, flags="", other=None):
        problem, field = problem.split()
        test = bare_test(comment, self.base[0] if other is None else read_password(other), digest, flags.split(), "malformed")
        return {**test, **self.told(digest), "problem": problem, "field": field}

    def test(self, result, comment, password, digest, flags=""):
        test = bare_test(comment, password, digest, [*flags.split(), *self.hasher.flags(as_bytes(password), digest)], result)
        return {**test, **self.told(digest)}

    def told(self, digest):
        """The member of a test that says with which context its digest is checked; none where it needs none."""
        return {"context": self.hasher.context_of(digest)} if self.hasher.context else {}

    def verify(self):
        """Asks every system about every digest that parses. Gives the least number of systems that verified a valid one."""
        fewest = 99
        for test in (test for group in self.groups for test in group["tests"] if test["result"] != "malformed"):
            expected, password = test["result"] == "valid", as_bytes(test)
            answers = [
                (system, self.hasher.verify(system, password, digest, test.get("context")))
                for system in self.hasher.systems
                for digest in self.hasher.asked(system, test)
            ]
            answers = [(system, answer) for system, answer in answers if answer is not None]
            assert all(answer is expected for _, answer in answers), (test, answers)
            assert answers, f"no system reads {test}"
            fewest = min(fewest, len({system for system, _ in answers}) if expected else fewest)
        return fewest

    def text(self):
        """Makes the whole file: the header and the groups by hand as they were, the others new."""
        self.fill()
        self.groups = [*self.by_hand("transcribed"), *self.groups, *self.by_hand("reported")]
        self.fewest = self.verify()
        digests = [test["digest"] for group in self.groups for test in group["tests"] if test["result"] == "malformed"]
        twice = [digest for digest in digests if digests.count(digest) > 1]
        assert not twice, f"damaged twice in the same way: {twice}"
        used = {flag for group in self.groups for test in group["tests"] for flag in test["flags"]}
        header = {key: value for key, value in self.before.items() if key != "groups"}
        notes = {**header["notes"], **{flag: NOTES[flag] for flag in sorted(used & set(NOTES) - set(header["notes"]))}}
        header["notes"] = {flag: note for flag, note in notes.items() if flag in used}
        assert used <= set(header["notes"]), f"{self.hasher.name}: no note for {used - set(header['notes'])}"
        return lay_out(header, number(self.groups))


def bare_test(comment, password, digest, flags, result):
    """Makes a test; `password` is text, bytes, or an entry of passwords.json."""
    data = as_bytes(password)
    try:
        typed = {"password": data.decode()}
    except UnicodeDecodeError:
        typed, flags = {"passwordHex": data.hex()}, [*flags, "NotUtf8"]
    return {"comment": comment, "flags": list(dict.fromkeys(flags)), **typed, "digest": digest, "result": result}


@functools.cache
def all_hashers():
    names = sorted(module.name for module in pkgutil.iter_modules([str(HERE / "families")]))
    modules = [importlib.import_module(f"families.{name}") for name in names]
    return {hasher.name: hasher for module in modules for hasher in getattr(module, "HASHERS", [])}


def main():
    call = argparse.ArgumentParser()
    call.add_argument("hashers", nargs="*")
    call.add_argument("--check", action="store_true")
    options = call.parse_args()
    changed = []
    for hasher in options.hashers or all_hashers():
        file = File(all_hashers()[hasher])
        text, path = file.text(), VECTORS / f"{hasher}.json"
        if text != path.read_text(encoding="utf-8"):
            changed.append(hasher)
        if not options.check:
            path.write_text(text, encoding="utf-8")
        count = sum(len(group["tests"]) for group in file.groups)
        print(f"{hasher.ljust(22)} {count} tests; each valid one: {file.fewest} systems or more")
    print(f"Changed: {', '.join(changed) or 'none'}.")
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    # The modules of families/ import this file by its name.
    sys.modules["write"] = sys.modules["__main__"]
    sys.exit(main())
