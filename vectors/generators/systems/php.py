"""PHP, and WordPress's class of phpass, which install.sh takes out of Debian's package."""

from systems import LineSystem


def takes_bcrypt(password, parameters):
    """Whether PHP takes a password for bcrypt: it ends at a NUL, and PHP has no `$2$`."""
    return 0 not in password and not parameters["setting"].startswith("$2$")


PACKAGE = {"install": "apt-get install php-cli", "package": "php8.2-cli"}
BCRYPT = {"verifies": ["bcrypt"], "limits": {"bcrypt": takes_bcrypt}}
DIGESTS = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"]
SYSTEMS = {
    "php": LineSystem("PHP", ["php", "php.php"], [*DIGESTS, "pbkdf2", "pbkdf2_sha256_django", "bcrypt"], **PACKAGE, **BCRYPT),
    "symfony": LineSystem(
        "Symfony, Pbkdf2PasswordHasher",
        ["php", "php.php"],
        ["pbkdf2_sha512_symfony"],
        install="apt-get install php-symfony-password-hasher",
        package="php-symfony-password-hasher",
        limits={"pbkdf2_sha512_symfony": lambda password, parameters: len(password) <= 4096},
    ),
    "wordpress": LineSystem(
        "WordPress, wp-includes/class-phpass.php",
        ["php", "php.php", "downloads/class-phpass.php"],
        ["phpass"],
        install="vectors/generators/install.sh",
        verifies=["phpass"],
        limits={"phpass": lambda password, parameters: len(password) <= 4096},
    ),
}
