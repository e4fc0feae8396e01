"""PBKDF2 as other systems lay it out: a prefix, fields, and the encodings of salt and checksum. OpenSSL and PHP compute for a
system that is not in `systems`, by its rule."""

from families.pbkdf2 import BLOCK_BYTES, ITERATIONS, MOST, OUTPUT_BYTES, TEXT_SALTS, draw_text
from fields import Base64, Hex, HexNumber, Layout, Number, Text, Word
from write import PASSWORDS, Hasher, fixed_bytes, hmac_flags

ALGORITHMS = {"md5": 16, "sha224": 28, "sha384": 48, "sha3_224": 28, "sha3_256": 32, "sha3_384": 48, "sha3_512": 64, **OUTPUT_BYTES}
ALGORITHMS |= {"sha512_224": 28, "sha512_256": 32, "ripemd160": 20}
BLOCKS = {"md5": 64, "sha224": 64, "sha384": 128, "sha3_224": 144, "sha3_256": 136, "sha3_384": 104, "sha3_512": 72, **BLOCK_BYTES}
BLOCKS |= {"sha512_224": 128, "sha512_256": 128, "ripemd160": 64}
RAW_SALTS = [fixed_bytes(f"pbkdf2 salt {length}", length) for length in (16, 12, 8, 24, 15, 32)]
# These salts are hexadecimal, and are used as that text.
HEX_SALTS = [salt.hex() for salt in RAW_SALTS]
COMPUTING = ["openssl", "php"]

ROUNDS = Number("iterations", 1, MOST, one="iteration")
LENGTH = Number("keyLength", 1, MOST, title="key length", one="byte of the key")
ANY_HEX = Hex("checksum", 16, longer=True, strict=True)
TEXT = Text("salt")


def ab64(name, size, longer=False):
    return Base64(name, size, longer=longer, padded=False, signs="./")


def b64np(name, size):
    return Base64(name, size, longer=True, padded=False)


def as_bytes(values):
    salt = values["salt"]
    return salt if isinstance(salt, bytes) else salt.encode()


