"""libxcrypt, by Perl's crypt(); and Crypt::Eksblowfish."""

from systems import LineSystem

# libxcrypt takes C strings, which end at a NUL, of at most 511 bytes. Only npm's bcrypt has another $2a$ for long passwords.
LIBXCRYPT_BYTES = 511


def takes_libxcrypt(password, parameters):
    return 0 not in password and len(password) <= LIBXCRYPT_BYTES and not parameters["setting"].startswith("$2$")


SYSTEMS = {
    "libxcrypt": LineSystem(
        "libxcrypt, by Perl's crypt()",
        ["perl", "perl.pl"],
        ["bcrypt"],
        install="apt-get install perl",
        package="libcrypt1",
        limits={"bcrypt": takes_libxcrypt},
    ),
    "eksblowfish": LineSystem(
        "Crypt::Eksblowfish (Perl)",
        ["perl", "perl.pl", "eksblowfish"],
        ["bcrypt"],
        install="apt-get install libcrypt-eksblowfish-perl",
        package="libcrypt-eksblowfish-perl",
        limits={"bcrypt": lambda password, parameters: parameters["setting"].startswith("$2$")},
    ),
}
