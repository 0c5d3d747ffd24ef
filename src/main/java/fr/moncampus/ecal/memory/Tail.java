package fr.moncampus.ecal.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a text file that may be of any size and hold anything. */
public final class Tail {
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private Tail() {}

    /** The last lines, within 2 MB; a first one that would be cut is left out. Empty when the file cannot be read. */
    public static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return List.of();
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long start = Math.max(0, channel.size() - MAX_BYTES);
            channel.position(start);
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(channel.size() - start, MAX_BYTES));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                continue;
            }
            String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            return start == 0 || lines.size() < 2 ? lines : lines.subList(1, lines.size());
        }
    }
}
