"""Apache Shiro, Jasypt and Tomcat out of Debian's packages, and the JDK itself, each in a Java of its own."""

from systems import LineSystem, is_text

JARS = ["shiro-core", "commons-beanutils", "slf4j-api", "slf4j-nop", "jasypt", "tomcat9-catalina", "tomcat9-util", "tomcat9-juli", "tomcat9-api"]
PATH = ":".join(f"/usr/share/java/{name}.jar" for name in [*JARS, "tomcat9-coyote", "tomcat9-servlet-api", "commons-codec"])


def takes_text(password, parameters):
    return is_text(password)


def java(name, schemes, package, **more):
    install = f"apt-get install {package} libjasypt-java libshiro-java libtomcat9-java"
    return LineSystem(name, ["java", "-cp", PATH, "java.java"], schemes, install=install, package=package, **more)


SYSTEMS = {
    "shiro": java("Apache Shiro, Java", ["shiro1"], "libshiro-java"),
    "jasypt": java("Jasypt, Java", ["jasypt"], "libjasypt-java", verifies=["jasypt"], limits={"jasypt": takes_text}),
    "tomcat": java(
        "Apache Tomcat, Java",
        ["tomcat", "tomcat_pbkdf2"],
        "libtomcat9-java",
        limits={"tomcat": takes_text, "tomcat_pbkdf2": takes_text},
    ),
    "jdk": java("OpenJDK", ["loop", "pbkdf2"], "default-jdk-headless", limits={"pbkdf2": takes_text}),
}
