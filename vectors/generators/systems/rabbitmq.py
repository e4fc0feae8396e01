"""RabbitMQ's modules of passwords, which install.sh takes out of Debian's package, in an Erlang without a server."""

import functools
import subprocess

from systems import HERE, System, debian

FOLDER = HERE / "downloads" / "rabbitmq"
RABBITMQ_OF_DEBIAN = "3.10.8"


@functools.cache
def child():
    quiet = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(["escript", "rabbitmq.escript", FOLDER], cwd=HERE, text=True, **quiet)


def salted(password, algorithm, before):
    child().stdin.write(f"rabbit_password_hashing_{algorithm} {before.hex()} {password.hex()}\n")
    child().stdin.flush()
    return bytes.fromhex(child().stdout.readline())


def version():
    assert len(salted(b"", "sha256", bytes(4))) == 32
    return RABBITMQ_OF_DEBIAN + debian("erlang-base")


SYSTEMS = {"rabbitmq": System("RabbitMQ, rabbit_password", version, {"rabbitmq": salted}, install="apt-get install erlang-base erlang-crypto")}
