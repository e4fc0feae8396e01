"""Services and frameworks that do not run here: their files by their documentation, with digests of real systems."""

import base64
import functools
import json
import struct
import uuid

from exports import COMMA, DAMAGES, FORMULA, LARGE_ID, LETTERS, LINES, QUOTES, Sample, csv_line, damage, json_text, made, row
from vector_file import read_file

DAY = "2024-03-01T09:30:00.000Z"
DAMAGED = [("cut", "malformed"), ("masked", "malformed"), ("html", "unknown"), ("before", "unknown"), ("behind", "malformed"), ("shell", "unknown")]
ABOUT = [COMMA, QUOTES, LINES, LETTERS, FORMULA]
BCRYPT = [("Harbour-Lantern-58", "$2a$10$Yx3nTqWbV0eKfL7sRz2HuO"), ("crème-brûlée à 4", "$2b$10$mD5cPq9LwJx1Gv8ZoRb6Ee"), ("basement-Piano-44", "$2y$12$K4oXeJz8Bs6MtWnQ1yVgRu")]
ARGON2 = [("argon2i", "Saffron+Harvest+5", "$argon2i$v=19$m=4096,t=3,p=1$dzhMcTJaclg1dFZiTjFtSw$"), ("argon2id", "quiet Elephant 90", "$argon2id$v=19$m=19456,t=2,p=1$SjNzWXA3SGRDMGdUZkU2dQ$")]
DOCUMENTED = "by its documentation"


def bcrypts():
    return [(f"bcrypt {setting[:6]}", password, made("bcrypt", password, "libxcrypt", setting)) for password, setting in BCRYPT]


def argon2s():
    return [(hasher, password, made(hasher, password, "argon2_cffi", setting)) for hasher, password, setting in ARGON2]


@functools.cache
def vector(hasher):
    """The first digest of a hasher's vectors that a system made of a password without an oddity: (password, digest)."""
    file = read_file(hasher)
    tests = [test for group in file["groups"] if group["source"]["how"] in ("generated", "transcribed") for test in group["tests"]]
    is_plain = lambda test: all(file["notes"][flag]["kind"] == "variant" for flag in test["flags"]) and test.get("password", "").isascii()  # noqa: E731
    found = next(test for test in tests if test["result"] == "valid" and test.get("password") and is_plain(test))
    return found["password"], found["digest"]


def spoilt(digest, password, damages=DAMAGED):
    return [(DAMAGES[kind][0], password, damage(kind, digest), outcome) for kind, outcome in damages]


def uid(number):
    return str(uuid.UUID(int=(0x65E1A2B3 << 96) + (4 << 76) + (8 << 60) + number))


def people(key, accounts):
    """Accounts with keys and other columns, and the rows of their sample."""
    found, rows = [], []
    for number, (note, password, digest, *outcome) in enumerate(accounts, 1):
        found.append((key(number), f"user{number}@example.com", digest, ABOUT[number % len(ABOUT)]))
        rows.append(row(key(number), note, password, *outcome))
    return found, rows


NONE = [("no password", None, None, "unusable"), ("an empty password", None, "", "unusable")]

# Firebase.
FIREBASE_KEY = "q83vASNFZ4kSNFZ4kKvN7wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMA=="
FIREBASE_CONFIG = {"signerKey": FIREBASE_KEY, "saltSeparator": "Bw==", "rounds": 8, "memoryCost": 14}
# The block as the console shows it.
FIREBASE_BLOCK = f"""hash_config {{
  algorithm: SCRYPT,
  base64_signer_key: {FIREBASE_KEY},
  base64_salt_separator: Bw==,
  rounds: 8,
  mem_cost: 14,
}}
"""
FIREBASE = [("MountainGoat!66", "3q2+796tvu8BIw=="), ("crème-brûlée à 4", "42xEC+ixf3L2lw=="), ("Pineapple1962", "C0sHCg9ek77hsg=="), ("snoopy1987", "tpHAFmGkCPZugw==")]


