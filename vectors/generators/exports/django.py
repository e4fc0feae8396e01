"""Django: `dumpdata` of its own users, of a user model of an application's own, and of a model without passwords."""

import json
import sys

from exports import COMMA, DAMAGES, DOWNLOADS, HERE, LARGE_ID, LETTERS, LINES, QUOTES, Sample, damage, row, run

USER, MEMBER = "auth.user", "members.member"
# Primary key, model, name, another column, the hasher, the password, the salt, further parameters; options: damage and what it answers.
OLD = [
    (1, USER, "pbkdf2", "", "pbkdf2_sha256", "juniper-Falcon-73", "Zk3vN8qTf1LwYb6RcX0aHs", 260000),
    (2, USER, "pbkdf2.old", COMMA, "pbkdf2_sha256", "Pineapple1962", "d0PqLm7RsNvX", 10000),
    (3, USER, "pbkdf2.sha1", QUOTES, "pbkdf2_sha1", "olive-Harbour-12", "h9GtB2dVm6Xe", 36000),
    (4, USER, "argon2", LINES, "argon2", "Saffron+Harvest+5", "SjNzWXA3SGRD"),
    (5, USER, "bcrypt.sha256", LETTERS, "bcrypt_sha256", "orchard.Kettle.19", "$2b$12$Qe1rTy3UiOp5AsDf7GhJkO"),
    (6, USER, "bcrypt", "", "bcrypt", "basement-Piano-44", "$2b$10$K4oXeJz8Bs6MtWnQ1yVgRu"),
    (7, USER, "md5", "", "md5", "snoopy1987", "u7NfRk2XyTb4"),
    (8, USER, "sha1", "", "sha1", "BlueBicycle7", "c0XrUw5KyEnP"),
    (9, USER, "unsalted.md5", "", "unsalted_md5", "Zitronenkuchen3", ""),
    (10, USER, "unsalted.sha1", "", "unsalted_sha1", "glasgow-rangers-04", ""),
    (11, USER, "crypt", "", "crypt", "tuesday!", "xM"),
    (12, USER, "accents", LETTERS, "pbkdf2_sha256", "crème-brûlée à 4", "vX2tPq6Ls9Wd", 150000),
    (LARGE_ID, USER, "unusable", "", None, None, "kQ7dWm2ZsX9f"),
]
NEW = [
    (1, USER, "pbkdf2", "", "pbkdf2_sha256", "juniper-Falcon-73", "aV3vN8qTf1LwYb6RcX0aHs", 1000000),
    (2, USER, "pbkdf2.sha1", COMMA, "pbkdf2_sha1", "olive-Harbour-12", "b9GtB2dVm6XeWk4Hn7QzRt", 1000000),
    (3, USER, "argon2", QUOTES, "argon2", "Saffron+Harvest+5", "tY8nFq3KzWp1LmXcV6bRgD"),
    (4, USER, "argon2.small", "", "argon2", "quiet Elephant 90", "rW5sJd9TzNq2", 8192, 3, 1),
    (5, USER, "bcrypt.sha256", LETTERS, "bcrypt_sha256", "orchard.Kettle.19", "$2b$12$Te1rTy3UiOp5AsDf7GhJkO"),
    (6, USER, "scrypt", LINES, "scrypt", "velvet_Thunder_12", "eH6kVb2MxZs8QtLw4FnYcR", 16384, 8, 5),
    (7, USER, "md5", "", "md5", "snoopy1987", "m4BtYx7WcKq9"),
    (8, USER, "unusable", "", None, None, "pLx93Kd"),
    (9, USER, "empty", "", "", None, ""),
    (1, MEMBER, "member", COMMA, "pbkdf2_sha256", "copper%Teapot%31", "gJ4wRz7NpXt5", 600000),
    (3, MEMBER, "member.cut", "", "pbkdf2_sha256", "Cardigan*Island*2", "hB7kTq3VzLs6", 180000, "cut", "malformed"),
    (4, MEMBER, "member.masked", "", "pbkdf2_sha256", "Cardigan*Island*2", "nF5xWm8RcZt2", 180000, "masked", "unknown"),
    (5, MEMBER, "member.html", "", "bcrypt_sha256", "Cardigan*Island*2", "$2b$10$T2hFv9CqLm0XrUw5KyEnPe", "html", "unknown"),
    (6, MEMBER, "member.space", "", "pbkdf2_sha256", "Cardigan*Island*2", "sD9yHv4KpGn1", 180000, "behind", "malformed"),
    (7, MEMBER, "member.lower", "", "pbkdf2_sha256", "Cardigan*Island*2", "yT2cXq6BzMw8", 180000, "lower", "mismatch"),
    (LARGE_ID, MEMBER, "member.large.id", LINES, "bcrypt_sha256", "Winter.Swallow.660", "$2b$10$We4oXeJz8Bs6MtWnQ1yVgO"),
]


def ask(folder, question):
    answer = run([sys.executable, str(HERE / "run/django_site.py"), folder], input=json.dumps(question))
    return json.loads(answer) if "make" in question else answer


def make(folder, users):
    def dump():
        parts = [(user[:7], [one for one in user[7:] if not isinstance(one, str)], [one for one in user[7:] if isinstance(one, str)]) for user in users]
        asked = [[algorithm, password, salt, *more] for (*_, algorithm, password, salt), more, _ in parts if algorithm != ""]
        digests = iter(ask(folder, {"make": asked})["digests"])
        # dumpdata writes models in the order in which they were asked for, and groups first.
        accounts, rows = [], []
        for (key, model, name, about, algorithm, password, _), _, options in parts:
            digest = "" if algorithm == "" else next(digests)
            email, note, outcome = f"{name}@example.com", name, "unusable" if password is None else "match"
            if options:
                digest, note, outcome = damage(options[0], digest), DAMAGES[options[0]][0], options[1]
            accounts.append({"pk": key, "model": model, "email": email, "about": about, "digest": digest})
            rows.append(row(key, note, password, outcome))
        return ask(folder, {"dump": accounts}), rows

    return dump


def version(folder):
    return lambda: f"Django {ask(folder, {'make': []})['version']}"


COMMAND = "manage.py dumpdata auth.group auth.user members --indent 2"
NEWER = str(DOWNLOADS / "django")
SAMPLES = [
    Sample("django/dumpdata-3.2.json", version(""), COMMAND, make("", OLD)),
    Sample("django/dumpdata-5.2.json", version(NEWER), COMMAND, make(NEWER, NEW)),
]
