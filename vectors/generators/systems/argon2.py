"""libargon2, the reference implementation: its command, and Python's argon2-cffi."""

import subprocess
from importlib.metadata import version

from systems import System, debian


def by_cffi(password, type, version, m, t, p, salt, length, data=b""):
    from argon2.low_level import Type, core, ffi, lib

    out = ffi.new("uint8_t[]", length)
    texts = {"pwd": password, "salt": salt, "ad": data, "secret": b""}
    held = {name: ffi.new("uint8_t[]", text or 1) for name, text in texts.items()}
    fields = {**held, **{f"{name}len": len(text) for name, text in texts.items()}, "out": out, "outlen": length}
    numbers = {"t_cost": t, "m_cost": m, "lanes": p, "threads": p, "version": version, "flags": lib.ARGON2_DEFAULT_FLAGS}
    problem = core(ffi.new("argon2_context *", {**fields, **numbers}), Type[type.upper()].value)
    assert problem == 0, problem
    return bytes(ffi.buffer(out, length))


def by_command(password, type, version, m, t, p, salt, length):
    numbers = ["-k", m, "-t", t, "-p", p, "-l", length, "-v", {16: "10", 19: "13"}[version]]
    command = ["argon2", salt.decode(), f"-{type}", "-r", *map(str, numbers)]
    return bytes.fromhex(subprocess.run(command, input=password, capture_output=True, check=True).stdout.decode())


def command_version():
    subprocess.run(["argon2", "-h"], capture_output=True)
    return "20171227" + debian("argon2")


SYSTEMS = {
    # The command takes the salt as an argument, and at most 127 bytes of a password.
    "argon2_command": System(
        "argon2, the command of libargon2",
        command_version,
        {"argon2": by_command},
        install="apt-get install argon2",
        limits={"argon2": lambda password, parameters: parameters["salt"].isalnum() and len(password) < 128 and "data" not in parameters},
    ),
    "argon2_cffi": System(
        "argon2-cffi",
        lambda: version("argon2-cffi") + debian("python3-argon2"),
        {"argon2": by_cffi},
        install="apt-get install python3-argon2",
    ),
}
