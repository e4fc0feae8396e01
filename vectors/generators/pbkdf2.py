#!/usr/bin/env python3
"""Writes vectors/pbkdf2_sha256.json, vectors/pbkdf2_sha512.json and vectors/pbkdf2_sha1.json.

These are formats of an import interface; no public system writes them. So the checksum of each digest is the one that OpenSSL
(by way of Python's hashlib), PHP or a published document gives for password, salt, iterations and length, and this program lays
it out in the format's fields. OpenSSL, PHP and passlib's own PBKDF2 in Python agree on every checksum, and all three refuse every
`invalid` test.

Needs, from Debian 12: python3 3.11 with OpenSSL 3.0, php-cli 8.2, python3-passlib 1.7.4; and Node 20 or later.

  python3 vectors/generators/pbkdf2.py
"""

from pbkdf2_sha1 import write_sha1
from pbkdf2_sha256 import write_sha256
from pbkdf2_sha512 import write_sha512

write_sha256()
write_sha512()
write_sha1()
