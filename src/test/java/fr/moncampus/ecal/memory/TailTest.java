package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {
    @TempDir
    private Path folder;

    @Test
    void ofAHugeFileOnlyTheEndIsRead() throws IOException {
        Path file = folder.resolve("errors.txt");
        // sparse: it takes no room
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.seek(8L * 1024 * 1024 * 1024);
            huge.write("cut\nété\nhiver\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(Tail.lines(file)).containsExactly("été", "hiver");
    }

    @Test
    void aByteThatIsNoTextIsReplaced() throws IOException {
        Path file = Files.write(folder.resolve("errors.txt"), new byte[] {'a', (byte) 0xE9, '\n', 'b'});

        assertThat(Tail.lines(file)).isEqualTo(List.of("a\uFFFD", "b"));
    }

    @Test
    void aFileOfJustTheLimitIsReadFromItsFirstLine() throws IOException {
        String line = "x".repeat(1023) + "\n";
        Path file = Files.writeString(folder.resolve("errors.txt"), line.repeat(2048));
        assertThat(Tail.lines(file)).hasSize(2048);
        Files.writeString(file, "\n", StandardOpenOption.APPEND);
        assertThat(Tail.lines(file)).hasSize(2048).last().isEqualTo("");
    }

    @Test
    void aLastLineThatIsLongerThanTheLimitIsShownCutRatherThanNotAtAll() throws IOException {
        Path file = Files.writeString(folder.resolve("errors.txt"), "a" + "x".repeat(2 * 1024 * 1024));
        assertThat(Tail.lines(file)).containsExactly("x".repeat(2 * 1024 * 1024));
    }

    @Test
    void whereThereIsNoFileThereAreNoLines() throws IOException {
        assertThat(Tail.lines(folder.resolve("errors.txt"))).isEmpty();
        assertThat(Tail.lines(folder)).isEmpty();
        assertThat(Tail.lines(Files.writeString(folder.resolve("errors.txt"), "")))
                .isEmpty();
    }
}
