"""libxcrypt, by Perl's crypt(); and Crypt::Eksblowfish."""

from systems import LineSystem

# libxcrypt takes C strings, which end at a NUL, of at most 511 bytes. Only npm's bcrypt has another $2a$ for long passwords.
LIBXCRYPT_BYTES = 511


# Its other schemes. Perl hands it the bytes, of which it reads those up to a NUL.
CRYPTS = ["md5crypt", "sha256crypt", "sha512crypt", "sha1crypt", "descrypt", "bsdicrypt", "nt_crypt", "yescrypt", "scrypt_crypt"]
# The signs that it refuses in a salt, as they would damage /etc/shadow.
REFUSED = set(" :;*!\\")


def takes_crypt(password, parameters):
    setting = parameters["setting"]
    is_salt = setting.isascii() and not set(setting) & REFUSED and not (setting.startswith("$sha1$") and setting.endswith("$$"))
    # An N of two, which libsodium reads, it refuses.
    return len(password) <= LIBXCRYPT_BYTES and is_salt and not setting.startswith("$7$/")


def takes_libxcrypt(password, parameters):
    return 0 not in password and len(password) <= LIBXCRYPT_BYTES and not parameters["setting"].startswith("$2$")


SYSTEMS = {
    "libxcrypt": LineSystem(
        "libxcrypt, by Perl's crypt()",
        ["perl", "perl.pl"],
        ["bcrypt", *CRYPTS],
        install="apt-get install perl",
        package="libcrypt1",
        limits={"bcrypt": takes_libxcrypt, **dict.fromkeys(CRYPTS, takes_crypt)},
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
