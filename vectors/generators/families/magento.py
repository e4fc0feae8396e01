"""Magento 2: what was done to a password one after another, MD5, SHA-256 and Argon2id, each over the hexadecimal of the step before."""

from fields import Hex, Layout, Text
from write import PASSWORDS, Hasher, password_flags

SALTS = ["5PiKJRn28bBKoFMopMaaKuV47aJ6GzVg", "seasalt", "0123456789abcdef", "sea-salt_4", "xQeSaltForTests0"]
# The memory of Magento's own is 64 MiB, which is slow for many.
VERSIONS = ["1", "0", "3_32_1_8192", "0:1", "1:3_32_2_16384", "0:3_32_1_8192", "0:1:3_16_1_8192"]
# Version 2 always has 64 MiB, so that few rounds have it.
UPGRADED = "1:2:3_32_1_8192"
TEXTS = [index for index, entry in enumerate(PASSWORDS) if "passwordHex" not in entry]
LAYOUT = Layout("{checksum}:{salt}:{versions}", Hex("checksum", 16, longer=True, strict=True), Text("salt"), Text("versions"))


def values(index):
    return {"salt": SALTS[index % 5], "versions": VERSIONS[index % 7]}


HASHERS = [
    Hasher(
        "magento2",
        LAYOUT,
        ["php", "python"],
        flags=lambda password, digest: [*password_flags(password), "Rule"],
        matrix=[
            ("php", list(range(0, len(PASSWORDS), 2)), lambda index, entry: values(index)),
            ("python", list(range(1, len(PASSWORDS), 2)), lambda index, entry: values(index + 3)),
        ],
        draw=lambda random: values(random.randrange(100)) | ({"versions": UPGRADED} if random.random() < 0.05 else {}),
    )
]
