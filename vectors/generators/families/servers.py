"""What servers keep of their users."""

from families.pbkdf2_rows import HEX_SALTS, LENGTH, RAW_SALTS, ROUNDS, TEXT, row, same
from fields import Base64, Hex, Layout, Word

COUCHDB = {"-": "sha1", ":sha-": "sha1", ":sha224-": "sha224", ":sha256-": "sha256", ":sha384-": "sha384", ":sha512-": "sha512"}
ALGORITHMS = same("sha1", "md5", "sha256", "sha512", "sha224", "sha384")


class CouchdbLayout(Layout):
    """The digest's name and a hyphen, or a hyphen alone, stand behind one prefix."""

    def pattern_of(self, name):
        return "(?P<algorithm>[:a-z0-9]*-)" if name == "algorithm" else super().pattern_of(name)


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
]
