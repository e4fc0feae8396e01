"""What the generators share: the passwords, the three kinds of tests, and the way to the file."""

import hashlib
import json
import pathlib
import subprocess

from vector_file import write_file

HERE = pathlib.Path(__file__).resolve().parent


def read_passwords():
    return json.loads((HERE / "passwords.json").read_text())


def password_bytes(test):
    return bytes.fromhex(test["passwordHex"]) if "passwordHex" in test else test["password"].encode()


def fixed_bytes(label, length):
    """Salts and keys that look random and are the same in every run."""
    return hashlib.shake_256(label.encode()).digest(length)


def valid(comment, password, digest, *flags):
    return make_test(comment, password, digest, flags, result="valid")


def invalid(comment, password, digest, *flags):
    return make_test(comment, password, digest, flags, result="invalid")


def malformed(comment, digest, problem, field, *flags, password="correct horse battery staple"):
    return make_test(comment, password, digest, flags, result="malformed", problem=problem, field=field)


def make_test(comment, password, digest, flags, **rest):
    """`password` is text, bytes, or an entry of passwords.json."""
    if isinstance(password, dict):
        password = password_bytes(password)
    if isinstance(password, bytes):
        try:
            password = password.decode()
        except UnicodeDecodeError:
            return {
                "comment": comment,
                "flags": [*flags, "NotUtf8"],
                "passwordHex": password.hex(),
                "digest": digest,
                **rest,
            }
    return {"comment": comment, "flags": list(flags), "password": password, "digest": digest, **rest}


def source(name, version, how, command):
    return {"name": name, "version": version, "how": how, "command": command}


def run_node(script, jobs, folder):
    """Runs a script with the jobs on its standard input, where `folder` holds the node_modules that it requires."""
    run = subprocess.run(
        ["node", "-e", script], input=json.dumps(jobs), capture_output=True, check=True, cwd=folder, text=True
    )
    return json.loads(run.stdout)


def change(text, index, replacement):
    """The text with one character replaced, which must have been another."""
    index %= len(text)
    assert text[index] != replacement
    return text[:index] + replacement + text[index + 1 :]


def replace_once(text, old, new):
    assert text.count(old) == 1, (text, old)
    return text.replace(old, new)


def note(kind, description, effect, *links, cves=()):
    return {
        "kind": kind,
        "description": description,
        "effect": effect,
        "links": list(links),
        "cves": list(cves),
    }


def assemble(header, groups):
    flags = {flag for group in groups for test in group["tests"] for flag in test["flags"]}
    unused = set(header["notes"]) - flags
    assert not unused, f"notes without a test: {unused}"
    write_file(header, groups)
