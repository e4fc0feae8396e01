"""Files of lines: /etc/shadow as useradd and usermod write it, and the file of Apache's htpasswd."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import warnings

from exports import DAMAGES, EXPORTS, Sample, damage, row, run
from systems import debian

warnings.simplefilter("ignore", DeprecationWarning)
import crypt  # noqa: E402

# Name, password, setting of crypt(); what a check answers.
LINUX = [
    ("yescrypt", "marble-Canyon-21", "$y$j9T$Zk3vN8qTf1LwYb6RcX0aH.", "match"),
    ("gost.yescrypt", "marble-Canyon-22", "$gy$j9T$h9GtB2dVm6XeWk4Hn7QzR.", "unknown"),
    ("scrypt", "marble-Canyon-23", "$7$CU..../....Zk3vN8qTf1LwYb6RcX0aHs", "match"),
    ("bcrypt", "Harbour-Lantern-58", "$2b$05$Yx3nTqWbV0eKfL7sRz2HuO", "match"),
    ("bcrypt.a", "Harbour-Lantern-59", "$2a$08$mD5cPq9LwJx1Gv8ZoRb6Ee", "match"),
    ("bcrypt.y", "crème-brûlée à 4", "$2y$10$u7NfRk2XyTb4WcHs0LqVdO", "match"),
    ("sha512crypt", "velvet_Thunder_12", "$6$Zk3vN8qTf1LwYb6R", "match"),
    ("sha512crypt.rounds", "velvet_Thunder_13", "$6$rounds=10000$h9GtB2dVm6Xe", "match"),
    ("sha256crypt", "olive-Harbour-12", "$5$sD9yHv4KpGn1", "match"),
    ("md5crypt", "snoopy1987", "$1$Zk3vN8qT", "match"),
    ("sunmd5", "BlueBicycle7", "$md5,rounds=904$P9gHjixE$", "unknown"),
    ("bsdicrypt", "Zitronenkuchen3", "_J9..Zk3v", "match"),
    ("descrypt", "tuesday!", "Zk", "match"),
    ("nt", "Pineapple1962", "$3$", "match"),
]
# What stands in the place of a digest.
MARKS = [("root", "*"), ("daemon", "*"), ("no.password.yet", "!"), ("empty", ""), ("never", "!!"), ("service", "!*")]
DAMAGED = [("cut", "malformed"), ("masked", "malformed"), ("html", "unknown"), ("behind", "malformed"), ("shell", "unknown")]


def make_shadow():
    digests = {name: crypt.crypt(password, setting) for name, password, setting, _ in LINUX}
    users = [(name, mark, row(name, "no password", outcome="unusable")) for name, mark in MARKS]
    users += [(name, digests[name], row(name, name, password, outcome)) for name, password, _, outcome in LINUX]
    users += [("locked", digests["bcrypt"], row("locked", "locked by usermod -L", LINUX[3][1], "unusable"))]
    for kind, outcome in DAMAGED:
        note = DAMAGES[kind][0]
        users.append((f"damaged.{kind}", damage(kind, digests["bcrypt"]), row(f"damaged.{kind}", note, LINUX[3][1], outcome)))
    with tempfile.TemporaryDirectory() as folder:
        etc = pathlib.Path(folder, "etc")
        etc.mkdir()
        shutil.copy("/etc/login.defs", etc)
        for name in ["passwd", "shadow", "gshadow"]:
            (etc / name).touch()
        (etc / "group").write_text("users:x:100:\n")
        # The tools write the day of the last change.
        day = {**os.environ, "SOURCE_DATE_EPOCH": "1709251200"}
        for number, (name, digest, _) in enumerate(users, 1001):
            run(["/usr/sbin/useradd", "-P", folder, "-M", "-N", "-g", "100", "-u", str(number), "-p", digest, "--badname", name], env=day)
        run(["/usr/sbin/usermod", "-P", folder, "-L", "locked"], env=day)
        return (etc / "shadow").read_text(), [entry for *_, entry in users]


# Name, password, options of htpasswd.
APACHE = [
    ("bcrypt", "Harbour-Lantern-58", ["-B"], "match"),
    ("bcrypt.cost", "Harbour-Lantern-59", ["-B", "-C", "10"], "match"),
    ("Zoë Ångström", "crème-brûlée à 4", ["-B"], "match"),
    ("sha", "BlueBicycle7", ["-s"], "match"),
    ("apr1", "snoopy1987", ["-m"], "match"),
    ("sha256crypt", "olive-Harbour-12", ["-2", "-r", "1000"], "match"),
    ("sha512crypt", "velvet_Thunder_12", ["-5", "-r", "1000"], "match"),
    ("descrypt", "tuesday!", ["-d"], "match"),
    ("plain", "Not-A-Digest-1", ["-p"], "unknown"),
]


def make_htpasswd():
    """htpasswd draws its salts: lines of the file that is there are kept where it verifies them."""
    path = EXPORTS / "htpasswd/htpasswd"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = dict(line.split(":", 1) for line in lines if ":" in line)
    digests, rows, text = {}, [], "# Users of the intranet: ask the office.\n\n"
    for name, password, options, outcome in APACHE:
        if name not in kept or not verifies(name, password, kept[name]):
            kept[name] = run(["htpasswd", "-nb", *options, name, password]).strip().split(":", 1)[1]
        digests[name] = kept[name]
        text += f"{name}:{kept[name]}\n"
        rows.append(row(name, name, password, outcome))
    for kind, outcome in DAMAGED:
        text += f"damaged.{kind}:{damage(kind, digests['bcrypt'])}\n"
        rows.append(row(f"damaged.{kind}", DAMAGES[kind][0], APACHE[0][1], outcome))
    text += "empty:\nlocked:!\nno.colon\nwindows:" + digests["sha"] + "\r\n"
    rows += [row("empty", "no password", outcome="unusable"), row("locked", "no password", outcome="unusable")]
    rows += [row("", "a line without a colon", outcome="problem"), row("windows", "a line end of Windows", APACHE[3][1])]
    return text, rows


def verifies(name, password, digest):
    """Whether htpasswd takes the password, in a file of this line: it refuses one with damaged lines."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write(f"{name}:{digest}\n")
        file.flush()
        return subprocess.run(["htpasswd", "-vb", file.name, name, password], capture_output=True).returncode == 0


SAMPLES = [
    Sample("shadow/shadow", lambda: "useradd and usermod" + debian("passwd"), "useradd --prefix … --password …; usermod --lock", make_shadow),
    Sample("htpasswd/htpasswd", lambda: "htpasswd" + debian("apache2-utils"), "htpasswd -nb …", make_htpasswd),
]
