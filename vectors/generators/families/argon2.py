"""Argon2 in the PHC string format: `$argon2id$v=19$m=<KiB>,t=<iterations>,p=<lanes>$<salt>$<checksum>`, with `,data=<base64>`
behind the lanes where there is associated data."""

import re

from fields import Base64, Layout, Number
from write import Hasher, fixed_bytes, password_flags

SALTS = [b"somesalt", b"saltsalt", *(fixed_bytes(f"argon2 salt {length}", length) for length in (12, 16, 16, 32))]


class Lanes(Number):
    """The lanes, as text: `,data=` and associated data may follow."""

    def decode(self, text):
        return text

    def encode(self, value):
        return str(value)


def argon2(name, first):
    fields = [Number("v", 16, 19), Number("m", 8, 2**32 - 1), Number("t", 1, 2**32 - 1), Lanes("p", 1, 2**24 - 1)]
    data = Base64("data", 1, longer=True, padded=False)
    salt, checksum = Base64("salt", 8, longer=True, padded=False), Base64("checksum", 4, longer=True, padded=False)
    layout = Layout(f"${name}$v={{v}}$m={{m}},t={{t}},p={{p}}${{salt}}${{checksum}}", *fields, salt, checksum)

    def parameters(values):
        length = len(values["checksum"]) if "checksum" in values else values.get("length", 32)
        lanes, _, text = str(values["p"]).partition(",data=")
        numbers = {"m": values["m"], "t": values["t"], "p": int(lanes), "salt": values["salt"]}
        if text:
            numbers["data"] = data.decode(text)
        return {"type": name.removeprefix("argon2"), "version": values["v"], **numbers, "length": length}

    def readings(digest):
        """The parameters in any order; a missing version means 16, and some writers leave 19 out."""
        _, _, *version, numbers, salt_text, checksum_text = digest.split("$")
        values = {number: int(re.search(rf"{number}=(\d+)", numbers)[1]) for number in "mtp"}
        if found := re.search(r",data=([^,]*)", numbers):
            values["p"] = f"{values['p']},data={found[1]}"
        values.update(salt=salt.decode(salt_text), checksum=checksum.decode(checksum_text))
        return [{**values, "v": one} for one in ([int(version[0][2:])] if version else [16, 19])]

    return Hasher(
        name,
        layout,
        ["argon2_cffi", "rs_argon2", "npm_argon2"],
        makers=["argon2_command"],
        scheme="argon2",
        flags=lambda password, digest: password_flags(password),
        parameters=parameters,
        readings=readings,
        matrix=[("argon2_cffi", slice(first, None, 2), by_cffi), ("rs_argon2", slice(1 - first, None, 2), by_rust)],
        draw=draw,
    )


def by_cffi(index, entry):
    return {"salt": SALTS[index % 6], "m": (8, 16, 24, 33)[index % 4], "t": 1 + index % 3, "p": 1 + index % 2, "v": 19}


def by_rust(index, entry):
    return {"salt": SALTS[(index + 2) % 6], "m": 8 + 5 * index, "t": 1 + index % 4, "p": 1, "v": 19}


def draw(random):
    numbers = {"m": random.randrange(32, 128), "t": random.randrange(1, 4), "p": str(random.randrange(1, 5)) + random.choice(["", ",data=dGVuYW50LTQ"]), "v": random.choice([16, 19])}
    # The command takes letters and digits alone.
    salt = random.randbytes(random.randrange(8, 24))
    salt = random.choice([salt, salt.hex().encode()])
    return {**numbers, "salt": salt, "length": random.choice([16, 32, 64])}


HASHERS = [argon2("argon2d", 0), argon2("argon2i", 0), argon2("argon2id", 1)]
