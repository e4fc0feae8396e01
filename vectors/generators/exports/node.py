"""Systems of Node: Better Auth, passport-local-mongoose, Payload. Their random bytes are fixed by run/fixed.mjs."""

import functools
import json
import pathlib
import tempfile

from exports import BACKSLASH, COMMA, DAMAGES, FORMULA, HERE, LARGE_ID, LETTERS, LINES, QUOTES, Sample, damage, json_text, made, row, run

DAY = "2024-03-01T09:30:00.000Z"
MONGO = "65e1a2b3c4d5e6f708192a{:02x}"


@functools.cache
def node(program, asked):
    command = ["node", "--import", "./fixed.mjs", program]
    return json.loads(run(command, input=asked, cwd=HERE / "run"))


PEOPLE = [("ada", COMMA, "juniper-Falcon-73"), ("bo", QUOTES, "crème-brûlée à 4"), ("cy", LINES, "Ångström 名前 7"), ("di", LETTERS, "p" * 100)]
BETTER_AUTH = json.dumps([{"email": f"{name}@example.com", "name": about, "password": password} for name, about, password in PEOPLE])
BETTER_AUTH_DAMAGE = [(kind, "unknown") for kind in ["cut", "masked", "before", "behind", "quoted"]]
COLUMNS = ["id", "accountId", "providerId", "userId", "accessToken", "refreshToken", "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope", "password", "createdAt", "updatedAt"]


def better_auth(option):
    """The table `account` in SQLite, with the columns of Better Auth's own schema, as the command sqlite3 writes it."""
    made_by = node("better-auth.mjs", BETTER_AUTH)["account"]
    accounts, rows = [], []
    for number, (account, (name, _, password)) in enumerate(zip(made_by, PEOPLE), 1):
        accounts.append(account)
        rows.append(row(account["userId"], name, password))
        if number == 2:
            # The same user signs in by another service too, and another one only there.
            for user, note in [(account["userId"], "another provider of the same user"), ("onlyGitHub", "only another provider")]:
                accounts.append({"id": f"github{note.replace(' ', '')}", "accountId": "583231", "providerId": "github", "userId": user, "scope": "read:user,user:email"})
                rows.append(row(user, note, outcome="unusable"))
    for kind, outcome in BETTER_AUTH_DAMAGE:
        user = f"damaged-{kind}"
        accounts.append({**made_by[0], "id": kind, "userId": user, "accountId": user, "password": damage(kind, made_by[0]["password"])})
        rows.append(row(user, DAMAGES[kind][0], PEOPLE[0][2], outcome))
    accounts.append({"id": "null", "accountId": "x", "providerId": "credential", "userId": "null"})
    rows.append(row("null", "a credential without a password", outcome="unusable"))
    quote = lambda text: "NULL" if text is None else "'" + text.replace("'", "''") + "'"  # noqa: E731
    sql = 'CREATE TABLE account ("id" text PRIMARY KEY, ' + ", ".join(f'"{name}" text' for name in COLUMNS[1:]) + ");\n"
    for account in accounts:
        account = {**account, "createdAt": DAY, "updatedAt": DAY}
        sql += f"INSERT INTO account VALUES ({', '.join(quote(account.get(name)) for name in COLUMNS)});\n"
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder, "auth.db"))
        run(["sqlite3", path], input=sql)
        return run(["sqlite3", *option, path, "SELECT * FROM account"]), rows


def better_auth_version():
    return f"Better Auth {node('better-auth.mjs', BETTER_AUTH)['version']}; SQLite {run(['sqlite3', '--version']).split()[0]}"


def mongoose_documents(options):
    users = [{"_id": MONGO.format(at), "username": name, "email": f"{name}@example.com", "about": about, "password": password} for at, (name, about, password) in enumerate(PEOPLE, 1)]
    users.append({"_id": MONGO.format(9), "username": "none", "email": "none@example.com", "about": FORMULA})
    return node("mongoose.mjs", json.dumps({"options": options, "users": users}))


