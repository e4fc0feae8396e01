"""The real systems. A module of this folder lists some in its SYSTEMS: what they hash and verify, their version, how to get them.

A system in Python is a `System` of functions. One in another language is a `LineSystem`: a child process that stays, reads JSON
objects line by line and answers each with one, as vectors/README.md says.
"""

import base64
import functools
import hashlib
import importlib
import json
import pathlib
import pkgutil
import subprocess
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent


class Refused(Exception):
    """An error for a question that a system does not take."""


class System:
    """A system of functions. `schemes`: {scheme: hash(password, **parameters) -> the checksum's bytes or the whole digest as text};
    `verifiers`: {scheme: verify(password, digest)} where it has its own; `limits`: {scheme: takes(password, parameters)}. A system
    that only verifies has `makes` false."""

    def __init__(self, name, version, schemes, *, install, verifiers=(), limits=(), makes=True):
        self.name, self.install, self.schemes = name, install, schemes
        self.verifiers, self.limits = dict(verifiers), dict(limits)
        self.read_version, self.makes = version, makes

    @functools.cached_property
    def version(self):
        return self.read_version()

    def is_there(self):
        try:
            return bool(self.version)
        except Exception:
            return False

    def takes(self, scheme, password, parameters):
        limit = self.limits.get(scheme, lambda password, parameters: True)
        return scheme in self.schemes and limit(password, parameters)

    def hash(self, scheme, password, **parameters):
        return self.schemes[scheme](password, **parameters)

    def verify(self, scheme, password, digest, **more):
        """Verifies a digest; None where the system has no verifier of its own."""
        return self.verifiers[scheme](password, digest, **more) if scheme in self.verifiers else None


class LineSystem(System):
    """A system in a child process; `verifies` has the schemes that the child verifies itself."""

    def __init__(self, name, command, schemes, *, install, package=None, verifies=(), **more):
        self.command = command
        super().__init__(
            name,
            lambda: self.ask({"op": "version"})["version"] + debian(package),
            {scheme: functools.partial(self.ask_hash, scheme) for scheme in schemes},
            verifiers={scheme: functools.partial(self.ask_verify, scheme) for scheme in verifies},
            install=install,
            **more,
        )

    @functools.cached_property
    def child(self):
        quiet = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(self.command, cwd=HERE, text=True, encoding="utf-8", **quiet)

    def ask(self, request):
        self.child.stdin.write(json.dumps(request) + "\n")
        self.child.stdin.flush()
        answer = json.loads(self.child.stdout.readline())
        if "error" in answer:
            raise Refused(f"{self.name}: {answer['error']}")
        return answer

    def ask_hash(self, scheme, password, **parameters):
        answer = self.ask({"op": "hash", "scheme": scheme, "password": encode(password), **text_of(parameters)})
        return answer["digest"] if "digest" in answer else base64.b64decode(answer["checksum"])

    def ask_verify(self, scheme, password, digest, **more):
        return self.ask({"op": "verify", "scheme": scheme, "password": encode(password), "digest": digest, **more})["verified"] is True


def encode(data):
    return base64.b64encode(data).decode()


def text_of(parameters):
    return {name: encode(value) if isinstance(value, bytes) else value for name, value in parameters.items()}


def debian(package):
    """The text ` (Debian <package> <version>)` where a package is one of Debian's."""
    query = ["dpkg-query", "-W", "-f", "${Version}", package or ""]
    found = subprocess.run(query, capture_output=True, text=True).stdout if package else ""
    return f" (Debian {package} {found})" if found else ""


@functools.cache
def all_systems():
    """The systems of the modules of this folder as {key: system}."""
    modules = [importlib.import_module(f"systems.{module.name}") for module in pkgutil.iter_modules([str(HERE)])]
    return {key: system for module in modules for key, system in module.SYSTEMS.items()}


def is_text(password):
    try:
        return password.decode() is not None
    except UnicodeDecodeError:
        return False


def scrypt_rule(compute):
    """scrypt of the password in NFKC where `nfkc` says so; SHA-1 of `sha1_of` bytes of it where that is given."""

    def make(password, N, r, p, salt, length, nfkc=False, sha1_of=0):
        typed = unicodedata.normalize("NFKC", password.decode()).encode() if nfkc and is_text(password) else password
        key = compute(typed, N, r, p, salt, sha1_of or length)
        return hashlib.sha1(key).digest() if sha1_of else key

    return make
