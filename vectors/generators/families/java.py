"""Java's systems: a digest of salt and password, then digests of that, of Apache Shiro, Jasypt, Tomcat and Jackrabbit Oak; PBKDF2 of
Tomcat and of Liferay."""

import unicodedata

from families.pbkdf2_rows import ALGORITHMS as OUTPUT_BYTES, BLOCKS as BLOCK_BYTES
from fields import Base64, Hex, Integer, Layout, Number, Packed, Text, Word
from write import PASSWORDS, Hasher, fixed_bytes, hmac_flags, password_flags

ALGORITHMS = {"MD5": 16, "SHA-1": 20, "SHA-256": 32, "SHA-512": 64}
NAMES = list(ALGORITHMS)
BY_LENGTH = {size: name for name, size in ALGORITHMS.items()}
MOST = 2**31 - 1
ITERATIONS = [1, 2, 3, 10, 100, 1000]
SALTS = [fixed_bytes(f"java salt {length}", length) for length in (16, 8, 32, 1, 20, 7)]
TEXTS = [index for index, entry in enumerate(PASSWORDS) if "passwordHex" not in entry]
OTHERS = [index for index, entry in enumerate(PASSWORDS) if "passwordHex" in entry]
ROUNDS = Number("iterations", 1, MOST, one="iteration")


def same(password):
    return password


def picked(values):
    return {name: values[name] for name in ("algorithm", "iterations", "salt")}