def mongoose(options, as_list):
    lines = [json.loads(line) for line in mongoose_documents(options)["lines"]]
    rows = [row(MONGO.format(at), name, password) for at, (name, _, password) in enumerate(PEOPLE, 1)]
    rows.append(row(MONGO.format(9), "no password", outcome="unusable"))
    for at, field in enumerate(["hash", "salt"], 10):
        spoilt = {**lines[0], "_id": {"$oid": MONGO.format(at)}, "username": f"masked.{field}", field: "*" * len(lines[0][field])}
        lines.append(spoilt)
        # Every text may be a salt, and every salt makes another digest.
        key, outcome = (MONGO.format(at), "mismatch") if field == "salt" else ("", "problem")
        rows.append(row(key, f"the column {field} is masked", PEOPLE[0][2], outcome))
    texts = [json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines]
    return ("[" + ",\n".join(texts) + "]\n" if as_list else "\n".join(texts) + "\n"), rows


def mongoose_version():
    found = mongoose_documents({})
    return f"passport-local-mongoose {found['version']}, mongoose {found['mongoose']}"


def payload_users():
    found = node("payload.mjs", json.dumps([password for *_, password in PEOPLE]))
    users, rows = [], []
    common = {"updatedAt": DAY, "createdAt": DAY, "resetPasswordToken": None, "loginAttempts": 0, "lockUntil": None}
    for number, ((name, about, password), columns) in enumerate(zip(PEOPLE, found["users"]), 1):
        users.append({"id": number, "name": about, "email": f"{name}@example.com", **columns, **common})
        rows.append(row(number, name, password))
    old = made("pbkdf2_payload", "BlueBicycle7", "openssl", "pbkdf2_payload$25000$" + "c0696e6b48696d616c6179615361c0ffee00112233445566778899aabbccddee$", length=512)
    _, _, salt, checksum = old.split("$")
    users.append({"id": 5, "name": "", "email": "old@example.com", "hash": checksum, "salt": salt, **common})
    rows.append(row(5, "a release before 3.80", "BlueBicycle7"))
    users.append({"id": 6, "name": FORMULA, "email": "none@example.com", "hash": None, "salt": None, **common})
    rows.append(row(6, "no password", outcome="unusable"))
    first = users[0]
    for number, (field, kind) in enumerate([("hash", "cut"), ("hash", "masked"), ("salt", "masked"), ("hash", "behind")], 7):
        users.append({**first, "id": number, "name": BACKSLASH, "email": f"damaged.{number}@example.com", field: damage(kind, first[field])})
        # Every text may be a salt, and every salt makes another digest.
        key, outcome = (number, "mismatch") if field == "salt" else ("", "problem")
        rows.append(row(key, f"the column {field}: {DAMAGES[kind][0]}", PEOPLE[0][2], outcome))
    users.append({**users[1], "id": LARGE_ID, "email": "large.id@example.com"})
    rows.append(row(LARGE_ID, "an id over 2^53", PEOPLE[1][2]))
    return users, rows


def payload_mongo():
    users, rows = payload_users()
    lines = [{"_id": {"$oid": MONGO.format(at)}, **user, "createdAt": {"$date": DAY}} for at, user in enumerate(users, 1)]
    for line in lines:
        del line["id"]
    texts = [json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines]
    return "".join(texts), [{**one, "id": one["id"] and MONGO.format(at)} for at, one in enumerate(rows, 1)]


def payload_version():
    return f"Payload {node('payload.mjs', json.dumps([password for *_, password in PEOPLE]))['version']}, its generatePasswordSaltHash.js"


def payload_table():
    users, rows = payload_users()
    return json_text(users, 1), rows


SAMPLES = [
    Sample("better-auth/account.csv", better_auth_version, "sqlite3 -csv -header auth.db 'SELECT * FROM account'", lambda: better_auth(["-csv", "-header"])),
    Sample("better-auth/account.json", better_auth_version, "sqlite3 -json auth.db 'SELECT * FROM account'", lambda: better_auth(["-json"])),
    Sample("mongoose/users.ndjson", mongoose_version, "mongoexport --collection users, by its documentation", lambda: mongoose({}, False)),
    Sample("mongoose/users.json", mongoose_version, "mongoexport --collection users --jsonArray, by its documentation", lambda: mongoose({}, True)),
    Sample("payload/users.json", payload_version, "a list of objects with the names of the columns", payload_table),
    Sample("payload/users.ndjson", payload_version, "mongoexport --collection users, by its documentation", payload_mongo),
]
