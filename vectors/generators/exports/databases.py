"""Tables of applications on MariaDB, as its client, its server and phpMyAdmin write them into files.

MariaDB runs on a socket, not as root. The digests are those of the applications' own code, with fixed salts.
"""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

from exports import BACKSLASH, COMMA, DAMAGES, FORMULA, LARGE_ID, LETTERS, LINES, QUOTES, TAB, Sample, as_nobody, damage, made, row, run
from systems import debian


class Table:
    """`columns` are SQL; `rows` are (id, values of the columns, note, password, outcome)."""

    def __init__(self, name, columns, rows):
        self.name, self.columns, self.rows = name, columns, rows

    def names(self):
        return [column.split()[0].strip("`") for column in self.columns]

    def entries(self):
        return [row(key, note, password, outcome) for key, _, note, password, outcome in self.rows]


def quote(value):
    if value is None or isinstance(value, int):
        return "NULL" if value is None else str(value)
    return "_utf8mb4 x'" + value.encode().hex() + "'" if value else "''"


def query(table, work):
    """What `work` writes of a table in a new database: it is given the arguments of the client, and a folder."""
    folder = tempfile.mkdtemp()
    if os.getuid() == 0:
        os.chown(folder, 65534, 65534)
    server = None
    client = ["mariadb", "--no-defaults", "--user=root", f"--socket={folder}/socket", "--default-character-set=utf8mb4"]
    try:
        run(as_nobody(["mariadb-install-db", "--no-defaults", f"--datadir={folder}/data", "--auth-root-authentication-method=normal", "--skip-test-db"]))
        command = ["mariadbd", "--no-defaults", f"--datadir={folder}/data", f"--socket={folder}/socket", "--skip-networking"]
        server = subprocess.Popen(as_nobody(command), stderr=subprocess.DEVNULL)
        for _ in range(100):
            if subprocess.run([*client, "-e", "SELECT 1"], capture_output=True).returncode == 0:
                break
            time.sleep(0.1)
        columns = ", ".join(table.columns)
        sql = f"CREATE DATABASE site; USE site; SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO'; CREATE TABLE {table.name} ({columns}) CHARACTER SET utf8mb4;"
        for _, values, *_ in table.rows:
            sql += f"\nINSERT INTO {table.name} VALUES ({', '.join(map(quote, values))});"
        run(client, input=sql)
        return work([*client, "site"], pathlib.Path(folder))
    finally:
        if server:
            server.terminate()
            server.wait()
        shutil.rmtree(folder)


def as_batch(table):
    """`mariadb --batch`: tabs between cells, and backslashes before what would end a cell or a row."""
    return lambda client, folder: run([*client, "--batch", "-e", f"SELECT * FROM {table.name}"])


def as_outfile(table):
    """SELECT … INTO OUTFILE, with the header that people put in front by a UNION. A backslash stands before quotes and line ends."""

    def work(client, folder):
        header = ", ".join(f"'{name}'" for name in table.names())
        form = "FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"'"
        run([*client, "-e", f"SELECT {header} UNION ALL SELECT * FROM {table.name} INTO OUTFILE '{folder}/data/out' CHARACTER SET utf8mb4 {form}"])
        return (folder / "data/out").read_text(encoding="utf-8")

    return work


def selected(table):
    """The cells of a table as text, by the client's XML, which says NULL and escapes nothing twice."""

    def work(client, folder):
        import xml.etree.ElementTree as xml

        null = "{http://www.w3.org/2001/XMLSchema-instance}nil"
        tree = xml.fromstring(run([*client, "--xml", "-e", f"SELECT * FROM {table.name}"]))
        return [{field.get("name"): None if field.get(null) == "true" else field.text or "" for field in one} for one in tree]

    return query(table, work)


def as_phpmyadmin_csv(table):
    """phpMyAdmin's CSV with its column names: every cell in quotes but NULL, quotes doubled."""
    cell = lambda text: "NULL" if text is None else '"' + text.replace('"', '""') + '"'  # noqa: E731
    lines = [table.names(), *([one[name] for name in table.names()] for one in selected(table))]
    return "".join(",".join(map(cell, line)) + "\n" for line in lines)


