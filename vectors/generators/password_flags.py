"""The flags that follow from a password alone, for hashers that hash every byte of it, and the notes that describe them."""

from vector_tools import note

NOTES = {
    "LongPassword": note(
        "edge",
        "The password is longer than 72 bytes, where bcrypt stops.",
        "A user with a passphrase is locked out, or whoever knows its beginning is let in.",
    ),
    "Normalization": note(
        "edge",
        "Two Unicode forms of one word are two passwords.",
        "A library that normalises lets in what the old system did not, and locks out its users.",
    ),
    "NotUtf8": note(
        "edge",
        "The password's bytes are not UTF-8.",
        "Users of old Latin-1 sites are locked out, or all their passwords become replacement characters.",
    ),
    "Nul": note(
        "edge",
        "The password holds a NUL, which is hashed like any other byte.",
        "Reading stops at the NUL, and different passwords match.",
    ),
    "OuterSpace": note(
        "edge", "The password begins or ends with white space.", "Trimming makes another password of it."
    ),
}


# Of passwords that are keys of HMAC (RFC 2104).
TRUNCATED_NOTE = note(
    "limitation",
    "HMAC cannot tell the password from another. It ends in NUL, with which HMAC fills every short key up; or it is as long as the "
    "hash's output and holds a byte that nobody types, as the hash of a longer password does, which is the same key.",
    "The new digest is made of what was typed once, and locks out the owner, who types the other password.",
    "https://www.rfc-editor.org/rfc/rfc2104#section-2",
)


def hmac_flags(password, output_bytes):
    """`output_bytes` is the length of the hash's output."""
    data = password if isinstance(password, bytes) else password.encode()
    is_raw = len(data) == output_bytes and any(not 0x20 <= byte <= 0x7E for byte in data)
    return ["Truncated"] if data.endswith(b"\0") or is_raw else []


def key_sized_passwords(output_bytes):
    """[(comment, password)], around the length of the hash's output."""
    size = output_bytes
    return [
        ("As many printable characters as the hash has bytes.", ("~ 0123456789abcdef" * 4)[: size - 1] + "~"),
        ("As many bytes as the hash has, one of them a tab.", "tab\t" + "x" * (size - 4)),
        ("As many bytes as the hash has, one of them a delete character.", "x" * (size - 1) + "\x7f"),
        ("As many bytes as the hash has, a letter with an accent among them.", "\u00e9" + "x" * (size - 2)),
        ("A byte less than the hash has, a letter with an accent among them.", "\u00e9" + "x" * (size - 3)),
        ("A byte more than the hash has, a letter with an accent among them.", "\u00e9" + "x" * (size - 1)),
    ]


def password_flags(password):
    """Takes text or bytes. NotUtf8 is set by vector_tools, Normalization by hand."""
    data = password if isinstance(password, bytes) else password.encode()
    text = data.decode(errors="replace")
    found = {"Nul": "\0" in text, "OuterSpace": text != text.strip(), "LongPassword": len(data) > 72}
    return [flag for flag, holds in found.items() if holds]