def firebase_users():
    users, rows = [], []
    names = [COMMA, QUOTES, LETTERS, None]
    for number, ((password, salt), name) in enumerate(zip(FIREBASE, names), 1):
        digest = made("scrypt_firebase", password, "firebase", f"${salt}${FIREBASE_KEY}$Bw==$8$14").split("$")[0]
        # The export has the alphabet for addresses.
        url = lambda text: text.replace("+", "-").replace("/", "_")  # noqa: E731
        users.append({"localId": f"k{number}Qm7dWzsX9fLb4RtYc6NvHj1Gp", "email": f"user{number}@example.com", "passwordHash": url(digest), "salt": url(salt), "displayName": name})
        rows.append(row(users[-1]["localId"], name or "no name", password))
    for key, note in [("google", "signs in by Google"), ("anonymous", "an anonymous user")]:
        users.append({"localId": key, "displayName": None, **({"email": "google@example.com", "providerUserInfo": [{"providerId": "google.com", "rawId": "108204268033311374519", "email": "google@example.com", "displayName": COMMA}]} if key == "google" else {})})
        rows.append(row(key, note, outcome="unusable"))
    first = users[0]
    for kind in ["cut", "masked", "behind", "lower"]:
        key = f"damaged-{kind}"
        users.append({**first, "localId": key, "email": f"{key}@example.com", "passwordHash": damage(kind, first["passwordHash"])})
        rows.append(row("", DAMAGES[kind][0], FIREBASE[0][0], "problem"))
    users.append({**first, "localId": "masked-salt", "salt": "*" * 16})
    rows.append(row("", "the column salt is masked", FIREBASE[0][0], "problem"))
    return users, rows


def firebase_json():
    users, rows = firebase_users()
    common = {"emailVerified": True, "lastSignedInAt": "1709285400000", "createdAt": "1709285400000", "disabled": False, "providerUserInfo": []}
    return json_text({"users": [{**common, **{name: value for name, value in user.items() if value is not None}} for user in users]}), rows


def firebase_csv():
    """29 columns without a header. Quotes stand around names with a comma; quotes within are not escaped."""
    users, rows = firebase_users()
    lines = []
    for user in users:
        quoted = lambda text: f'"{text}"' if text and "," in text else text or ""  # noqa: E731
        google = [one for one in user.get("providerUserInfo", [])]
        providers = ["108204268033311374519", "google@example.com", f'"{COMMA}"', ""] if google else [""] * 4
        cells = [user["localId"], user.get("email", ""), "true", user.get("passwordHash", ""), user.get("salt", ""), quoted(user["displayName"]), ""]
        lines.append(",".join([*cells, *providers, *[""] * 12, "1709285400000", "1709285400000", "", "", "false", ""]) + "\n")
    return "".join(lines), rows


# Supabase.
SUPABASE = ["instance_id", "id", "aud", "role", "email", "encrypted_password", "email_confirmed_at", "raw_app_meta_data", "raw_user_meta_data", "is_super_admin", "created_at", "updated_at", "phone", "is_sso_user", "deleted_at", "is_anonymous"]


def supabase_users():
    fire = made("scrypt_supabase", "MountainGoat!66", "firebase", f"$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk={FIREBASE_KEY}$3q2+796tvu8BIw==$")
    accounts = [*bcrypts(), *argon2s(), ("Firebase's digest", "MountainGoat!66", fire), *NONE]
    accounts += spoilt(bcrypts()[0][2], BCRYPT[0][0])
    found, rows = people(uid, accounts)
    users = []
    for key, email, digest, about in found:
        meta = json.dumps({"provider": "email", "providers": ["email"]})
        values = [str(uuid.UUID(int=0)), key, "authenticated", email if email != "user1@example.com" else None, digest, DAY, meta, json.dumps({"name": about}, ensure_ascii=False), None, DAY, DAY, None, "false", None, "false"]
        users.append(dict(zip(SUPABASE, [*values[:3], "authenticated", *values[3:]])))
    return users, rows


def as_csv(users, null=""):
    """A table in CSV with a header."""
    lines = [list(users[0]), *([null if value is None else value for value in user.values()] for user in users)]
    return "".join(csv_line(line) + "\n" for line in lines)


def supabase_csv():
    users, rows = supabase_users()
    return as_csv(users), rows


