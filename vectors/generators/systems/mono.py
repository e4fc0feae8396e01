"""Mono's class library, an implementation of .NET's: install.sh compiles mono.cs."""

from systems import LineSystem, is_text

TEXT = lambda password, parameters: is_text(password)  # noqa: E731
SCHEMES = ["aspnet_membership", "umbraco_4", "pbkdf2"]


def takes_pbkdf2(password, parameters):
    """Rfc2898DeriveBytes takes salts of eight bytes and more."""
    return is_text(password) and len(parameters["salt"]) >= 8 and parameters["algorithm"] in ("sha1", "sha256", "sha512")


SYSTEMS = {
    "mono": LineSystem(
        "Mono's class library",
        ["mono", "downloads/mono.exe"],
        SCHEMES,
        install="apt-get install mono-mcs mono-runtime; vectors/generators/install.sh",
        package="mono-runtime",
        limits={**dict.fromkeys(SCHEMES, TEXT), "pbkdf2": takes_pbkdf2},
    ),
}
