"""PHP, and WordPress's class of phpass, which install.sh takes out of Debian's package."""

from systems import LineSystem, is_text


def takes_bcrypt(password, parameters):
    """C strings; it does not know `$2$`."""
    return 0 not in password and not parameters.get("setting", "").startswith("$2$")


def takes_4096(password, parameters):
    """The bound of phpass's and of Symfony's classes."""
    return len(password) <= 4096


PACKAGE = {"install": "apt-get install php-cli", "package": "php8.2-cli"}
KIN = ["bcrypt_peppered", "bcrypt_wbb4", "bcrypt_adonis"]
BCRYPT = {"verifies": ["bcrypt"], "limits": dict.fromkeys(["bcrypt", *KIN], takes_bcrypt)}
# Its crypt() ends a password at a NUL.
CRYPTS = ["md5crypt", "sha256crypt", "sha512crypt", "descrypt", "bsdicrypt"]
DIGESTS = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"]
MEDIAWIKI = ["mediawiki", "md5_mediawiki", "pbkdf2_mediawiki_md5", "bcrypt_mediawiki"]
PHPASS = ["phpass", "phpass_wordpress", "phpass_phpbb"]
SYSTEMS = {
    "php": LineSystem("PHP", ["php", "php.php"], [*DIGESTS, "digest", "template", "hmac", "drupal7", "md4", "magento2", "hmac_loop", *KIN, *CRYPTS, "pbkdf2", "pbkdf2_sha256_django", "bcrypt"], **PACKAGE, **BCRYPT),
    "symfony": LineSystem(
        "Symfony, its PasswordHasher",
        ["php", "php.php"],
        ["pbkdf2_sha512_symfony", "sha512_symfony"],
        install="apt-get install php-symfony-password-hasher",
        package="php-symfony-password-hasher",
        limits=dict.fromkeys(["pbkdf2_sha512_symfony", "sha512_symfony"], takes_4096),
    ),
    "mediawiki": LineSystem(
        "MediaWiki, its classes of passwords (Debian 1:1.39.17-1+deb12u2)",
        ["php", "php.php"],
        MEDIAWIKI,
        install="vectors/generators/install.sh",
        verifies=MEDIAWIKI,
        limits={"bcrypt_mediawiki": takes_bcrypt},
    ),
    # Its Argon2 draws the salt.
    "mediawiki_argon2": LineSystem(
        "MediaWiki, its Argon2Password (Debian 1:1.39.17-1+deb12u2)",
        ["php", "php.php"],
        ["argon2_mediawiki"],
        install="vectors/generators/install.sh",
        verifies=["argon2_mediawiki"],
        makes=False,
    ),
    # The salts of these two are random: they verify. Symfony refuses the empty password.
    "symfony_native": LineSystem(
        "Symfony, NativePasswordHasher",
        ["php", "php.php"],
        ["bcrypt_symfony"],
        install="apt-get install php-symfony-password-hasher",
        package="php-symfony-password-hasher",
        verifies=["bcrypt_symfony"],
        limits={"bcrypt_symfony": lambda password, parameters: 0 < len(password) <= 4096},
        makes=False,
    ),
    "wordpress_68": LineSystem(
        "WordPress, wp-includes/pluggable.php",
        ["php", "php.php", "downloads/wordpress/wp-includes/pluggable.php"],
        ["bcrypt_wordpress"],
        install="vectors/generators/install.sh",
        verifies=["bcrypt_wordpress"],
        limits={"bcrypt_wordpress": lambda password, parameters: len(password) <= 4096},
        makes=False,
    ),
    "wordpress": LineSystem(
        "WordPress, wp-includes/class-phpass.php",
        ["php", "php.php", "downloads/class-phpass.php"],
        PHPASS,
        install="vectors/generators/install.sh",
        verifies=PHPASS,
        limits={**dict.fromkeys(PHPASS, takes_4096), "phpass_phpbb": lambda *asked: takes_4096(*asked) and is_text(asked[0])},
    ),
}
