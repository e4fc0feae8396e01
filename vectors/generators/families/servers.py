"""What servers keep of their users, and HMAC as password-hash of npm writes it."""

from families.pbkdf2_rows import HEX_SALTS, LENGTH, RAW_SALTS, ROUNDS, TEXT, row, same
from fields import Base64, Hex, Layout, Number, Word
from write import PASSWORDS, Hasher, password_flags

COUCHDB = {"-": "sha1", ":sha-": "sha1", ":sha224-": "sha224", ":sha256-": "sha256", ":sha384-": "sha384", ":sha512-": "sha512"}
ALGORITHMS = same("sha1", "md5", "sha256", "sha512", "sha224", "sha384")
SIZES = {"md5": 16, "sha1": 20, "sha224": 28, "sha256": 32, "sha384": 48, "sha512": 64}


class CouchdbLayout(Layout):
    """The digest's name and a hyphen, or a hyphen alone, stand behind one prefix."""

    def pattern_of(self, name):
        return "(?P<algorithm>[:a-z0-9]*-)" if name == "algorithm" else super().pattern_of(name)


def password_hash():
    layout = Layout(
        "{algorithm}${salt}${iterations}${checksum}",
        *(Word("algorithm", ALGORITHMS), TEXT, Number("iterations", 1, 10_000, one="iteration"), Hex("checksum", 16, longer=True, strict=True)),
    )

    def values(index):
        return {"algorithm": list(ALGORITHMS)[index % 6], "salt": ["25764f2e", "3I7HRwy7", "b0b95a61"][index % 3], "iterations": [1, 2, 5, 100][index % 4]}

    def parameters(values):
        algorithm = values["algorithm"]
        return {"algorithm": algorithm, "iterations": values["iterations"], "salt": values["salt"].encode(), "length": SIZES[algorithm]}

    return Hasher(
        "sha1_password_hash",
        layout,
        ["password_hash", "openssl", "php"],
        inner=("hmac_loop", lambda password: password, ""),
        flags=lambda password, digest: password_flags(password),
        parameters=parameters,
        matrix=[
            (maker, [index for index in range(len(PASSWORDS)) if index % 2 == turn], lambda index, entry: values(index))
            for turn, maker in enumerate(["openssl", "php"])
        ],
        draw=lambda random: values(random.randrange(1000)),
    )


HASHERS = [
    row(
        "couchdb",
        "",
        layout=CouchdbLayout("-pbkdf2{algorithm}{checksum},{salt},{iterations}", Word("algorithm", COUCHDB), Hex("checksum", 32, strict=True), TEXT, ROUNDS),
        words=COUCHDB,
        salts=HEX_SALTS,
    ),
    row(
        "mosquitto",
        "$7${iterations}${salt}${checksum}",
        *(ROUNDS, Base64("salt", 1, longer=True), Base64("checksum", 64)),
        systems=["mosquitto"],
        draw_salt=lambda random, salt: random.randbytes(12),
        algorithm="sha512",
        salts=[salt for salt in RAW_SALTS if len(salt) == 12] + [bytes(range(64)), bytes(range(12))],
    ),
    row(
        "mediawiki",
        ":pbkdf2:{algorithm}:{iterations}:{keyLength}:{salt}:{checksum}",
        *(Word("algorithm", ALGORITHMS), ROUNDS, LENGTH, Base64("salt", 1, longer=True), Base64("checksum", 16, longer=True)),
        systems=["mediawiki"],
        makers=["mediawiki", "openssl"],
        words=ALGORITHMS,
        salts=RAW_SALTS,
    ),
    password_hash(),
]
