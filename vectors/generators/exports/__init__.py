"""The sample exports: a module of this folder makes those of a family of systems, and lists them in its SAMPLES.

A sample is a file of vectors/exports/<reader>/ as its system writes it, and beside it `<file>.rows.json`, which has for each row its
id, its password and what a check of it has to answer.
"""

import functools
import html
import importlib
import json
import pkgutil
import re
import shutil
import subprocess

from systems import HERE as SYSTEMS_FOLDER
from vector_file import VECTORS, line_of
from write import all_hashers

EXPORTS = VECTORS / "exports"
HERE = SYSTEMS_FOLDER.parent / "exports"
DOWNLOADS = SYSTEMS_FOLDER / "downloads"
# Of other columns: what is quoted, escaped, folded or encoded in some format.
COMMA, QUOTES, LINES, LETTERS = "Lovelace, Ada", 'The "Countess"', "first line\nsecond line", "Zoë Ångström 🦉 名前"
TAB, BACKSLASH, FORMULA = "left\tright", "C:\\new\\table", "=1+1"
# Over 2^53: as a number of JavaScript this would be another user's.
LARGE_ID = 9007199254740993


class Sample:
    """`make` gives the file's text and its rows. `name` is <reader>/<file>; `system` and `command` are for the README.

    `beside` has the texts of files that belong to it, by name.
    """

    def __init__(self, name, system, command, make, beside={}, **more):
        self.name, self.system, self.command, self.make, self.beside = name, system, command, make, beside
        self.more = more

    def files(self):
        text, rows = self.make()
        system = self.system() if callable(self.system) else self.system
        head = {"reader": self.name.split("/")[0], "system": system, "command": self.command, **self.more}
        members = [f'  "{key}": {line_of(value)}' for key, value in head.items()]
        lines = ",\n".join(f"    {line_of(row)}" for row in rows)
        table = "{\n" + ",\n".join(members) + f',\n  "rows": [\n{lines}\n  ]\n}}\n'
        return {self.name: text.encode() if isinstance(text, str) else text, f"{self.name}.rows.json": table.encode(), **{name: text.encode() for name, text in self.beside.items()}}


def row(key, note, password=None, outcome="match", **more):
    """A row's entry: `outcome` is what a check with the password answers, or `problem` where the row cannot be read."""
    named = {} if password is None else {"password": password}
    return {"id": str(key), "note": note, "outcome": outcome, **named, **more}


def made(hasher, password, system, setting, **options):
    """A digest with a fixed salt, made by a system of vectors/generators/systems; options are what the digest does not say."""
    named = all_hashers()[hasher]
    return named.make(system, password, named.values(setting, options))


# The damage that digests meet on their way: what it is called, the edit, what a check answers.
DAMAGES = {
    "cut": ("cut by a column of 50 characters", lambda digest: digest[:50]),
    "cut30": ("cut by a column of 30 characters", lambda digest: digest[:30]),
    "masked": ("masked with asterisks", lambda digest: digest[:7] + "*" * (len(digest) - 7)),
    "html": ("escaped for HTML", lambda digest: html.escape(digest).replace("$", "&#36;")),
    "before": ("a space in front", lambda digest: " " + digest),
    "behind": ("a space behind", lambda digest: digest + " "),
    "lower": ("lower-cased", str.lower),
    "shell": ("read by a shell, which took the words behind $ for variables", lambda digest: re.sub(r"\$[A-Za-z_]\w*|\$\d", "", digest)),
    "twice": ("put in twice", lambda digest: digest * 2),
    "quoted": ("within apostrophes", lambda digest: f"'{digest}'"),
}


def damage(kind, digest):
    return DAMAGES[kind][1](digest)


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=options.pop("text", True), **options)
    if done.returncode != 0:
        raise SystemExit(f"{command[0]} failed: {done.stderr}")
    return done.stdout


def as_nobody(command):
    """A command for a server, which does not run as root."""
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command] if shutil.os.getuid() == 0 else command


@functools.cache
def all_samples():
    names = sorted(module.name for module in pkgutil.iter_modules([str(HERE)]))
    modules = [importlib.import_module(f"exports.{name}") for name in names]
    return [sample for module in modules for sample in module.SAMPLES]


def json_text(value, indent=2):
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def csv_line(cells):
    """A line of CSV (RFC 4180), with quotes where a cell needs them. None is an empty cell."""
    texts = ["" if cell is None else str(cell) for cell in cells]
    return ",".join('"' + text.replace('"', '""') + '"' if re.search('[",\r\n]', text) else text for text in texts)