def as_phpmyadmin_json(table):
    """phpMyAdmin's JSON: a list with a header, the database, and the table with its rows, all values text."""
    rows = ",\n".join(json.dumps(one, ensure_ascii=False).replace("/", "\\/") for one in selected(table))
    head = '{"type":"header","version":"5.2.1","comment":"Export to JSON plugin for phpMyAdmin"},\n{"type":"database","name":"site"},\n'
    return f'[\n{head}{{"type":"table","name":"{table.name}","database":"site","data":\n[\n{rows}\n]\n}}\n]\n'


def as_json(table):
    """A list of objects with the names of the columns, as most tools write it; MariaDB's integers are numbers."""
    first = table.names()[0]
    keys = {str(key) for key, *_ in table.rows}
    value = lambda name, text: int(text) if name == first and text in keys else text  # noqa: E731
    return json.dumps([{name: value(name, text) for name, text in one.items()} for one in selected(table)], ensure_ascii=False, indent=1) + "\n"


def wordpress():
    phpass = lambda password, setting: made("phpass_wordpress", password, "wordpress", setting)  # noqa: E731
    new = lambda password, setting: made("bcrypt_wordpress", password, "php", setting)  # noqa: E731
    old = made("md5", "snoopy1987", "php", "")
    spoilt = phpass("Cardigan*Island*2", "$P$BhV9qCwX7")
    users = [
        (1, "phpass", phpass("Giraffe&Umbrella", "$P$BwX7mK2.q"), COMMA, "Giraffe&Umbrella", "match"),
        (2, "phpass.quote", phpass("O'Brien\\7", "$P$B9dR4/ZnY"), QUOTES, "O'Brien\\7", "match"),
        (3, "bcrypt", new("forum-regular-2024", "$wp$2y$10$BuGdsJew8.PzQZZm/8wX5e"), LINES, "forum-regular-2024", "match"),
        (4, "bcrypt.accents", new("crème-brûlée à 4", "$wp$2y$10$Yx3nTqWbV0eKfL7sRz2HuO"), LETTERS, "crème-brûlée à 4", "match"),
        (5, "md5", old, TAB, "snoopy1987", "match"),
        (6, "bcrypt.of.a.plugin", made("bcrypt", "basement-Piano-44", "php", "$2y$10$K4oXeJz8Bs6MtWnQ1yVgRu"), BACKSLASH, "basement-Piano-44", "match"),
        (7, "empty", "", FORMULA, None, "unusable"),
        (8, "mark", "*", "", None, "unusable"),
        *((9 + at, f"damaged-{kind}", damage(kind, spoilt), DAMAGES[kind][0], "Cardigan*Island*2", outcome) for at, (kind, outcome) in enumerate(WORDPRESS_DAMAGE)),
        (LARGE_ID, "large.id", phpass("Pineapple1962", "$P$BxY2pLm7R"), "", "Pineapple1962", "match"),
    ]
    columns = [
        "`ID` bigint(20) unsigned NOT NULL auto_increment PRIMARY KEY",
        "user_login varchar(60) NOT NULL default ''",
        "user_pass varchar(255) NOT NULL default ''",
        "user_nicename varchar(50) NOT NULL default ''",
        "user_email varchar(100) NOT NULL default ''",
        "user_url varchar(100) NOT NULL default ''",
        "user_registered datetime NOT NULL default '0000-00-00 00:00:00'",
        "user_activation_key varchar(255) NOT NULL default ''",
        "user_status int(11) NOT NULL default '0'",
        "display_name varchar(250) NOT NULL default ''",
    ]
    rows = [
        (key, (key, name, digest, name, f"{name}@example.com", "", "2024-03-01 09:30:00", "", 0, about), name, password, outcome)
        for key, name, digest, about, password, outcome in users
    ]
    return Table("wp_users", columns, rows)


