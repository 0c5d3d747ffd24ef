package fr.moncampus.ecal.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The page's password, of which the data folder keeps a slow hash: {@code pbkdf2-sha512$ROUNDS$SALT$HASH}. It is read at every request, so
 * that a new password counts at once.
 */
public final class PasswordFile {
    public static final int MIN_LENGTH = 8;
    /** Of a password; what is longer is no try. */
    public static final int MAX_LENGTH = 256;

    private static final String NAME = "page-password";
    private static final String KIND = "pbkdf2-sha512";
    /** What OWASP names for this hash: about 0.3 s a try. */
    private static final int ROUNDS = 210_000;

    private static final int HASH_BITS = 512;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;

    private PasswordFile(Path file) {
        this.file = file;
    }

    public static PasswordFile in(Path data) {
        return new PasswordFile(data.resolve(NAME));
    }

    public Path file() {
        return file;
    }

    /** @return what is stored; empty when there is no password. One that cannot be read is one that nobody knows */
    public Optional<String> stored() {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("");
        }
    }

    /** It takes its time. */
    static boolean matches(String stored, String password) {
        String[] parts = stored.split("\\$");
        if (parts.length != 4 || !parts[0].equals(KIND) || password.length() > MAX_LENGTH) {
            return false;
        }
        try {
            byte[] expected = Base64.getDecoder().decode(parts[3]);
            byte[] salt = Base64.getDecoder().decode(parts[2]);
            return MessageDigest.isEqual(expected, hash(password, salt, Integer.parseInt(parts[1])));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What the file holds for a password. */
    public static String line(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        Base64.Encoder text = Base64.getEncoder();
        return String.join(
                "$",
                KIND,
                String.valueOf(ROUNDS),
                text.encodeToString(salt),
                text.encodeToString(hash(password, salt, ROUNDS)));
    }

    /** At once or not at all, and nobody else can read it at any time. */
    public void write(String line) throws IOException {
        Files.createDirectories(file.getParent());
        FileAttribute<?>[] ownerOnly =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Path part = Files.createTempFile(file.getParent(), NAME, ".part", ownerOnly);
        try {
            Files.writeString(part, line + "\n", StandardCharsets.UTF_8);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** @return whether there was one */
    public boolean delete() throws IOException {
        return Files.deleteIfExists(file);
    }

    /** Phones and computers may send one letter with an accent as two signs. */
    private static byte[] hash(String password, byte[] salt, int rounds) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(Normalizer.normalize(password, Normalizer.Form.NFC));
        // the JDK takes letters; these are the bytes of UTF-8, one each
        char[] letters = StandardCharsets.ISO_8859_1.decode(bytes).array();
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(letters, salt, rounds, HASH_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