def row(name, text, *fields, systems=(), makers=COMPUTING, words=None, algorithm=None, salts=TEXT_SALTS, **more):
    """Makes a family. `words` are the algorithms that a digest can name, `algorithm` is the only one; `length` is the key's, where no
    field has it."""
    known = list(words.values()) if words else [algorithm]
    salt_of, length, rounds = more.get("salt", as_bytes), more.get("length"), more.get("rounds", ITERATIONS)
    draw_salt = more.get("draw_salt", lambda _, salt: salt)
    layout = more.get("layout") or Layout(text, *fields)

    def parameters(values):
        used = values.get("algorithm", algorithm)
        size = len(values["checksum"]) if "checksum" in values else values.get("keyLength", values.get("length", length))
        iterations = more.get("iterations") or values["iterations"]
        return {"algorithm": used, "iterations": iterations, "salt": salt_of(values), "length": size or ALGORITHMS[used]}

    def flags(password, digest):
        used = layout.read(digest).get("algorithm", algorithm)
        found = hmac_flags(password, ALGORITHMS[used], BLOCKS[used])
        return found if systems else [*found, "Rule"]

    def length_of(used):
        return {"keyLength": ALGORITHMS[used]} if "keyLength" in layout.fields else {}

    def values(index, shift):
        used = known[(index // 2 + shift) % len(known)]
        salt, iterations = salts[(index + shift) % len(salts)], rounds[(index * 5 + shift) % len(rounds)]
        return {"algorithm": used, "salt": salt, "iterations": iterations, **length_of(used)}

    def draw(random):
        used = random.choice(known)
        drawn = random.randbytes(random.randrange(1, 24)) if isinstance(salts[0], bytes) else draw_text(random)
        # A system may take one count alone, the last of its row.
        iterations = random.choice([random.randrange(1, 200), rounds[-1]])
        return {"algorithm": used, "salt": draw_salt(random, drawn), "iterations": iterations, **length_of(used)}

    first = [index for index, entry in enumerate(PASSWORDS) if index % 2 == 0 and not (more.get("text_only") and "passwordHex" in entry)]
    matrix = [
        (makers[0], first, lambda index, entry: values(index, 0)),
        (makers[1], [index for index in range(len(PASSWORDS)) if index not in first], lambda index, entry: values(index, 3)),
    ]
    return Hasher(
        name,
        layout,
        [*systems, *COMPUTING],
        inner=("pbkdf2", lambda password: password, ""),
        flags=flags,
        parameters=parameters,
        matrix=matrix,
        draw=draw,
        asked=more.get("asked"),
    )


def configuration(values):
    """PBKDF2.py salts with all that stands before the checksum."""
    iterations = "" if values["iterations"] == 400 else f"{values['iterations']:x}"
    return f"$p5k2${iterations}${values['salt']}".encode()


class DefaultRounds(HexNumber):
    """Iterations, of which 400 are written as an empty field."""

    def encode(self, value):
        return "" if value == 400 else super().encode(value)

    def decode(self, text):
        return super().decode(text or "190")

    def damages(self, text):
        rows = [row for row in super().damages(text) if row[1] != ""]
        return [*rows, ("The default spelled out.", "190", "canonical", "BadNumber")]


def gitea_salt(values):
    return values["salt"].encode() if len(values["salt"].encode()) == 10 else bytes.fromhex(values["salt"])


def same(*names):
    return {name: name for name in names}


KRATOS = {"sha1": "sha1", "sha224": "sha3_224", "sha256": "sha256", "sha384": "sha3_384", "sha512": "sha512"}
PASSWAP = {"sha384": "sha384", "sha224": "sha224"}
PASSPORT = same("sha256", "sha1", "sha512", "md5", "sha224", "sha384")
WERKZEUG = same("sha256", "sha1", "sha512", "md5", "sha224", "sha384", "sha3_224", "sha3_256", "sha3_384", "sha3_512")
WERKZEUG |= same("sha512_224", "sha512_256", "ripemd160")
PHC = "$i={iterations},l={keyLength}${salt}${checksum}"
THREE = "{iterations}${salt}${checksum}"


def passlib(name, prefix, algorithm):
    fields = ROUNDS, ab64("salt", 1), ab64("checksum", ALGORITHMS[algorithm])
    return row(name, prefix + THREE, *fields, systems=["passlib"], makers=["passlib", "php"], algorithm=algorithm, salts=RAW_SALTS)


HASHERS = [
    row(
        "pbkdf2_sha512_hex",
        "pbkdf2_sha512_hex$" + THREE,
        *(ROUNDS, Hex("salt", 1, longer=True), Hex("checksum", 16, longer=True)),
        algorithm="sha512",
        salts=RAW_SALTS,
    ),
    row(
        "pbkdf2_sha1_django",
        "pbkdf2_sha1$" + THREE,
        *(ROUNDS, TEXT, Base64("checksum", 20)),
        systems=["django", "passlib"],
        makers=["django", "php"],
        algorithm="sha1",
    ),
    row(
        "pbkdf2_werkzeug",
        "pbkdf2:{algorithm}:" + THREE,
        *(Word("algorithm", WERKZEUG), ROUNDS, TEXT, Hex("checksum", 32, strict=True)),
        systems=["werkzeug"],
        makers=["werkzeug", "php"],
        words=WERKZEUG,
        text_only=True,
    ),
    passlib("pbkdf2_sha1_passlib", "$pbkdf2$", "sha1"),
    passlib("pbkdf2_sha256_passlib", "$pbkdf2-sha256$", "sha256"),
    passlib("pbkdf2_sha512_passlib", "$pbkdf2-sha512$", "sha512"),
    row(
        "pbkdf2_sha512_grub",
        "grub.pbkdf2.sha512.{iterations}.{salt}.{checksum}",
        *(ROUNDS, Hex("salt", 1, longer=True, upper=True), Hex("checksum", 16, longer=True, upper=True)),
        systems=["passlib"],
        makers=["passlib", "php"],
        algorithm="sha512",
        salts=RAW_SALTS,
    ),
    row(
        "pbkdf2_mattermost",
        "$pbkdf2$f=SHA256,w={iterations},l={keyLength}${salt}${checksum}",
        *(ROUNDS, LENGTH, b64np("salt", 1), b64np("checksum", 16)),
        algorithm="sha256",
        salts=RAW_SALTS,
    ),
    row(
        "pbkdf2_kratos",
        "$pbkdf2-{algorithm}" + PHC,
        *(Word("algorithm", KRATOS), ROUNDS, LENGTH, b64np("salt", 1), b64np("checksum", 16)),
        words=KRATOS,
        salts=RAW_SALTS,
    ),
    row(
        "pbkdf2_passwap",
        "$pbkdf2-{algorithm}$" + THREE,
        *(Word("algorithm", PASSWAP), ROUNDS, ab64("salt", 1), ab64("checksum", 16, longer=True)),
        words=PASSWAP,
        salts=RAW_SALTS,
    ),
    row(
        "pbkdf2_password_hash_and_salt",
        "pbkdf2${iterations}${checksum}${salt}",
        *(ROUNDS, Hex("checksum", 64, strict=True), Hex("salt", 1, longer=True, strict=True)),
        systems=["npm_password_hash"],
        algorithm="sha1",
        salts=RAW_SALTS,
        length=64,
        rounds=[*ITERATIONS[:5], 10_000],
    ),
    row(
        "pbkdf2_sha1_cta",
        "$p5k2$" + THREE,
        *(HexNumber("iterations", 1, MOST, one="iteration"), Base64("salt", 1, signs="-_"), Base64("checksum", 20, signs="-_")),
        systems=["passlib"],
        makers=["passlib", "php"],
        algorithm="sha1",
        salts=RAW_SALTS,
    ),
    row(
        "pbkdf2_sha1_dlitz",
        "$p5k2$" + THREE,
        *(DefaultRounds("iterations", 1, MOST, one="iteration"), TEXT, ab64("checksum", 24)),
        systems=["passlib"],
        makers=["passlib", "php"],
        algorithm="sha1",
        salts=["seasalt", "kR8vQ2mXw0Lz", "T5hYcJ9pBn3Ds7Gf1VaEuK", "Q", "./", "xQeSaltForTests"],
        salt=configuration,
        length=24,
        rounds=[*ITERATIONS[:5], 400],
    ),
    row(
        "pbkdf2_sha512_symfony",
        "pbkdf2_sha512_symfony$" + THREE,
        *(ROUNDS, TEXT, Base64("checksum", 16, longer=True)),
        systems=["symfony"],
        algorithm="sha512",
        length=40,
    ),
    row(
        "pbkdf2_passport_local_mongoose",
        "pbkdf2_passport_local_mongoose${algorithm}$" + THREE,
        *(Word("algorithm", PASSPORT), ROUNDS, TEXT, ANY_HEX),
        systems=["passport_local_mongoose"],
        words=PASSPORT,
        salts=HEX_SALTS,
        length=64,
    ),
    row("pbkdf2_payload", "pbkdf2_payload$" + THREE, ROUNDS, TEXT, ANY_HEX, algorithm="sha256", salts=HEX_SALTS),
    row("grafana", "grafana$" + THREE, ROUNDS, TEXT, Hex("checksum", 50, strict=True), algorithm="sha256", length=50),
    row(
        "gitea",
        "gitea$" + THREE,
        *(ROUNDS, TEXT, ANY_HEX),
        algorithm="sha256",
        salts=[*HEX_SALTS[:4], "kR8vQ2mXw0", "0123456789"],
        salt=gitea_salt,
        length=50,
        draw_salt=lambda random, salt: random.choice([random.randbytes(16).hex(), "kR8vQ2mXw0"]),
    ),
    row("discourse", "discourse$" + THREE, ROUNDS, TEXT, Hex("checksum", 32, strict=True), algorithm="sha256", salts=HEX_SALTS),
]