def values(index, names=NAMES, salts=SALTS):
    return {"algorithm": names[index % len(names)], "iterations": ITERATIONS[index // 2 % 6], "salt": salts[index // 3 % len(salts)]}


def cells(first, second, chosen, make=values):
    return [(first, chosen[::2], lambda index, entry: make(index)), (second, chosen[1::2], lambda index, entry: make(index + 2))]


def draw(random):
    return {"algorithm": random.choice(NAMES), "iterations": random.randrange(1, 200), "salt": random.randbytes(random.randrange(1, 24))}


SHIRO_NAMES = [*NAMES, "SHA-384"]
SHIRO = Layout(
    "$shiro1${algorithm}${iterations}${salt}${checksum}",
    *(Word("algorithm", {name: name for name in SHIRO_NAMES}), ROUNDS, Base64("salt", 1), Base64("checksum", 32)),
)


def cut_jasypt(data):
    size = 8 if len(data) in (8, 24) else 16
    return {"salt": data[:size], "checksum": data[size:]}


def jasypt_parameters(found):
    algorithm, iterations = ("MD5", 1000) if len(found["salt"]) == 8 else ("SHA-256", 100_000)
    return {"algorithm": algorithm, "iterations": iterations, "salt": found["salt"]}


def jasypt_values(index):
    """The strong one is slow: of a few passwords."""
    return {"salt": fixed_bytes(f"jasypt {index}", 16 if index % 12 == 5 else 8)}


def nfc(password):
    try:
        return unicodedata.normalize("NFC", password.decode()).encode()
    except UnicodeDecodeError:
        return password


TOMCAT = Layout("{salt}${iterations}${checksum}", Hex("salt", 1, longer=True), ROUNDS, Hex("checksum", 16, longer=True))


def tomcat_parameters(found):
    algorithm = BY_LENGTH.get(len(found["checksum"]), "MD5") if "checksum" in found else found.get("algorithm", "SHA-256")
    return {**picked({**found, "algorithm": algorithm})}


def tomcat_pbkdf2_readings(digest):
    found = TOMCAT.read(digest)
    order = {32: ["sha256", "sha1", "sha512"], 64: ["sha512", "sha1", "sha256"]}.get(len(found["checksum"]), ["sha1", "sha256", "sha512"])
    return [{**found, "algorithm": algorithm} for algorithm in order]


def pbkdf2_parameters(found):
    size = len(found["checksum"]) if "checksum" in found else found.get("length", OUTPUT_BYTES[found.get("algorithm", "sha1")])
    return {**picked({"algorithm": "sha1", **found}), "length": size}


def tomcat_pbkdf2_values(index):
    algorithm = ["sha1", "sha256", "sha512"][index % 3]
    return {**values(index), "algorithm": algorithm}


def tomcat_pbkdf2_flags(password, digest):
    algorithm = tomcat_pbkdf2_readings(digest)[0]["algorithm"]
    return hmac_flags(password, OUTPUT_BYTES[algorithm], BLOCK_BYTES[algorithm])


class Oak(Layout):
    """One iteration is not written."""

    def split(self, digest):
        tag, rest = digest[1:].split("}", 1)
        parts = rest.split("-")
        return {"algorithm": tag, "salt": parts[0], "iterations": parts[1] if len(parts) == 3 else "1", "checksum": parts[-1]}

    def put(self, digest, **texts):
        return self.join({**self.split(digest), **texts})

    def write(self, found):
        return self.join({name: field.encode(found[name]) for name, field in self.fields.items()})

    def join(self, texts):
        middle = "" if texts["iterations"] == "1" else texts["iterations"] + "-"
        return f"{{{texts['algorithm']}}}{texts['salt']}-{middle}{texts['checksum']}"


OAK_NAMES = {name: name for name in NAMES if name != "MD5"}
OAK_SALTS = ["9e515755e95513ce", "0123456789abcdef0123456789abcdef", "seasalt", "0", "f00d", "ABCDEF0123456789"]
OAK = Oak("", Word("algorithm", OAK_NAMES), Text("salt"), Number("iterations", 2, MOST, one="iteration"), Hex("checksum", 32, strict=True))


def oak_parameters(found):
    return {**picked(found), "salt": found["salt"].encode()}


class Liferay(Packed):
    """The algorithm in braces in front."""

    def __init__(self, cut, *fields):
        super().__init__("", cut, *fields)
        names = ("SHA1", "SHA224", "SHA256", "SHA384", "SHA512")
        self.fields = {"algorithm": Word("algorithm", {f"{{PBKDF2WithHmac{name}}}": name.lower() for name in names}), **self.packed}

    def split(self, digest):
        self.prefix = digest[: digest.index("}") + 1]
        return {"algorithm": self.prefix, **super().split(digest)}

    def write(self, found):
        return super().write({**found, "keyLength": 8 * len(found["checksum"])})

    def join(self, texts):
        self.prefix = texts["algorithm"]
        return super().join(texts)


def cut_liferay(data):
    """A digest without its checksum has a salt of what there is."""
    start = len(data) - int.from_bytes(data[:4], "big") // 8
    start = start if start >= 16 else len(data)
    return {"keyLength": data[:4], "iterations": data[4:8], "salt": data[8:start], "checksum": data[start:]}


LIFERAY = Liferay(
    cut_liferay,
    Integer("keyLength", 128, 2**32 - 1, title="length of the key"),
    Integer("iterations", 1, MOST, one="iteration"),
    Hex("salt", 8, longer=True),
    Hex("checksum", 16, longer=True),
)


def liferay_values(index):
    algorithm = ["sha1", "sha256", "sha512"][index % 3]
    return {**values(index, salts=SALTS[:2]), "algorithm": algorithm}


def liferay_flags(password, digest):
    algorithm = LIFERAY.read(digest)["algorithm"]
    return [*hmac_flags(password, OUTPUT_BYTES[algorithm], BLOCK_BYTES[algorithm]), "Rule"]


def rule_flags(password, digest):
    return [*password_flags(password), "Rule"]


def pbkdf2_draw(random):
    return {**draw(random), "algorithm": random.choice(["sha1", "sha256", "sha512"]), "salt": random.randbytes(8)}


HASHERS = [
    Hasher(
        "shiro1",
        SHIRO,
        ["shiro", "python"],
        inner=("loop", same, ""),
        parameters=picked,
        matrix=cells("shiro", "python", list(range(len(PASSWORDS)))),
        draw=lambda random: {**draw(random), "algorithm": random.choice(SHIRO_NAMES)},
    ),
    Hasher(
        "jasypt",
        Packed("", cut_jasypt, Hex("salt", 8, longer=True), Hex("checksum", 16, longer=True)),
        ["jasypt", "python"],
        inner=("loop", nfc, ""),
        parameters=jasypt_parameters,
        matrix=[*cells("jasypt", "python", TEXTS, jasypt_values), ("python", OTHERS, lambda index, entry: jasypt_values(0))][:2],
        draw=lambda random: {"salt": random.randbytes(8)},
    ),
    Hasher(
        "tomcat",
        TOMCAT,
        ["tomcat", "python"],
        inner=("loop", same, ""),
        parameters=tomcat_parameters,
        matrix=[*cells("tomcat", "python", TEXTS)],
        draw=draw,
    ),
    Hasher(
        "tomcat_pbkdf2",
        TOMCAT,
        ["tomcat", "openssl"],
        inner=("pbkdf2", same, ""),
        readings=tomcat_pbkdf2_readings,
        flags=tomcat_pbkdf2_flags,
        parameters=pbkdf2_parameters,
        matrix=cells("tomcat", "openssl", TEXTS, tomcat_pbkdf2_values),
        draw=pbkdf2_draw,
    ),
    Hasher(
        "oak",
        OAK,
        ["jdk", "python"],
        scheme="loop",
        flags=rule_flags,
        parameters=oak_parameters,
        matrix=cells("jdk", "python", list(range(len(PASSWORDS))), lambda index: values(index, list(OAK_NAMES), OAK_SALTS)),
        draw=lambda random: {**draw(random), "algorithm": random.choice(list(OAK_NAMES)), "salt": random.randbytes(8).hex()},
    ),
    Hasher(
        "pbkdf2_liferay",
        LIFERAY,
        ["jdk", "openssl"],
        scheme="pbkdf2",
        flags=liferay_flags,
        parameters=pbkdf2_parameters,
        matrix=cells("jdk", "openssl", TEXTS, liferay_values),
        draw=pbkdf2_draw,
    ),
]
