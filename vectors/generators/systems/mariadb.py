"""MariaDB's PASSWORD(), by a server of its own that listens on no port."""

import atexit
import functools
import os
import shutil
import subprocess
import tempfile
import time

from systems import System, debian

# The server refuses to run as root.
USER = ["runuser", "-u", "nobody", "--"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


@functools.cache
def socket():
    folder = tempfile.mkdtemp(prefix="mariadb-")
    os.chmod(folder, 0o777)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    common = ["--no-defaults", f"--datadir={folder}/data"]
    subprocess.run([*USER, "mariadb-install-db", *common, "--auth-root-authentication-method=normal"], check=True, cwd=folder, **quiet)
    options = ["--skip-networking", "--skip-grant-tables", f"--socket={folder}/socket", f"--pid-file={folder}/pid"]
    server = subprocess.Popen([*USER, "mariadbd", *common, *options], cwd=folder, **quiet)

    def stop():
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    for _ in range(100):
        if os.path.exists(f"{folder}/socket"):
            return f"{folder}/socket"
        time.sleep(0.1)
    raise RuntimeError("MariaDB did not start.")


def ask(sql):
    made = subprocess.run(["mariadb", "--no-defaults", "-N", "-B", "-S", socket(), "-e", sql], capture_output=True, text=True, check=True)
    return made.stdout.strip()


def password(typed):
    return ask(f"SELECT PASSWORD(CONVERT(x'{typed.hex()}' USING binary))")


SYSTEMS = {
    "mariadb": System(
        "MariaDB, PASSWORD()",
        lambda: ask("SELECT VERSION()") + debian("mariadb-server-core"),
        {"mysql41": password},
        install="apt-get install mariadb-server-core mariadb-client-core",
        # It gives an empty text for an empty password.
        limits={"mysql41": lambda typed, parameters: len(typed) > 0},
    )
}
