"""The rows that the presets are tested with: src/builders/presets/presets.fixture.json.

    vectors/generators/.venv/bin/python vectors/generators/presets.py > src/builders/presets/presets.fixture.json

Each row says what made its digest: the example of a module of hashcat (d3983edaf22f5370d1bb136c930460bcad2d9f6e), the documents of Flarum's
extension, the tests of a gem of Ruby or its source, run unchanged (Ruby 3.1.2), or PHP, which must agree with Python's hashlib and
bcrypt, and by itself makes Argon2 and crypt(3). PHP's salts of bcrypt and Argon2 are new in each run.
"""

import base64
import hashlib
import json
import subprocess
import sys
import unicodedata

import bcrypt

PASSWORD = "Crème brûlée 9"
SALT = "Yz-salt_9$,%'"
GEM_SALT = "Yz-salt_9$,%"
KEY = "site key"
rows = []


def row(preset, source, password, columns, key=None):
    rows.append({"preset": preset, "source": source, "password": password, "siteKey": key, "columns": columns})


def hashcat(preset, mode, columns, key=None):
    row(preset, f"hashcat, mode {mode}", "hashcat", columns, key)


def php(code):
    """What PHP prints of an expression, in which $p, $s and $k are the password, the salt and the site key."""
    given = f"$p={literal(PASSWORD)};$s={literal(SALT)};$k={literal(KEY)};"
    return subprocess.run(["php", "-r", f"{given}echo {code};"], check=True, capture_output=True, text=True).stdout


