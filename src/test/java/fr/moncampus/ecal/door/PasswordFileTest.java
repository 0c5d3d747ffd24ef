package fr.moncampus.ecal.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordFileTest {
    @TempDir
    private Path data;

    @Test
    void itIsReadableByItsOwnerAloneAndHoldsNoPassword() throws Exception {
        PasswordFile file = PasswordFile.in(data.resolve("new"));
        file.write(PasswordFile.line("correct horse"));
        file.write(PasswordFile.line("battery staple"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.file())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file.file()))
                .startsWith("pbkdf2-sha512$210000$")
                .doesNotContain("battery");
        assertThat(data.resolve("new")).isDirectoryContaining(each -> true).isDirectoryNotContaining("glob:**.part");
        assertThat(PasswordFile.matches(file.stored().orElseThrow(), "battery staple"))
                .isTrue();
        assertThat(PasswordFile.matches(file.stored().orElseThrow(), "correct horse"))
                .isFalse();
    }

    @Test
    void oneLineIsNeverAnother() {
        assertThat(PasswordFile.line("same words")).isNotEqualTo(PasswordFile.line("same words"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "plain password",
                "pbkdf2-sha512$1$!$!",
                "pbkdf2-sha512$-1$AA==$AA==",
                "pbkdf2-sha512$x$AA==$AA=="
            })
    void aFileThatSomebodySpoiltOpensNothing(String content) throws Exception {
        Files.writeString(data.resolve("page-password"), content);

        assertThat(PasswordFile.in(data).stored()).isPresent();
        assertThat(PasswordFile.matches(content, content)).isFalse();
        assertThat(PasswordFile.matches(content, "")).isFalse();
    }

    @Test
    void anUnreadableFileIsNoMissingOne() throws Exception {
        Files.createDirectory(data.resolve("page-password"));

        assertThat(PasswordFile.in(data).stored()).isPresent();
    }
}