def supabase_json():
    users, rows = supabase_users()
    return json_text(users), rows


# Clerk.
CLERK = ["id", "first_name", "last_name", "username", "primary_email_address", "primary_phone_number", "verified_email_addresses", "unverified_email_addresses", "verified_phone_numbers", "unverified_phone_numbers", "totp_secret", "password_digest", "password_hasher"]
CLERK_HASHERS = ["argon2i", "argon2id", "bcrypt", "bcrypt_peppered", "bcrypt_sha256_django", "hmac_sha256_utf16_b64", "ldap_ssha", "md5", "md5_phpass", "md5_salted", "pbkdf2_sha1", "pbkdf2_sha256", "pbkdf2_sha256_django", "pbkdf2_sha512", "pbkdf2_sha512_hex", "phpass", "scrypt_firebase", "scrypt_werkzeug", "sha256", "sha256_salted", "sha512_symfony"]


def clerk():
    accounts = [(hasher, *vector(hasher), hasher, "match") for hasher in CLERK_HASHERS]
    accounts += [(note, password, digest, "bcrypt", "match") for note, password, digest in bcrypts()]
    accounts += [("no password", None, "", "", "unusable"), ("a user of Cognito, whose digest nobody has", "unknown", "awscognito#us-east-1_Ab12#client#ada", "awscognito", "unknown")]
    # The row names the hasher, so that its damage is known for what it is.
    damages = [(kind, "malformed") for kind, _ in DAMAGED]
    accounts += [(note, password, digest, "bcrypt", outcome) for note, password, digest, outcome in spoilt(bcrypts()[0][2], BCRYPT[0][0], damages)]
    lines, rows = [CLERK], []
    for number, (note, password, digest, hasher, outcome) in enumerate(accounts, 1):
        key, email = f"user_2aKm7dWzsX9fLb4RtYc6NvHj{number:02}", f"user{number}@example.com"
        name = ABOUT[number % len(ABOUT)]
        lines.append([key, name, "", "", email, "", f"{email},second.{email}", "", "", "", "", digest, hasher])
        rows.append(row(key, note, password, outcome))
    return "".join(csv_line(line) + "\n" for line in lines), rows


# Auth0.
def auth0_lines():
    accounts = [*bcrypts()[:2], NONE[0], *spoilt(bcrypts()[1][2], BCRYPT[1][0])]
    found, rows = people(lambda number: f"65e1a2b3c4d5e6f708192a{number:02x}", accounts)
    text = ""
    for key, email, digest, about in found:
        user = {"_id": {"$oid": key}, "email_verified": True, "email": email, "nickname": about, "passwordHash": digest, "password_set_date": {"$date": DAY}, "tenant": "acme", "connection": "Username-Password-Authentication", "_tmp_is_unique": True}
        text += json.dumps(user, ensure_ascii=False, separators=(",", ":")) + "\n"
    return text, rows


def auth0_import():
    """Of the schema of bulk imports."""
    md5, sha256 = vector("md5"), vector("sha256")
    hashes = [
        ("bcrypt", BCRYPT[0][0], {"algorithm": "bcrypt", "hash": {"value": bcrypts()[0][2]}}, "match"),
        ("argon2", ARGON2[1][1], {"algorithm": "argon2", "hash": {"value": argon2s()[1][2]}}, "match"),
        ("md5", md5[0], {"algorithm": "md5", "hash": {"value": md5[1], "encoding": "hex"}}, "match"),
        ("sha256 in base64", sha256[0], {"algorithm": "sha256", "hash": {"value": base64.b64encode(bytes.fromhex(sha256[1])).decode(), "encoding": "base64"}}, "match"),
        ("ldap", vector("ldap_ssha")[0], {"algorithm": "ldap", "hash": {"value": vector("ldap_ssha")[1]}}, "match"),
        ("an algorithm that does not exist", "x", {"algorithm": "rot13", "hash": {"value": "x"}}, "problem"),
    ]
    users, rows = [], []
    for number, (note, password, custom, outcome) in enumerate(hashes, 1):
        key = f"user{number}"
        users.append({"user_id": key, "email": f"{key}@example.com", "email_verified": True, "name": ABOUT[number % len(ABOUT)], "custom_password_hash": custom})
        rows.append(row("" if outcome == "problem" else key, note, password, outcome))
    users.append({"user_id": "native", "email": "native@example.com", "email_verified": False, "password_hash": bcrypts()[1][2]})
    rows.append(row("native", "the member of Auth0's own digests", BCRYPT[1][0]))
    users.append({"user_id": "none", "email": "none@example.com", "email_verified": False})
    rows.append(row("none", "no password", outcome="unusable"))
    return json_text(users), rows


