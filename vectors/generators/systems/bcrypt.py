"""Python's bcrypt, which ends a password at a NUL, and has neither $2x$ nor $2$."""

from importlib.metadata import version

from systems import System, debian


def make(password, setting):
    import bcrypt

    return bcrypt.hashpw(password, setting.encode()).decode()


def verify(password, digest):
    import bcrypt

    return bcrypt.checkpw(password, digest.encode())


def takes(password, parameters):
    return 0 not in password and parameters["setting"][:3] in ("$2a", "$2b", "$2y")


SYSTEMS = {
    "python_bcrypt": System(
        "bcrypt (Python)",
        lambda: version("bcrypt") + debian("python3-bcrypt"),
        {"bcrypt": make},
        install="apt-get install python3-bcrypt",
        verifiers={"bcrypt": verify},
        limits={"bcrypt": takes},
    )
}