def literal(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def hashed(name, *texts):
    return hashlib.new(name, "".join(texts).encode()).hexdigest()


def base64_of(digits):
    return base64.b64encode(bytes.fromhex(digits)).decode()


def both(preset, code, expected, columns, key=None):
    """A row whose digest PHP and hashlib compute. `columns` makes the columns of it."""
    made = php(code)
    if made != expected:
        sys.exit(f"{preset}: PHP and hashlib do not agree.")
    row(preset, "PHP and hashlib", PASSWORD, columns(made), key)


def inner(preset, code, value, columns=None, key=None, password=PASSWORD):
    """A row whose digest is PHP's bcrypt of a value, which Python's bcrypt verifies. `code` makes the value in PHP."""
    made = php(f"password_hash({code}, PASSWORD_BCRYPT, ['cost' => 4])")
    if not bcrypt.checkpw(value.encode(), made.encode()):
        sys.exit(f"{preset}: PHP and bcrypt do not agree.")
    row(preset, "PHP and bcrypt", password, {"digest": made, **(columns or {})}, key)


def argon2(preset, code):
    """A row whose digest is PHP's Argon2id of a value."""
    options = "['memory_cost' => 64, 'time_cost' => 1, 'threads' => 1]"
    row(preset, "PHP", PASSWORD, {"digest": php(f"password_hash({code}, PASSWORD_ARGON2ID, {options})")})


def salted(made):
    return {"digest": made, "salt": SALT}


def alone(made):
    return {"digest": made}


hashcat("vbulletin", 2611, {"digest": "28f9975808ae2bdc5847b1cda26033ea", "salt": "308"})
hashcat("vbulletin", 2711, {"digest": "0844fbb2fdeda31884a7a45ec2010bb6", "salt": "324410183853308365427804872426"})
hashcat("vbulletin", 25600, {"digest": "$2a$05$/VT2Xs2dMd8GJKfrXhjYP.DkTjOVrY12yDN7/6I8ZV0q/1lEohLru"})
both("vbulletin", "md5(md5($p).$s)", hashed("md5", hashed("md5", PASSWORD), SALT), salted)
TOKEN = hashed("md5", hashed("md5", PASSWORD), SALT)
both("vbulletin", "md5(md5($p).$s).' '.$s", f"{TOKEN} {SALT}", alone)
inner("vbulletin", "md5($p)", hashed("md5", PASSWORD))
argon2("vbulletin", "md5($p)")
for preset in ["mybb", "ipb"]:
    hashcat(preset, 2811, {"digest": "022f7e02b3314f7d0968f73c00ba759f", "salt": "67588"})
    both(preset, "md5(md5($s).md5($p))", hashed("md5", hashed("md5", SALT), hashed("md5", PASSWORD)), salted)
inner("ipb", "$p", PASSWORD)
hashcat("smf", 121, {"digest": "d27c0a627a45db487af161fcc3a4005d88eb8a1f", "username": "25551135"})
both(
    "smf",
    "sha1(strtolower('Ada.Lovelace').$p)",
    hashed("sha1", "ada.lovelace", PASSWORD),
    lambda made: {"digest": made, "username": "Ada.Lovelace"},
)
inner("smf", "'ada, l. $9%'.$p", "ada, l. $9%" + PASSWORD, {"username": "Ada, L. $9%"})
inner("smf", "'ödön'.$p", "ödön" + PASSWORD, {"username": "Ödön"})
both("phpbb2", "md5($p)", hashed("md5", PASSWORD), alone)
hashcat("punbb", 4522, {"digest": "9038129c474caa3f0de56f38db84033d0fe1d4b8", "salt": "365563602032"})
both("punbb", "sha1($s.sha1($p))", hashed("sha1", SALT, hashed("sha1", PASSWORD)), salted)
both("punbb", "sha1($p)", hashed("sha1", PASSWORD), lambda made: {"digest": made, "salt": None})
both("punbb", "md5($p)", hashed("md5", PASSWORD), alone)
WBB = "5037864764153886517871426607441768004150"
hashcat("wbb3", 8400, {"digest": "7f8d1951fe48ae3266980c2979c141f60e4415e5", "salt": WBB})
TWICE = hashed("sha1", SALT, hashed("sha1", SALT, hashed("sha1", PASSWORD)))
both("wbb3", "sha1($s.sha1($s.sha1($p)))", TWICE, salted)
both("xenforo", "hash('sha256', hash('sha256', $p).$s)", hashed("sha256", hashed("sha256", PASSWORD), SALT), salted)
both("xenforo", "sha1(sha1($p).$s)", hashed("sha1", hashed("sha1", PASSWORD), SALT), salted)
hashcat("joomla", 11, {"digest": "b78f863f2c67410c41e617f724e22f34:89384528665349271307465505333378"})
both("joomla", "md5($p.$s).':'.$s", hashed("md5", PASSWORD, SALT) + f":{SALT}", alone)
both("joomla", "md5($p)", hashed("md5", PASSWORD), alone)
both("joomla", "md5($p).':'", hashed("md5", PASSWORD) + ":", alone)
both("joomla", "'{SHA256}'.hash('sha256', $p.$s).':'.$s", "{SHA256}" + hashed("sha256", PASSWORD, SALT) + f":{SALT}", alone)
hashcat("joomla", 400, {"digest": "$P$984478476IagS59wHZvyQMArzfx58u."})
inner("joomla", "$p", PASSWORD)
hashcat("opencart", 13900, {"digest": "058c1c3773340c8563421e2b17e60eb7c916787e", "salt": "827500576"})
both("opencart", "sha1($s.sha1($s.sha1($p)))", TWICE, salted)
both("opencart", "md5($p)", hashed("md5", PASSWORD), lambda made: {"digest": made, "salt": ""})
inner("opencart", "$p", PASSWORD, {"salt": "of old releases"})
hashcat("oscommerce", 21, {"digest": "e983672a03adcc9767b24584338eb378:00"})
both("oscommerce", "md5($p)", hashed("md5", PASSWORD), alone)
both("oscommerce", "md5($s.$p).':'.$s", hashed("md5", SALT, PASSWORD) + f":{SALT}", alone)
both("oscommerce", "hash('sha256', $s.$p).':'.$s", hashed("sha256", SALT, PASSWORD) + f":{SALT}", alone)
inner("oscommerce", "$p", PASSWORD)
PRESTASHOP = "27167508161455764247627144160038845437138252877014827848"
hashcat("prestashop", 11000, {"digest": "f22cade043e7214200206dbffca49fd9"}, PRESTASHOP)
both("prestashop", "md5($k.$p)", hashed("md5", KEY, PASSWORD), alone, KEY)
inner("prestashop", "$p", PASSWORD)
both("magento1", "md5($s.$p).':'.$s", hashed("md5", SALT, PASSWORD) + f":{SALT}", alone)
both("magento1", "md5($p)", hashed("md5", PASSWORD), alone)
for name in ["sha256", "sha512"]:
    both("magento1", f"hash('{name}', $s.$p).':'.$s", hashed(name, SALT, PASSWORD) + f":{SALT}", alone)
    both("magento1", f"hash('{name}', $p)", hashed(name, PASSWORD), alone)
inner("magento1", "$p", PASSWORD)

# Published by shopware/SwagMigrationMagento, tests/Profile/Magento19/PasswordEncoder.
MAGENTO = "tests of SwagMigrationMagento"
for digest in [
    "50d76f38cd475aa3210cebf77db3d3c0:SALT",
    "119bbb83956d4e609498e1bd70004c015a39a8769b109232358cc5118a495150:SALT",
]:
    row("magento1", MAGENTO, "shopware", {"digest": digest})

# Shopware's LegacyEncoder/Sha256.php: from 0 to the number in the column, both included.
ROUNDS = "(function ($n) use ($p, $s) { for ($h = '', $i = 0; $i <= $n; ++$i) $h = hash('sha256', $h.$p.$s); return \"$n:$s:$h\"; })"
for count in [0, 1, 3, 1000]:
    value = ""
    for _ in range(count + 1):
        value = hashed("sha256", value, PASSWORD, SALT)
    both("shopware", f"{ROUNDS}({count})", f"{count}:{SALT}:{value}", alone)
# What the systems' own files compute, unchanged, with the classes that they import left empty:
#     Shopware's Password/LegacyEncoder/Sha256.php (025859eade6811d8c2f3dc696b60bbdbe04b715b)
#     CodeIgniter Shield's Authentication/Passwords.php (001966364a6cfce17804df25c2584e933dac83b3)
#     Question2Answer's qa-include/db/users.php, qa_db_calc_passcheck
for digest in [
    "3:Yz-salt_9$,%:9269242da42ca066929b0c2bdf62f4ee9e1a4b659fd482c884548d617376e071",
    "1000:Yz-salt_9$,%:6d9c074579da28f3abd9060f5b7fabea66e8a1f3b4cfa9add3a0252e6b30948e",
]:
    row("shopware", "Shopware's own source", PASSWORD, {"digest": digest})
for digest in [
    "$2y$04$yaW5SlhgM1Uv950YTnLoD..4W7Bq/16WzWlHIvrusy.ZP/MCeO2SC",
    "$argon2id$v=19$m=64,t=1,p=1$WHpDLk1PeFh1RWJobzhRdg$0Wn+0CpJKtj2WYZ1LlggXdskKbRKcW5mGwXZlXWLvxY",
]:
    row("codeigniterShield", "Shield's own source", PASSWORD, {"digest": digest})
row(
    "question2answer",
    "Question2Answer's own source",
    PASSWORD,
    {"digest": "6f083c879e195e527c68e91fb7be2a6a0d3c04a8", "salt": "abcdefgh-ijklmn9"},
)
both("shopware", "md5($p.$s).':'.$s", hashed("md5", PASSWORD, SALT) + f":{SALT}", alone)
both("shopware", "md5($p)", hashed("md5", PASSWORD), alone)
inner("shopware", "$p", PASSWORD)
both("moodle", "md5($p.$k)", hashed("md5", PASSWORD, KEY), lambda made: {"digest": made, "siteKey": True}, KEY)
both("moodle", "md5($p)", hashed("md5", PASSWORD), lambda made: {"digest": made, "siteKey": False})
inner("moodle", "$p", PASSWORD, {"siteKey": True})
row("moodle", "PHP", PASSWORD, {"digest": php("crypt($p, '$6$rounds=10000$saltsalt$')"), "siteKey": False})
row("moodle", "PHP", PASSWORD, {"digest": php("crypt($p.$k, '$6$rounds=10000$saltsalt$')"), "siteKey": True}, KEY)
both("cakephp", "sha1($k.$p)", hashed("sha1", KEY, PASSWORD), alone, KEY)
inner("cakephp", "$p", PASSWORD)
REDMINE = "28246535720688452723483475753333"
hashcat("redmine", 4521, {"digest": "c18e826af2a78c7b9b7261452613233417e65817", "salt": REDMINE})
both("redmine", "sha1($s.sha1($p))", hashed("sha1", SALT, hashed("sha1", PASSWORD)), salted)
both("redmine", "sha1($p)", hashed("sha1", PASSWORD), lambda made: {"digest": made, "salt": ""})
both(
    "question2answer",
    "sha1(substr('abcdefgh-ijklmn9', 0, 8).$p.substr('abcdefgh-ijklmn9', 8))",
    hashed("sha1", "abcdefgh", PASSWORD, "-ijklmn9"),
    lambda made: {"digest": made, "salt": "abcdefgh-ijklmn9"},
)
inner("question2answer", "$p", PASSWORD, {"salt": None})
for name in ["sha1", "sha256", "sha384", "sha512"]:
    both("nopcommerce", f"strtoupper(hash('{name}', $p.$s))", hashed(name, PASSWORD, SALT).upper(), salted)
WSO2 = "base64_encode(hash('sha256', {}, true))"
both("wso2", WSO2.format("$p.$s"), base64_of(hashed("sha256", PASSWORD, SALT)), salted)
both("wso2", WSO2.format("$p"), base64_of(hashed("sha256", PASSWORD)), lambda made: {"digest": made, "salt": None})
SHIELD = "base64_encode(hash('sha384', $p, true))"
inner("codeigniterShield", SHIELD, base64_of(hashed("sha384", PASSWORD)))
argon2("codeigniterShield", SHIELD)
hashcat("suitecrm", 25600, {"digest": "$2a$05$/VT2Xs2dMd8GJKfrXhjYP.DkTjOVrY12yDN7/6I8ZV0q/1lEohLru"})
inner("suitecrm", "strtolower(md5($p))", hashed("md5", PASSWORD))
for setting in ["$1$saltsalt$", "$5$rounds=1000$saltsalt$", "$6$rounds=1000$saltsalt$"]:
    row("suitecrm", "PHP", PASSWORD, {"digest": php(f"crypt(strtolower(md5($p)), '{setting}')")})
both("suitecrm", "md5($p)", hashed("md5", PASSWORD), alone)
LIGATURE = "\ufb01x \u2167 9"
NORMAL = unicodedata.normalize("NFKC", LIGATURE)
inner("synapse", literal(NORMAL) + ".$k", NORMAL + KEY, {"siteKey": True}, KEY, LIGATURE)
inner("synapse", literal(NORMAL), NORMAL, {"siteKey": False}, None, LIGATURE)

FLARUM = "documents of migratetoflarum/old-passwords"
BATTERY = "correcthorsebatterystaple"
for columns in [
    {"type": "bcrypt", "password": "$2y$10$pUdywYeC2WZxZROQK0SPIu7x58OdO/aLxKnHRlfB8lni0aS6EEWdu"},
    {"type": "phpass", "password": "$P$Bdjwj4JGIZcMz02HOu69ULVYMPOMK5."},
    {"type": "phpass", "password": "$2y$10$pUdywYeC2WZxZROQK0SPIu7x58OdO/aLxKnHRlfB8lni0aS6EEWdu"},
    {"type": "md5", "password": "e9f5bd2bae1c70770ff8c6e6cf2d7b76"},
    {"type": "md5", "password": "eefda52fc6b3747b14b563cef9c95062", "salt-before": "12345678"},
    {"type": "md5", "password": "72d4f016727f69dcfb736fee65b079c8", "salt-after": "12345678"},
    {"type": "md5-bcrypt", "password": "$2y$10$WTM5g/fgvJULmERFBpuv1.zqupDwav0/orAot5gWTpZ0xSCkW6tkq"},
    {"type": "md5-double", "password": "75ed2cf45b78dfaa65915d83b73cee9b", "salt-before": "12345678"},
    {
        "type": "md5-double-bcrypt",
        "password": "$2y$10$aws79gtmfZzV8/ikoJSCyuIVLDKlStBRvNDdJqAr1r6k4ZYjZmcC2",
        "salt-before": "12345678",
    },
    {"type": "sha1", "password": "bfd3617727eab0e800e62a776c76381defbc4145"},
    {"type": "sha1-bcrypt", "password": "$2y$10$b.K9J5Cc7FBJxtuy/hL/vuypT/2vn5jM42M6vpCFIKBfz9n.HAG2a"},
    {"type": "sha1-double", "password": "7e7247394d9283ce8b0cf6f862eae667668f1489", "salt-before": "12345678"},
    {
        "type": "sha1-double-bcrypt",
        "password": "$2y$10$vtO9973AbQKq2vb9c0zH/OZxUNNagPxrZydMpQelU4L07BJG1Z8cm",
        "salt-before": "12345678",
    },
    {"type": "kmd5", "password": "caecd5d8c1e3fd9212c2c1cb348fedaed1"},
]:
    row("flarumOldPassword", FLARUM, BATTERY, columns)
row(
    "flarumOldPassword",
    "tests of migratetoflarum/old-passwords",
    "test",
    {"type": "kmd5", "password": "067982a29f29fb39Fgec78f351c521f0ea"},
)
both(
    "flarumOldPassword",
    "sha1($s.sha1($p).$k)",
    hashed("sha1", SALT, hashed("sha1", PASSWORD), KEY),
    lambda made: {"type": "sha1-double", "password": made, "salt-before": SALT, "salt-after": KEY},
)

# hashcat's examples of what a system computes, in modes that are not named after it.
hashcat("phpbb2", 0, {"digest": "8743b52063cd84097a65d1633f5c74f5"})
hashcat("moodle", 10, {"digest": "3d83c8e717ff0e7ecfe187f088d69954", "siteKey": True}, "343141")
hashcat("cakephp", 120, {"digest": "a428863972744b16afef28e0087fc094b44bb7b1"}, "465727565")
hashcat(
    "xenforo",
    20710,
    {
        "digest": "bfede293ecf6539211a7305ea218b9f3f608953130405cda9eaba6fb6250f824",
        "salt": "7218532375810603",
    },
)
hashcat("xenforo", 4510, {"digest": "9138d472fce6fe50e2a32da4eec4ecdc8860f4d5", "salt": "hashcat1"})
hashcat(
    "nopcommerce", 110, {"digest": "848952984db93bdd2d0151d4ecca6ea44fcf49e3".upper(), "salt": "30007548152"}
)
hashcat(
    "nopcommerce",
    1710,
    {
        "digest": (
            "3f749c84d00c6f94a6651b5c195c71dacae08f3cea6fed760232856cef701f7b"
            "f60d7f38a587f69f159d4e4cbe00435aeb9c8c0a4927b252d76a744e16e87e91"
        ).upper(),
        "salt": "388026522082",
    },
)
SHA256 = "5bb7456f43e3610363f68ad6de82b8b96f3fc9ad24e9d1f1f8d8bd89638db7c0"
hashcat("wso2", 1410, {"digest": base64_of(SHA256), "salt": "12480864321"})
BCRYPT = "$2a$05$MBCzKhG1KhezLh.0LRa0Kuw12nLJtpHy6DIaU.JAnqJUDYspHC.Ou"
hashcat("synapse", 3200, {"digest": BCRYPT, "siteKey": False})

# What the gems compute. The folder `lib` of each is in Ruby's path, and the classes are called with the password and the salt:
#     ruby -I lib -r digest -r authlogic/crypto_providers/sha512 -e 'p Authlogic::CryptoProviders::Sha512.encrypt(PASSWORD, SALT)'
#     Sorcery::CryptoProviders::SHA1.join_token = ''   (the default of salt_join_token; the model sets it)
#     Devise::Encryptable::Encryptors::Sha1.digest(PASSWORD, stretches, SALT, pepper)
GEMS = {
    "authlogic": "Authlogic f2c01d453ec7f4ded078483e010f1673dc13d3c6",
    "sorcery": "Sorcery b84f95ad3e45e4b9843df3c6211fce3f57d319d9",
    "deviseEncryptable": "devise-encryptable 902f7966e0edfa1ae3ccccf6c92047f3e680c907",
    "clearance": "devise-encryptable 902f7966e0edfa1ae3ccccf6c92047f3e680c907",
    "restfulAuthentication": "devise-encryptable 902f7966e0edfa1ae3ccccf6c92047f3e680c907",
}
for preset, digest, columns, key in [
    ("authlogic", "2ad9d93a4dbd5c9b4a7c207de31682e8", {"provider": "MD5"}, None),
    ("authlogic", "90fcd68c316bed668f883ccb570a8cf9", {"provider": "MD5", "stretches": 3}, None),
    ("authlogic", "f3f54ea5f91b2815474df75349d8cd2b97d3d666", {"provider": "Sha1"}, None),
    ("authlogic", "62c29aae9430ce77ebba2caade55b90b72402078", {"provider": "Sha1", "stretches": 3}, None),
    ("authlogic", "bbdd8de79de34ab940c322e4dbd1f2a0c6ae48fbc8133c1dcdda922adc514866", {"provider": "Sha256"}, None),
    ("authlogic", "1334c594d7a2f93234e58a555a3e527eb8f2a4021dfa9072f927a6f93f27b59f", {"provider": "Sha256", "stretches": 3}, None),
    ("authlogic", "6fffc59d46a406cb4faf85e33220fe3f5cca6f566623b8678bba8f38c3452db4231be1497ab29277ce96351b115695eb742019f463df04fd4c57a21365b15170", {"provider": "Sha512"}, None),
    ("authlogic", "9d0c4f7109a554e42e2a6e9344f40b1da3886dc09e0df86b9c86c9b4b5a0a0fd7f5bc9b3a29d6d46622b7880e82b86c52773d43f9887efc5d9c37e818a600e75", {"provider": "Sha512", "stretches": 3}, None),
    ("authlogic", "2ad9d93a4dbd5c9b4a7c207de31682e8", {"provider": "MD5::V2"}, None),
    ("authlogic", "0fb02888b50b0f228858cb1615375cca", {"provider": "MD5::V2", "stretches": 3}, None),
    ("authlogic", "68835a6bf96ebcfa781fef214388d15d5aab06d7", {"provider": "Sha1::V2"}, None),
    ("authlogic", "a355f0451c8fd9e780d5d01b5611d05eec0fce7a", {"provider": "Sha1::V2", "stretches": 3}, None),
    ("authlogic", "ae737df4fe7e219b5b0730bbb05e3a21df73afd90984ab3f9a8c4f9c13730191", {"provider": "Sha256::V2"}, None),
    ("authlogic", "7ebc1b496f9d74a6e95ef025cd24f85423f8a1edea6582e683f995c43efde5e3", {"provider": "Sha256::V2", "stretches": 3}, None),
    ("authlogic", "49ef89a79ec601c9cd60d2894945dfa6572a2272e15ef239180bf11a20cf61fd7f60e1f03248e081b9e46e7aa4269cf290b885a4e970227ed9b614d3fe4d480c", {"provider": "Sha512::V2"}, None),
    ("authlogic", "14aac9ad3b078138545059fec201ec664a1ed920355db3234774f22207b5f14ccc78a6256381c8c75b9cc6f12905104ba6b5670c446cf0870a6af92246be122d", {"provider": "Sha512::V2", "stretches": 3}, None),
    ("sorcery", "2ad9d93a4dbd5c9b4a7c207de31682e8", {"algorithm": "md5"}, None),
    ("sorcery", "39a81d3b6dab19acc2f07c1adf7e1abb", {"algorithm": "md5", "stretches": 7}, None),
    ("sorcery", "679d383caf42357b34d82e8c4927201cbbed0598", {"algorithm": "sha1"}, None),
    ("sorcery", "0b48a97eb3b084dcff6ffcb2d3f10cc3b1449ec6", {"algorithm": "sha1", "stretches": 7}, None),
    ("sorcery", "1ac40370b5e5ada218f965e82887f2b64c667908bbda619f8725cfcabf72c57c", {"algorithm": "sha256"}, None),
    ("sorcery", "93e50c6bafe501bfb9f3e68bdcf2507e0d31e69c142f7b0211984d225f248254", {"algorithm": "sha256", "stretches": 7}, None),
    ("sorcery", "ae6f011760130fd85f87400f1194363c73e307d4ae121c978058511b6ed9ca5f9352dee94bb1d870bd471277a7c670b8eca3776d5f945ce9e8a0220fcc0f9ba0", {"algorithm": "sha512"}, None),
    ("sorcery", "019b4a00ca03ec7729ccc56b8dd6f8e6e41cfc091da5a576c1a3dfb226c8af253700e096e27919935c71a68752ce229030af88eb41c80806ebefbfa073722def", {"algorithm": "sha512", "stretches": 7}, None),
    ("deviseEncryptable", "ffc74f0560f18fb2a6143a431b0b46f6e9f8e20d", {"algorithm": "sha1", "stretches": 1, "siteKey": False}, None),
    ("deviseEncryptable", "d83029fed0f8073c4241fb36b1b3b440d3cd6ee6", {"algorithm": "sha1", "stretches": 1, "siteKey": True}, KEY),
    ("deviseEncryptable", "917c647b568bbdfc175756550b4b9c951d6be3a8", {"algorithm": "sha1", "stretches": 10, "siteKey": False}, None),
    ("deviseEncryptable", "d4daee066415397374675a285636a753d82cf66d", {"algorithm": "sha1", "stretches": 10, "siteKey": True}, KEY),
    ("deviseEncryptable", "02fff5c37f1d8d0d7e8e3ff0c44ed82374fa0302da6d05a463ae56b27f6ceb2e4efca127eac5638e8a83188938909a1f5511726b067f72f3a808c4e651910635", {"algorithm": "sha512", "stretches": 1, "siteKey": False}, None),
    ("deviseEncryptable", "cb221fcd99d501c1963a58ba4a038250d921ae4b23ca601376e711d476e99b86aae2680e50138ad56a56061dbe5d4758bd37ef24d130b530e7a8c4689e2703b9", {"algorithm": "sha512", "stretches": 1, "siteKey": True}, KEY),
    ("deviseEncryptable", "076cb679b8b49e757e64d4727010218e5535a8718256021d93cad4d006c2693f4dae19865341c2fc4d8028926067e626b3175fec6bbfe0565e9a2046671e9819", {"algorithm": "sha512", "stretches": 10, "siteKey": False}, None),
    ("deviseEncryptable", "7879ef3c26f37e5b30b9a93e4b02bb0feea5e9375a3431de0e03fd4eb875ea39125400edafe6698a68d7467c0f5841a0d04300e14132c259478c2e2bfa23f9b3", {"algorithm": "sha512", "stretches": 10, "siteKey": True}, KEY),
    ("clearance", "6b62660f4ec724fd3166338efc78d1f6ca4109fb", {}, None),
    ("restfulAuthentication", "6b62660f4ec724fd3166338efc78d1f6ca4109fb", {"siteKey": False, "stretches": 1}, None),
    ("restfulAuthentication", "df9c12c37f6cacf9cf503a82dd481a46e8e022ea", {"siteKey": True, "stretches": 1}, KEY),
    ("restfulAuthentication", "414c7dc6a1e5d3ba4b2e4b53542352ae1097725d", {"siteKey": False}, None),
    ("restfulAuthentication", "d91ee3c8b0869fbceece990f8d56822852c78828", {"siteKey": True}, KEY),
]:
    row(preset, GEMS[preset], PASSWORD, {"digest": digest, "salt": GEM_SALT, **columns}, key)
# Answers that the tests of the gems publish.
TESTED = "7e3041ebc2fc05a40c60028e2c4901a81035d3cd"
for provider, digest in [
    ("Sha1", "5723d69f7ca1f8d63122c9cef4cf3c10d0482d3e"),
    ("Sha256", "3c4f802953726704088a3cd6d89237e9a279a8e8f43fa6de8549ca54b80b766c"),
    ("Sha512", "9508ba2964d65501aa1d7798e8f250b35f50fadb870871f2bc1f390872e8456e785633d06e17ffa4984a04cfa1a0e1ec29f15c31187b991e591393c6c0bffb61"),
    ("Sha512::V2", "60e86eec0e7f858cc5cc6b42b31a847819b65e06317709ce2779245d0776f18094dff9afbc66ae1e509f2b5e49f4d2ff3f632c8ee7c4683749f5fd028de5b085"),
]:
    row("authlogic", "tests of Authlogic", "test", {"digest": digest, "salt": TESTED, "provider": provider})
DEVISE = "tests of devise-encryptable"
row(
    "authlogic",
    DEVISE,
    "123mudar",
    {
        "digest": "b623c3bc9c775b0eb8edb218a382453396fec4146422853e66ecc4b6bc32d7162ee42074dcb5f180a770dc38b5df15812f09bbf497a4a1b95fe5e7d2b8eb7eb4",
        "salt": "usZK_z_EAaF61Gwkw-ed",
        "provider": "Sha512",
    },
)
row(
    "restfulAuthentication",
    DEVISE,
    "123mudar",
    {
        "digest": "93110f71309ce91366375ea44e2a6f5cc73fa8d4",
        "salt": "48901d2b247a54088acb7f8ea3e695e50fe6791b",
        "siteKey": True,
    },
    "fee9a51ec0a28d11be380ca6dee6b4b760c1a3bf",
)
CLEARANCE = {"digest": "0f40bbae18ddefd7066276c3ef209d40729b0378", "salt": "65c58472c207c829f28c68619d3e3aefed18ab3f"}
row("clearance", DEVISE, "123mudar", CLEARANCE)
hashcat(
    "restfulAuthentication",
    19500,
    {"digest": "d7d5ea3e09391da412b653ae6c8d7431ec273ea2", "salt": "238769868762", "siteKey": True},
    "8962783556527653675",
)
hashcat(
    "restfulAuthentication",
    27200,
    {
        "digest": "3999d08db95797891ec77f07223ca81bf43e1be2",
        "salt": "5dcc47b04c49d3c8e1b9e4ec367fddeed21b7b85",
        "stretches": 1,
        "siteKey": False,
    },
)

print(json.dumps(rows, indent=2, ensure_ascii=False))
