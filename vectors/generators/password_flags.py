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


def password_flags(password):
    """Takes text or bytes. NotUtf8 is set by vector_tools, Normalization by hand."""
    data = password if isinstance(password, bytes) else password.encode()
    text = data.decode(errors="replace")
    found = {"Nul": "\0" in text, "OuterSpace": text != text.strip(), "LongPassword": len(data) > 72}
    return [flag for flag, holds in found.items() if holds]