WORDPRESS_DAMAGE = [("cut30", "malformed"), ("masked", "malformed"), ("html", "unknown"), ("before", "unknown"), ("behind", "malformed"), ("lower", "unknown"), ("shell", "unknown")]


def damages(digest, password, first, outcomes):
    return [(first + at, f"damaged-{kind}", damage(kind, digest), DAMAGES[kind][0], password, outcome) for at, (kind, outcome) in enumerate(outcomes)]


def table(name, columns, fill, users):
    """A table of users (key, name, digest, another column, password, outcome); `fill` gives the values of its columns."""
    return Table(name, columns, [(key, fill(key, login, digest, about), login, password, outcome) for key, login, digest, about, password, outcome in users])


def drupal():
    new = lambda password, setting: made("sha512_drupal7", password, "php", setting)  # noqa: E731
    users = [
        (0, "", "", "", None, "unusable"),
        (1, "sha512", new("Giraffe&Umbrella", "$S$DsaltsaLt"), COMMA, "Giraffe&Umbrella", "match"),
        (2, "sha512.of.md5", made("sha512_drupal7_md5", "snoopy1987", "php", "U$S$CseaSalty"), QUOTES, "snoopy1987", "match"),
        (3, "phpass.of.md5", made("phpass_drupal7_md5", "BlueBicycle7", "wordpress", "U$P$9saltsalt"), LINES, "BlueBicycle7", "match"),
        (4, "md5", made("md5", "Zitronenkuchen3", "php", ""), LETTERS, "Zitronenkuchen3", "match"),
        (5, "bcrypt", made("bcrypt", "crème-brûlée à 4", "php", "$2y$10$K4oXeJz8Bs6MtWnQ1yVgRu"), BACKSLASH, "crème-brûlée à 4", "match"),
    ]
    users += damages(users[1][2], users[1][4], 6, [("cut", "malformed"), ("masked", "malformed"), ("html", "unknown"), ("before", "unknown"), ("behind", "malformed")])
    columns = ["uid int unsigned NOT NULL PRIMARY KEY", "name varchar(60) NOT NULL", "pass varchar(255) NOT NULL", "mail varchar(254)", "signature varchar(255) NOT NULL", "created int NOT NULL", "status int NOT NULL"]
    return table("users", columns, lambda key, login, digest, about: (key, login, digest, f"{login}@example.com", about, 1709285400, 1), users)


def phpbb():
    old = lambda password, setting: made("phpass_phpbb", password, "wordpress", setting)  # noqa: E731
    users = [
        (1, "Anonymous", "", "", None, "unusable"),
        (2, "phpass", old("forum-regular-2009", "$H$9dR4/ZnYc"), COMMA, "forum-regular-2009", "match"),
        (3, "phpass.escaped", old("salt & <pepper>", "$H$9saltsalt"), QUOTES, "salt & <pepper>", "match"),
        (4, "md5", made("md5", "snoopy1987", "php", ""), LINES, "snoopy1987", "match"),
        (5, "bcrypt", made("bcrypt", "crème-brûlée à 4", "php", "$2y$10$K4oXeJz8Bs6MtWnQ1yVgRu"), LETTERS, "crème-brûlée à 4", "match"),
    ]
    users += damages(users[1][2], users[1][4], 6, [("cut30", "malformed"), ("masked", "malformed"), ("html", "unknown"), ("behind", "malformed")])
    columns = ["user_id int unsigned NOT NULL PRIMARY KEY", "username varchar(255) NOT NULL", "user_password varchar(255) NOT NULL", "user_email varchar(100) NOT NULL", "user_sig text NOT NULL"]
    return table("phpbb_users", columns, lambda key, login, digest, about: (key, login, digest, f"{login}@example.com", about), users)


