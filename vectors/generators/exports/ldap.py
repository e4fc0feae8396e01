"""OpenLDAP: `slapcat` of a directory whose userPassword has each of the schemes of slapd and of its modules.

slapd, on the loopback interface and not as root, verifies each digest by a bind before the file is written.
"""

import base64
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

from exports import COMMA, DAMAGES, LETTERS, LINES, Sample, as_nobody, damage, made, row, run
from systems import debian

SALT = {"salt": b"saltsalt"}
# uid, hasher, password, the system that makes the digest, the digest without its checksum, options; whether slapd reads it.
SCHEMES = [
    ("ssha", "ldap_ssha", "juniper-Falcon-73", "openssl", "{SSHA}", SALT),
    ("sha", "ldap_sha1", "BlueBicycle7", "openssl", "{SHA}", {}),
    ("smd5", "ldap_smd5", "olive-Harbour-12", "openssl", "{SMD5}", SALT),
    ("md5", "ldap_md5", "snoopy1987", "openssl", "{MD5}", {}),
    ("sha256", "ldap_sha256", "glasgow-rangers-04", "openssl", "{SHA256}", {}),
    ("ssha256", "ldap_ssha256", "Zitronenkuchen3", "openssl", "{SSHA256}", SALT),
    ("sha384", "ldap_sha384", "quiet Elephant 90", "openssl", "{SHA384}", {}),
    ("ssha384", "ldap_ssha384", "crème-brûlée à 4", "openssl", "{SSHA384}", SALT),
    ("sha512", "ldap_sha512", "copper%Teapot%31", "openssl", "{SHA512}", {}),
    ("ssha512", "ldap_ssha512", "Winter.Swallow.660", "openssl", "{SSHA512}", SALT),
    ("pbkdf2", "ldap_pbkdf2_sha1", "velvet_Thunder_12", "passlib", "{PBKDF2}10000$UGlua0hpbWFsYXlhU2FsdA$", {}),
    ("pbkdf2.sha256", "ldap_pbkdf2_sha256", "velvet_Thunder_13", "passlib", "{PBKDF2-SHA256}10000$UGlua0hpbWFsYXlhU2FsdA$", {}),
    ("pbkdf2.sha512", "ldap_pbkdf2_sha512", "velvet_Thunder_14", "passlib", "{PBKDF2-SHA512}10000$UGlua0hpbWFsYXlhU2FsdA$", {}),
    ("argon2", "ldap_argon2", "Saffron+Harvest+5", "argon2_cffi", "{ARGON2}$argon2id$v=19$m=4096,t=3,p=1$UGlua0hpbWFsYXlhU2FsdA$", {}),
    ("crypt.bcrypt", "ldap_crypt", "Harbour-Lantern-58", "libxcrypt", "{CRYPT}$2b$08$BuGdsJew8.PzQZZm/8wX5e", {}),
]
CRYPT = [("crypt.sha512", "marble-Canyon-21", "$6$Zk3vN8qTf1LwYb6R"), ("crypt.md5", "marble-Canyon-22", "$1$Zk3vN8qT"), ("crypt.des", "tuesday!", "Zk")]
DAMAGED = [("cut", "malformed"), ("masked", "unknown"), ("before", "unknown"), ("behind", "malformed"), ("lower", "mismatch")]
CONFIG = """include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload pw-sha2
moduleload pw-pbkdf2
moduleload argon2
database mdb
suffix dc=example,dc=com
rootdn cn=admin,dc=example,dc=com
rootpw admin
directory {folder}/db
"""


def people():
    """Each as (uid, values of userPassword, note, password, outcome, further attributes)."""
    with_crypt = [(uid, password, "{CRYPT}" + crypt_of(password, setting)) for uid, password, setting in CRYPT]
    digests = {uid: made(hasher, password, system, setting, **options) for uid, hasher, password, system, setting, options in SCHEMES}
    for uid, _, password, *_ in SCHEMES:
        yield uid, [(digests[uid], uid, password, "match")], {}
    for uid, password, digest in with_crypt:
        yield uid, [(digest, uid, password, "match")], {}
    several = [("ssha512", "the first of two values"), ("ssha", "the second of two values")]
    passwords = {uid: password for uid, _, password, *_ in SCHEMES}
    yield "several", [(digests[uid], note, passwords[uid], "match") for uid, note in several], {}
    yield "none", [], {"description": LINES}
    yield "folded", [(digests["ssha"], "other columns are folded and in base64", passwords["ssha"], "match")], {"description": "long " * 60 + COMMA, "cn": LETTERS}
    yield COMMA, [(digests["sha"], "a comma in its name", passwords["sha"], "match")], {}
    yield "plain", [("Not-A-Digest-1", "a password that is not hashed", "Not-A-Digest-1", "unknown")], {}
    yield "locked", [("{CRYPT}!", "a digest that no password has", None, "malformed")], {}
    for kind, outcome in DAMAGED:
        yield f"damaged.{kind}", [(damage(kind, digests["ssha512"]), DAMAGES[kind][0], passwords["ssha512"], outcome)], {}


