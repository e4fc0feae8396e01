"""Salts that are text: what they may hold, and what they cannot."""

from vector_tools import note

# Salts that are text may hold spaces of every kind, and characters that nobody sees: (comment, salt).
SPACED_SALTS = [
    ("A space in the salt.", "sea salt"),
    ("A space before the salt.", " seasalt"),
    ("A space after the salt.", "seasalt "),
    ("Only a space as the salt.", " "),
    ("Several spaces in the salt.", "  sea   salt  "),
    ("A no-break space in the salt.", "sea\xa0salt"),
    ("An ideographic space in the salt.", "\u6d77\u3000\u5869"),
    ("A zero-width space at the end of the salt.", "seasalt\u200b"),
    ("A soft hyphen in the salt.", "sea\xadsalt"),
    ("A right-to-left override in the salt.", "sea\u202esalt"),
    ("Emoji joined from several code points, and spaces.", "Prise \U0001f9d1\u200d\U0001f373 Salz"),
]

SPACED_SALT_NOTE = note(
    "variant",
    "The salt is text with spaces, at its ends too, or with characters that nobody sees: each of them is part of it.",
    "A verifier that trims the salt refuses every password, and one that calls it damaged locks out the same users.",
)


def bad_text_salts(salt):
    """What a salt that is text cannot be: (comment, salt, problem, flag)."""
    foreign = [
        ("A tab in the salt.", "\t"),
        ("A line feed in the salt.", "\n"),
        ("A carriage return in the salt.", "\r"),
        ("A NUL in the salt.", "\0"),
        ("An escape character in the salt.", "\x1b"),
        ("A delete character in the salt.", "\x7f"),
        ("The first control character past ASCII in the salt.", "\x80"),
        ("A next-line character in the salt.", "\x85"),
        ("The last control character past ASCII in the salt.", "\x9f"),
        ("A line separator in the salt.", "\u2028"),
        ("A paragraph separator in the salt.", "\u2029"),
        ("A byte order mark in the salt.", "\ufeff"),
        ("Half of a surrogate pair in the salt.", "\ud83e"),
        ("The other half of a surrogate pair in the salt.", "\uddc2"),
    ]
    return [
        ("An empty salt.", "", "length", "Fields"),
        ("A byte order mark before the salt.", "\ufeff" + salt, "alphabet", "Whitespace"),
        ("A line feed after the salt.", salt + "\n", "alphabet", "Whitespace"),
        ("A carriage return after a salt that ends with a space.", salt + " \r", "alphabet", "Whitespace"),
        ("Only a tab as the salt.", "\t", "alphabet", "Whitespace"),
        *((comment, salt[:4] + character + salt[4:], "alphabet", "Whitespace") for comment, character in foreign),
    ]
