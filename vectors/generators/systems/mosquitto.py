"""mosquitto_passwd, which draws its salts; and the broker, which verifies: it reads a file of one user, and answers a connection at a
socket of its own."""

import pathlib
import socket
import subprocess
import tempfile
import time

from systems import System, debian

SCHEMES = ["sha512_mosquitto", "mosquitto"]
CONFIGURATION = "user root\nallow_anonymous false\npassword_file {0}/passwords\nlistener 0 {0}/socket\n"


def text(data):
    return len(data).to_bytes(2, "big") + data


def connect_packet(user, password):
    """CONNECT of MQTT 3.1.1 with user and password, in a clean session without a name."""
    body = text(b"MQTT") + bytes([4, 0xC2, 0, 0]) + text(b"") + text(user) + text(password)
    size, length = len(body), b""
    while size > 127:
        length, size = length + bytes([size % 128 + 128]), size // 128
    return b"\x10" + length + bytes([size]) + body


def is_let_in(path, user, password):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(path))
        connection.sendall(connect_packet(user, password))
        answer = connection.recv(4)
    assert answer[:3] == b"\x20\x02\x00", answer
    return answer[3] == 0


def verify(password, digest):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / "passwords").write_text(f"ada:{digest}\n")
        (path / "configuration").write_text(CONFIGURATION.format(folder))
        broker = subprocess.Popen(["mosquitto", "-c", path / "configuration"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while broker.poll() is None:
                try:
                    return is_let_in(path / "socket", b"ada", password)
                except (FileNotFoundError, ConnectionRefusedError):
                    time.sleep(0.01)
            raise AssertionError(f"the broker does not start with {digest}")
        finally:
            broker.terminate()
            broker.wait()


def maker(algorithm):
    def make(password, **parameters):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "passwords"
            subprocess.run(["mosquitto_passwd", "-H", algorithm, "-c", "-b", path, "ada", password], capture_output=True, check=True)
            return path.read_text().strip().removeprefix("ada:")

    return make


def takes(password, parameters):
    """It refuses the empty password, ends one at a NUL, and has salts of 12 bytes."""
    salt = parameters.get("salt") or parameters.get("after")
    return len(password) > 0 and 0 not in password and len(salt) == 12


def version():
    told = subprocess.run(["mosquitto", "-h"], capture_output=True, text=True).stdout
    return told.split()[2] + debian("mosquitto")


SYSTEMS = {
    "mosquitto": System(
        "Mosquitto",
        version,
        {"sha512_mosquitto": maker("sha512"), "mosquitto": maker("sha512-pbkdf2")},
        install="apt-get install mosquitto",
        verifiers=dict.fromkeys(SCHEMES, verify),
        limits=dict.fromkeys(SCHEMES, takes),
    )
}
