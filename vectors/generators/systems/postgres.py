"""PostgreSQL: a server of its own, on a socket, is given the digest of a role, and a client signs in with the password. PostgreSQL draws
its salts, so that it only verifies."""

import atexit
import functools
import os
import shutil
import subprocess
import tempfile

from systems import System, debian, is_text

# The server refuses to run as root.
USER = ["runuser", "-u", "nobody", "--"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
BIN = "/usr/lib/postgresql/15/bin"


@functools.cache
def folder():
    made = tempfile.mkdtemp(prefix="postgres-")
    os.chmod(made, 0o777)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": made}
    subprocess.run([*USER, f"{BIN}/initdb", "-D", f"{made}/data", "-U", "owner", "-A", "trust", "-E", "UTF8"], check=True, **quiet)
    rules = f"{made}/data/pg_hba.conf"
    subprocess.run([*USER, "sh", "-c", f"printf 'local all owner trust\\nlocal all all scram-sha-256\\n' >{rules}"], check=True)
    options = f"-c listen_addresses= -c unix_socket_directories={made} -c fsync=off"
    subprocess.run([*USER, f"{BIN}/pg_ctl", "-D", f"{made}/data", "-w", "-o", options, "start"], check=True, **quiet)

    def stop():
        subprocess.run([*USER, f"{BIN}/pg_ctl", "-D", f"{made}/data", "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(made, ignore_errors=True)

    atexit.register(stop)
    client(made, "owner", "CREATE ROLE someone LOGIN")
    return made


def client(made, role, sql, environment=()):
    command = [f"{BIN}/psql", "-X", "-w", "-At", "-h", made, "-U", role, "-d", "postgres", "-c", sql]
    return subprocess.run(command, capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8", **dict(environment)})


def verify(password, digest):
    made = folder()
    assert client(made, "owner", f"ALTER ROLE someone PASSWORD '{digest}'").returncode == 0, digest
    answer = client(made, "someone", "SELECT 1", {b"PGPASSWORD": password})
    # The client checks the ServerKey.
    known = b"password authentication failed" in answer.stderr or b"incorrect server signature" in answer.stderr
    if answer.returncode and not known:
        raise RuntimeError(answer.stderr.decode())
    return answer.returncode == 0


def takes(password, parameters):
    """SCRAM-SHA-256 of a password without NUL, which is not empty; the client reads up to 1,000 bytes of it."""
    return parameters["algorithm"] == "sha256" and 0 not in password and 0 < len(password) < 1000


def md5(password, username):
    """The digest that the server keeps of a role, in text of UTF-8."""
    name, typed = username.replace('"', '""'), password.decode().replace("'", "''")
    made = folder()
    sql = [f'DROP ROLE IF EXISTS "{name}"', "SET password_encryption = md5", f"CREATE ROLE \"{name}\" PASSWORD '{typed}'"]
    sql.append("SELECT rolpassword FROM pg_authid ORDER BY oid DESC LIMIT 1")
    answer = client(made, "owner", "; ".join(sql))
    assert answer.returncode == 0, answer.stderr
    client(made, "owner", f'DROP ROLE "{name}"')
    return answer.stdout.decode().split()[-1]


def takes_md5(password, parameters):
    """A password of text without NUL, which is not empty, and a name of less than 64 bytes that is not one of the server's own."""
    name = parameters["username"]
    return is_text(password) and 0 not in password and password != b"" and len(name.encode()) < 64 and name not in ("owner", "someone")


def version():
    return client(folder(), "owner", "SHOW server_version").stdout.decode().split()[0] + debian("postgresql-15")


SYSTEMS = {
    "postgres": System(
        "PostgreSQL, signing in",
        version,
        {"scram": None},
        verifiers={"scram": verify},
        limits={"scram": takes},
        install="apt-get install postgresql-15",
        makes=False,
    ),
    "postgres_roles": System(
        "PostgreSQL, CREATE ROLE",
        version,
        {"postgres_md5": md5},
        limits={"postgres_md5": takes_md5},
        install="apt-get install postgresql-15",
    ),
}
