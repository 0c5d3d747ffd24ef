package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
