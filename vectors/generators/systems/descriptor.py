"""Python's hashlib, with the evaluator of expressions in descriptor.py; bcrypt inside of `pre` is libxcrypt's."""

import sys

from systems import LineSystem

SYSTEMS = {
    "descriptor": LineSystem(
        "Python, hashlib by the rules of docs/expressions.md",
        [sys.executable, "../descriptor.py"],
        ["expr", "pre"],
        verifies=["expr", "pre"],
        install="apt-get install python3 openssl",
    )
}
