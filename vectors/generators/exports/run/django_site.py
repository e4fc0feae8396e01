"""A site of Django in a process of its own. The first argument is a folder with a Django, or empty for the one that is installed.

Standard input is JSON: {"make": [[hasher, password, salt, more …], …]} answers with digests, {"dump": [user, …]} with what
`dumpdata` writes when a database in memory holds these users.
"""

import json
import sys

ASKED = json.load(sys.stdin)
if sys.argv[1]:
    sys.path.insert(0, sys.argv[1])

import django  # noqa: E402
from django.conf import settings  # noqa: E402

NAMES = ["PBKDF2", "PBKDF2SHA1", "Argon2", "BCryptSHA256", "BCrypt", "Scrypt", "MD5", "SHA1", "UnsaltedMD5", "UnsaltedSHA1", "Crypt"]
settings.configure(
    SECRET_KEY="sample",
    USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "members"],
)
from django.contrib.auth import hashers  # noqa: E402

names = [f"{name}PasswordHasher" for name in NAMES]
settings.PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}" for name in names if hasattr(hashers, name)]
django.setup()


def make(algorithm, password, salt, *more):
    """A digest by one of Django's hashers with a salt of ours, which Django verifies."""
    if password is None:
        # The 40 characters behind the mark of an account without a password are random.
        hashers.get_random_string = lambda length, *letters: (salt * length)[:length]
        return hashers.make_password(None)
    hasher = hashers.get_hasher(algorithm)
    if algorithm == "argon2" and more:
        hasher.memory_cost, hasher.time_cost, hasher.parallelism = more
        more = ()
    digest = hasher.encode(password, salt.encode() if algorithm.startswith("bcrypt") else salt, *more)
    assert hasher.verify(password, digest) and not hasher.verify("?" + password, digest), algorithm
    return digest


def dump(users):
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.db import connection
    from members.models import Member

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Member)
    Group.objects.create(pk=1, name="editors")
    for user in users:
        common = {"pk": user["pk"], "email": user["email"], "password": user["digest"]}
        if user["model"] == "members.member":
            Member(about=user["about"], **common).save()
        else:
            User(username=user["email"].split("@")[0], last_name=user["about"], date_joined="2024-03-01T09:30:00Z", **common).save()
    call_command("dumpdata", "auth.group", "auth.user", "members", indent=2)


if "make" in ASKED:
    print(json.dumps({"version": django.get_version(), "digests": [make(*one) for one in ASKED["make"]]}))
else:
    dump(ASKED["dump"])