# Keycloak.
def credential(number, digest, kind="password"):
    return {"id": uid(100 + number), "type": kind, "userLabel": "My password", "createdDate": 1709285400000, **json.loads(digest)}


def keycloak_digests():
    setting = lambda iterations, algorithm, salt: json.dumps({"secretData": json.dumps({"value": "", "salt": salt, "additionalParameters": {}}, separators=(",", ":")), "credentialData": json.dumps({"hashIterations": iterations, "algorithm": algorithm, "additionalParameters": {}}, separators=(",", ":"))}, separators=(",", ":"))  # noqa: E731
    for iterations, algorithm, salt, password in [(27500, "pbkdf2-sha256", "P5rtFkGtPfoaryJ6PizUJw==", "juniper-Falcon-73"), (210000, "pbkdf2-sha512", "DWobczblgCRZMULJ2hVCSQ==", "olive-Harbour-12"), (20000, "pbkdf2", "RJ0aLMQ2qKbZuROs7qQhcA==", "crème-brûlée à 4")]:
        size = {"pbkdf2-sha256": 64, "pbkdf2-sha512": 64, "pbkdf2": 64}[algorithm]
        yield algorithm, password, made("keycloak", password, "openssl", setting(iterations, algorithm, salt), length=size)
    yield "argon2", *vector("keycloak_argon2")


OTP = json.dumps({"secretData": '{"value":"kQ7dWm2ZsX9fLb4RtYc6"}', "credentialData": '{"subType":"totp","period":30,"digits":6,"algorithm":"HmacSHA1"}'})


def keycloak(otp_first):
    users, rows = [], []
    head = {"createdTimestamp": 1709285400000, "enabled": True, "totp": False, "emailVerified": True}
    for number, (note, password, digest) in enumerate(keycloak_digests(), 1):
        mine = credential(number, digest)
        codes = [credential(50 + number, OTP, "otp")]
        credentials = [*codes, mine] if otp_first else [mine, *codes]
        users.append({"id": uid(number), "username": f"user{number}", "email": f"user{number}@example.com", "firstName": ABOUT[number % len(ABOUT)], **head, "credentials": credentials})
        rows.append(row(uid(number), note, password))
    users.append({"id": uid(20), "username": "service-account", **head, "credentials": []})
    rows.append(row(uid(20), "no credentials", outcome="unusable"))
    first, password = users[0]["credentials"][1 if otp_first else 0], rows[0]["password"]
    secret = json.loads(first["secretData"])
    edits = [("the column secretData: cut", {"secretData": first["secretData"][:50]}, "problem"), ("the value is masked", {"secretData": json.dumps({**secret, "value": "**********"})}, "malformed"), ("the column credentialData is escaped for HTML", {"credentialData": damage("html", first["credentialData"])}, "problem")]
    for number, (note, edit, outcome) in enumerate(edits, 30):
        users.append({"id": uid(number), "username": f"user{number}", **head, "credentials": [{**first, **edit}]})
        rows.append(row("" if outcome == "problem" else uid(number), note, password, outcome))
    realm = {"id": uid(99), "realm": "acme", "displayName": QUOTES, "passwordPolicy": "hashIterations(27500)", "roles": {"realm": [{"id": uid(98), "name": "users", "description": LINES}]}, "groups": [], "users": users, "clients": []}
    return json_text(realm), rows


# ASP.NET.
def identity(password, system, prf, iterations, salt):
    head = b"\x01" + struct.pack(">III", prf, iterations, len(salt)) + salt if prf is not None else b"\0" + salt
    return made("aspnet_identity", password, system, base64.b64encode(head).decode(), length=32)


