"""Reads and writes vector files, one test a line, so that a diff shows the tests that changed."""

import json
import pathlib
import re

VECTORS = pathlib.Path(__file__).resolve().parent.parent
TEST_KEYS = ("tcId", "comment", "flags", "password", "passwordHex", "context", "digest", "result", "problem", "field")


def read_file(hasher):
    return json.loads((VECTORS / f"{hasher}.json").read_text(encoding="utf-8"))


def number(groups):
    """The groups with their tests numbered from 1, the members of each in the order of the schema."""
    tests = [{**test, "tcId": 0} for group in groups for test in group["tests"]]
    numbered = iter([{key: {**test, "tcId": index}[key] for key in TEST_KEYS if key in test} for index, test in enumerate(tests, 1)])
    return [{**group, "tests": [next(numbered) for _ in group["tests"]]} for group in groups]


def lay_out(header, groups):
    """The text of a file, with each spelling, note, source and test on a line of its own."""
    members = [f'"{key}": {lines_of(value, 1)}' for key, value in header.items()]
    texts = [
        '    {{\n      "source": {},\n      "tests": {}\n    }}'.format(line_of(group["source"]), lines_of(group["tests"], 3))
        for group in groups
    ]
    members.append('"groups": [\n' + ",\n".join(texts) + "\n  ]")
    return "{\n  " + ",\n  ".join(members) + "\n}\n"


def lines_of(value, depth):
    """A list or an object with each member on a line; any other value on one line."""
    if not isinstance(value, (list, dict)) or not value:
        return line_of(value)
    is_list = isinstance(value, list)
    members = map(line_of, value) if is_list else (f"{line_of(key)}: {line_of(one)}" for key, one in value.items())
    indent = "\n" + "  " * (depth + 1)
    first, last = "[]" if is_list else "{}"
    return first + indent + f",{indent}".join(members) + "\n" + "  " * depth + last


def line_of(value):
    """JSON on one line, with escapes for halves of surrogate pairs, which UTF-8 does not have, and for invisible characters."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)