def crypt_of(password, setting):
    from exports.files import crypt

    return crypt.crypt(password, setting)


def line(name, value):
    return f"{name}:: {base64.b64encode(value.encode()).decode()}\n"


def entry(number, uid, passwords, attributes):
    """An entry with all that slapadd would draw or take from the clock."""
    name = uid.replace(",", "\\,")
    lines = line("dn", f"uid={name},ou=people,dc=example,dc=com") + "objectClass: inetOrgPerson\n"
    attributes = {"uid": uid, "cn": uid, "sn": uid, **attributes}
    lines += "".join(line(key, value) for key, value in attributes.items()) + "".join(line("userPassword", digest) for digest, *_ in passwords)
    return lines + operational(number)


def operational(number):
    at = "20240301093000Z"
    who = "cn=admin,dc=example,dc=com"
    marks = {"entryUUID": f"00000000-0000-4000-8000-{number:012}", "entryCSN": f"20240301093000.000000Z#{number:06x}#000#000000"}
    marks |= {"creatorsName": who, "modifiersName": who, "createTimestamp": at, "modifyTimestamp": at}
    return "".join(f"{key}: {value}\n" for key, value in marks.items()) + "\n"


def make(command):
    """The file that one of the two commands writes, and its rows."""
    found = list(people())
    text = "dn: dc=example,dc=com\nobjectClass: dcObject\nobjectClass: organization\no: Example\n" + operational(1)
    text += "dn: ou=people,dc=example,dc=com\nobjectClass: organizationalUnit\n" + operational(2)
    text += "".join(entry(number, uid, passwords, attributes) for number, (uid, passwords, attributes) in enumerate(found, 3))
    rows = [row("dc=example,dc=com", "the top of the tree", outcome="unusable"), row("ou=people,dc=example,dc=com", "a folder", outcome="unusable")]
    for uid, passwords, _ in found:
        dn = "uid=" + uid.replace(",", "\\2C") + ",ou=people,dc=example,dc=com"
        rows += [row(dn, note, password, outcome) for _, note, password, outcome in passwords] or [row(dn, "no password", outcome="unusable")]
    folder = tempfile.mkdtemp()
    try:
        pathlib.Path(folder, "db").mkdir()
        pathlib.Path(folder, "slapd.conf").write_text(CONFIG.format(folder=folder))
        pathlib.Path(folder, "users.ldif").write_text(text)
        if os.getuid() == 0:
            run(["chown", "-R", "65534:65534", folder])
        config = ["-f", f"{folder}/slapd.conf"]
        run(as_nobody(["/usr/sbin/slapadd", *config, "-l", f"{folder}/users.ldif"]))
        searched = bind_all(folder, rows)
        if command == "slapcat":
            return run(as_nobody(["/usr/sbin/slapcat", *config])), rows
        return searched, rows
    finally:
        shutil.rmtree(folder)


def bind_all(folder, rows):
    """Binds with every password, and with a wrong one; gives what ldapsearch writes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"ldap://127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen(as_nobody(["/usr/sbin/slapd", "-d", "0", "-f", f"{folder}/slapd.conf", "-h", url]), stderr=subprocess.DEVNULL)
    try:
        is_bound = lambda dn, password: subprocess.run(["ldapwhoami", "-x", "-H", url, "-D", dn, "-w", password], capture_output=True).returncode  # noqa: E731
        for _ in range(100):
            if is_bound("", "") == 0:
                break
            time.sleep(0.1)
        for one in rows:
            if one["outcome"] == "match":
                answers = is_bound(one["id"], one["password"]), is_bound(one["id"], "?" + one["password"])
                assert answers == (0, 49), (one, answers)
        admin = ["-D", "cn=admin,dc=example,dc=com", "-w", "admin", "-b", "dc=example,dc=com"]
        return run(["ldapsearch", "-x", "-H", url, *admin, "*"])
    finally:
        server.terminate()
        server.wait()


def version():
    return "OpenLDAP" + debian("slapd") + debian("slapd-contrib")


SAMPLES = [
    Sample("ldif/slapcat.ldif", version, "slapcat", lambda: make("slapcat")),
    Sample("ldif/ldapsearch.ldif", version, "ldapsearch -x -b dc=example,dc=com '*'", lambda: make("ldapsearch")),
]