def aspnet(null):
    salt = bytes(range(16))
    accounts = [
        ("version 2", "juniper-Falcon-73", identity("juniper-Falcon-73", "mono", None, 1000, salt)),
        ("version 3, SHA-256", "olive-Harbour-12", identity("olive-Harbour-12", "mono", 1, 10000, salt[::-1])),
        ("version 3, SHA-512", "crème-brûlée à 4", identity("crème-brûlée à 4", "openssl", 2, 100000, bytes(range(16, 32)))),
        NONE[0],
    ]
    accounts += spoilt(accounts[1][2], accounts[1][1], [("cut", "malformed"), ("masked", "malformed"), ("before", "malformed"), ("behind", "malformed"), ("lower", "malformed")])
    found, rows = people(uid, accounts)
    head = {"EmailConfirmed": 1, "SecurityStamp": "QJ4WRZ7NPXT5", "ConcurrencyStamp": uid(500), "PhoneNumber": None, "PhoneNumberConfirmed": 0, "TwoFactorEnabled": 0, "LockoutEnd": None, "LockoutEnabled": 1, "AccessFailedCount": 0}
    users = []
    for key, email, digest, about in found:
        users.append({"Id": key, "UserName": about, "NormalizedUserName": about.upper(), "Email": email, "NormalizedEmail": email.upper(), "EmailConfirmed": 1, "PasswordHash": digest, **head})
    return as_csv(users, null).replace("\n", "\r\n") if null else as_csv(users), rows


def membership(algorithm):
    salts = ["bEtiVGhPNlZpcUN4a3ExTg==", "AAECAwQFBgcICQoLDA0ODw=="]
    digests = [made("aspnet_membership", password, "mono", f"aspnet_membership${algorithm}${salt}$").split("$")[-1] for password, salt in zip(["juniper-Falcon-73", "crème-brûlée à 4"], salts)]
    accounts = [
        ("hashed", "juniper-Falcon-73", digests[0], salts[0], 1, "match"),
        ("hashed, with accents", "crème-brûlée à 4", digests[1], salts[1], 1, "match"),
        ("a format that is no digest: clear", "Not-A-Digest-1", "Not-A-Digest-1", salts[0], 0, "problem"),
        ("a format that is no digest: encrypted", "juniper-Falcon-73", digests[0], salts[0], 2, "problem"),
        ("masked", "juniper-Falcon-73", "*" * len(digests[0]), salts[0], 1, "problem"),
        ("a space behind", "juniper-Falcon-73", digests[0] + " ", salts[0], 1, "problem"),
        ("the salt of another user", "juniper-Falcon-73", digests[0], salts[1], 1, "mismatch"),
    ]
    users, rows = [], []
    for number, (note, password, digest, salt, form, outcome) in enumerate(accounts, 1):
        users.append({"ApplicationId": uid(900), "UserId": uid(number), "Password": digest, "PasswordFormat": form, "PasswordSalt": salt, "MobilePIN": None, "Email": f"user{number}@example.com", "PasswordQuestion": ABOUT[number % len(ABOUT)], "IsApproved": 1, "CreateDate": "2009-03-01 09:30:00.000"})
        rows.append(row("" if outcome == "problem" else uid(number), note, password, outcome))
    return as_csv(users, "NULL"), rows


# Tables of an application's own.
def own(names):
    accounts = [(name, *vector(name), "match") for name in names] + [("no password", None, None, "unusable")]
    accounts += spoilt(bcrypts()[0][2], BCRYPT[0][0])
    users, rows = [], []
    for number, (note, password, digest, outcome) in enumerate(accounts, 1):
        key = number if number > 1 else LARGE_ID
        users.append({"id": key, "email": f"user{number}@example.com", "name": ABOUT[number % len(ABOUT)], "password_hash": digest, "hasher": note if outcome == "match" else None})
        rows.append(row(key, note, password, outcome))
    return users, rows


FEW = ["bcrypt", "argon2id", "md5", "sha256", "pbkdf2_sha256_django", "phpass", "scrypt_werkzeug"]

MORE = ["argon2d", "fshp", "jasypt", "ldap_smd5", "mosquitto", "nthash", "rabbitmq", "sha512_drupal7", "spring", "tomcat"]


