// Apache Shiro, Jasypt, Tomcat and the JDK behind the line protocol. Needs libshiro-java, libjasypt-java and libtomcat9-java.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.apache.catalina.realm.DigestCredentialHandlerBase;
import org.apache.catalina.realm.MessageDigestCredentialHandler;
import org.apache.catalina.realm.SecretKeyCredentialHandler;
import org.apache.shiro.crypto.hash.SimpleHash;
import org.apache.shiro.crypto.hash.format.Shiro1CryptFormat;
import org.jasypt.digest.StandardStringDigester;
import org.jasypt.salt.SaltGenerator;
import org.jasypt.util.password.BasicPasswordEncryptor;
import org.jasypt.util.password.StrongPasswordEncryptor;

class Systems {
    static String read(String line, String name) {
        Matcher found = Pattern.compile("\"" + name + "\": \"?([^\",}]*)").matcher(line);
        return found.find() ? found.group(1) : "";
    }

    static byte[] bytes(String line, String name) {
        return Base64.getDecoder().decode(read(line, name));
    }

    static String encode(byte[] data) {
        return Base64.getEncoder().encodeToString(data);
    }

    static byte[] unhex(String text) {
        byte[] data = new byte[text.length() / 2];
        for (int at = 0; at < data.length; at++) data[at] = (byte) Integer.parseInt(text.substring(2 * at, 2 * at + 2), 16);
        return data;
    }

    /** The salt that is asked for, shown in the digest as a drawn one is. */
    record Given(byte[] salt) implements SaltGenerator {
        public byte[] generateSalt(int size) { return salt; }
        public boolean includePlainSaltInEncryptionResults() { return true; }
    }

    static DigestCredentialHandlerBase handler(String scheme, String algorithm) throws Exception {
        boolean isDigest = scheme.equals("tomcat");
        DigestCredentialHandlerBase made = isDigest ? new MessageDigestCredentialHandler() : new SecretKeyCredentialHandler();
        made.setAlgorithm(isDigest ? algorithm : "PBKDF2WithHmac" + algorithm.toUpperCase());
        return made;
    }

    static String mutate(DigestCredentialHandlerBase handler, String password, byte[] salt, int iterations, int bits) throws Exception {
        var method = DigestCredentialHandlerBase.class.getDeclaredMethod("mutate", String.class, byte[].class, int.class, int.class);
        method.setAccessible(true);
        return (String) method.invoke(handler, password, salt, iterations, bits);
    }

    static String quote(String name, String text) {
        return "{\"" + name + "\": \"" + text + "\"}";
    }

    static String hash(String line) throws Exception {
        String scheme = read(line, "scheme"), algorithm = read(line, "algorithm");
        byte[] raw = bytes(line, "password"), salt = bytes(line, "salt");
        String password = new String(raw, StandardCharsets.UTF_8);
        int iterations = Integer.parseInt(read(line, "iterations"));
        switch (scheme) {
            case "shiro1":
                return quote("digest", new Shiro1CryptFormat().format(new SimpleHash(algorithm, raw, salt, iterations)));
            case "jasypt": {
                var digester = new StandardStringDigester();
                digester.setAlgorithm(algorithm);
                digester.setIterations(iterations);
                digester.setSaltSizeBytes(salt.length);
                digester.setSaltGenerator(new Given(salt));
                return quote("digest", digester.digest(password));
            }
            case "tomcat", "tomcat_pbkdf2": {
                int bits = scheme.equals("tomcat") ? 0 : 8 * Integer.parseInt(read(line, "length"));
                return quote("checksum", encode(unhex(mutate(handler(scheme, algorithm), password, salt, iterations, bits))));
            }
            case "loop": {
                var digest = MessageDigest.getInstance(algorithm);
                digest.update(salt);
                byte[] state = digest.digest(raw);
                for (int round = 1; round < iterations; round++) state = digest.digest(state);
                return quote("checksum", encode(state));
            }
            case "pbkdf2": {
                var factory = SecretKeyFactory.getInstance("PBKDF2WithHmac" + algorithm.toUpperCase());
                int bits = 8 * Integer.parseInt(read(line, "length"));
                return quote("checksum", encode(factory.generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, bits)).getEncoded()));
            }
            default:
                throw new IllegalArgumentException("unknown scheme");
        }
    }

    static boolean verify(String line) {
        String password = new String(bytes(line, "password"), StandardCharsets.UTF_8), digest = read(line, "digest");
        boolean isBasic = digest.length() == 32;
        return isBasic ? new BasicPasswordEncryptor().checkPassword(password, digest) : new StrongPasswordEncryptor().checkPassword(password, digest);
    }

    static String answer(String line) {
        try {
            switch (read(line, "op")) {
                case "version": return quote("version", System.getProperty("java.version"));
                case "verify": return "{\"verified\": " + verify(line) + "}";
                default: return hash(line);
            }
        } catch (Exception error) {
            Throwable cause = error.getCause() == null ? error : error.getCause();
            return quote("error", cause.getClass().getSimpleName());
        }
    }

    public static void main(String[] arguments) throws Exception {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = input.readLine()) != null; ) System.out.println(answer(line));
    }
}