def joomla():
    # MD5 of the password and the salt behind it: the digest that PHP makes, a colon, and the salt.
    salted = made("md5_kratos", "snoopy1987", "php", "$md5$pf=e1BBU1NXT1JEfXtTQUxUfQ==$" + "c2VhU2FsdFdvcmQxMjM0NQ==$")
    checksum = base64.b64decode(salted.rsplit("$", 1)[1]).hex()
    users = [
        (42, "bcrypt", made("bcrypt", "crème-brûlée à 4", "php", "$2y$10$K4oXeJz8Bs6MtWnQ1yVgRu"), COMMA, "crème-brûlée à 4", "match"),
        (43, "phpass", made("phpass", "forum-regular-2009", "wordpress", "$P$9dR4/ZnYc"), QUOTES, "forum-regular-2009", "match"),
        (44, "md5.salted", f"{checksum}:seaSaltWord12345", LINES, "snoopy1987", "match"),
        (45, "none", "", LETTERS, None, "unusable"),
    ]
    users += damages(users[0][2], users[0][4], 46, [("cut", "malformed"), ("masked", "malformed"), ("html", "unknown"), ("behind", "malformed")])
    columns = ["id int NOT NULL PRIMARY KEY", "name varchar(400) NOT NULL", "username varchar(150) NOT NULL", "email varchar(100) NOT NULL", "password varchar(100) NOT NULL", "block tinyint NOT NULL", "registerDate datetime"]
    return table("jos_users", columns, lambda key, login, digest, about: (key, about, login, f"{login}@example.com", digest, 0, "2024-03-01 09:30:00"), users)


def magento():
    new = lambda password, setting: made("magento2", password, "php", setting)  # noqa: E731
    users = [
        (1, "argon2", new("Giraffe&Umbrella", ":seasaltseasalt16:3_32_2_67108864"), COMMA, "Giraffe&Umbrella", "match"),
        (2, "sha256", new("crème-brûlée à 4", ":seasaltseasaltseasaltseasalt3232:1"), QUOTES, "crème-brûlée à 4", "match"),
        (3, "md5", new("snoopy1987", ":sa:0"), LINES, "snoopy1987", "match"),
        (4, "none", None, LETTERS, None, "unusable"),
    ]
    users += damages(users[1][2], users[1][4], 5, [("masked", "unknown"), ("behind", "malformed")])
    columns = ["entity_id int unsigned NOT NULL PRIMARY KEY", "website_id smallint", "email varchar(255)", "firstname varchar(255)", "password_hash varchar(128)", "rp_token varchar(128)"]
    return table("customer_entity", columns, lambda key, login, digest, about: (key, 1, f"{login}@example.com", about, digest, None), users)


def version():
    return f"{mariadb_version()}; digests of WordPress 6.1.9 and 6.8.7"


def mariadb_version():
    return "MariaDB " + run(["mariadb", "--version"]).split("Distrib ")[1].split(",")[0]


def php_version():
    return f"{mariadb_version()}; digests of PHP and of phpass in WordPress 6.1.9"


def sample(name, table, command, form, more=version, **options):
    def make():
        found = table()
        text = form(found)
        return (text if isinstance(text, str) else query(found, text)), [*options.get("before", []), *found.entries()]

    return Sample(name, more, command, make)


SAMPLES = [
    sample("wordpress/wp_users.tsv", wordpress, "mariadb --batch -e 'SELECT * FROM wp_users'", as_batch),
    sample("wordpress/outfile.csv", wordpress, "SELECT … INTO OUTFILE … FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"'", as_outfile),
    sample("wordpress/phpmyadmin.csv", wordpress, "the CSV of phpMyAdmin, by its documentation", as_phpmyadmin_csv),
    sample("wordpress/phpmyadmin.json", wordpress, "the JSON of phpMyAdmin, by its documentation", as_phpmyadmin_json),
    sample("wordpress/wp_users.json", wordpress, "a list of objects with the names of the columns", as_json),
    *[
        one
        for reader, found in [("drupal", drupal), ("phpbb", phpbb), ("joomla", joomla), ("magento", magento)]
        for one in [
            sample(f"{reader}/users.tsv", found, "mariadb --batch -e 'SELECT * FROM …'", as_batch, php_version),
            sample(f"{reader}/users.csv", found, "the CSV of phpMyAdmin, by its documentation", as_phpmyadmin_csv, php_version),
        ]
    ],
]