def own_ndjson():
    users, rows = own([*CLERK_HASHERS, *MORE])
    return "".join(json.dumps(user, ensure_ascii=False, separators=(",", ":")) + "\n" for user in users), rows


def own_json():
    users, rows = own(FEW)
    return json_text(users), rows


def own_csv():
    users, rows = own(FEW)
    # As spreadsheets write it: a mark of UTF-8, and line ends of Windows.
    return "\ufeff" + "".join(csv_line(line).replace("\n", "\r\n") + "\r\n" for line in [list(users[0]), *(user.values() for user in users)]), rows


def own_tsv():
    """As PostgreSQL's COPY writes it, with a header."""
    users, rows = own(FEW)
    cell = lambda value: "\\N" if value is None else str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")  # noqa: E731
    return "".join("\t".join(map(cell, line)) + "\n" for line in [list(users[0]), *(user.values() for user in users)]), rows


OWN = "A table of an application's own, with digests of vectors/*.json"
SAMPLES = [
    Sample("firebase/users.json", "Firebase; digests of firebase-scrypt (npm)", f"firebase auth:export --format=json, {DOCUMENTED}", firebase_json, {"firebase/hash-config.txt": FIREBASE_BLOCK}, config=FIREBASE_CONFIG),
    Sample("firebase/users.csv", "Firebase; digests of firebase-scrypt (npm)", f"firebase auth:export --format=csv, {DOCUMENTED}", firebase_csv, config=FIREBASE_CONFIG),
    Sample("supabase/users.csv", "Supabase; digests of libxcrypt, argon2-cffi, firebase-scrypt", f"COPY auth.users TO … CSV HEADER, {DOCUMENTED}", supabase_csv),
    Sample("supabase/users.json", "Supabase; digests of libxcrypt, argon2-cffi, firebase-scrypt", f"the JSON of its table editor, {DOCUMENTED}", supabase_json),
    Sample("clerk/users.csv", "Clerk; digests of vectors/*.json", f"the export of its dashboard, {DOCUMENTED}", clerk),
    Sample("auth0/users.ndjson", "Auth0; digests of libxcrypt", f"the export of its support, {DOCUMENTED}", auth0_lines),
    Sample("auth0/import.json", "Auth0; digests of vectors/*.json", f"the schema of bulk imports, {DOCUMENTED}", auth0_import),
    Sample("keycloak/realm.json", "Keycloak; digests of OpenSSL and argon2-cffi", f"kc.sh export --users realm_file, {DOCUMENTED}", lambda: keycloak(False)),
    Sample("keycloak/otp-first.json", "Keycloak; digests of OpenSSL and argon2-cffi", f"kc.sh export --users realm_file, {DOCUMENTED}", lambda: keycloak(True)),
    Sample("aspnet/AspNetUsers.csv", "ASP.NET Identity; digests of Mono and OpenSSL", "SQL Server Management Studio, results saved as CSV, by its documentation", lambda: aspnet("NULL")),
    Sample("aspnet/AspNetUsers.postgresql.csv", "ASP.NET Identity; digests of Mono and OpenSSL", "COPY \"AspNetUsers\" TO … CSV HEADER, by its documentation", lambda: aspnet("")),
    Sample("aspnet-membership/sha1.csv", "ASP.NET membership; digests of Mono", "SQL Server Management Studio, results saved as CSV, by its documentation", lambda: membership("SHA1"), options={"algorithm": "SHA1"}),
    Sample("aspnet-membership/hmac-sha256.csv", "ASP.NET membership; digests of Mono", "SQL Server Management Studio, results saved as CSV, by its documentation", lambda: membership("HMACSHA256"), options={"algorithm": "HMACSHA256"}),
    Sample("ndjson/users.ndjson", OWN, "one object a line", own_ndjson),
    Sample("json/users.json", OWN, "a list of objects", own_json),
    Sample("csv/users.csv", OWN, "as spreadsheets write it", own_csv),
    Sample("tsv/users.tsv", OWN, "COPY users TO … WITH HEADER, by PostgreSQL's documentation", own_tsv),
]
