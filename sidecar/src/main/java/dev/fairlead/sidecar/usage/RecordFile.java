package dev.fairlead.sidecar.usage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Records appended to a file. Before every write it looks whether the path still names the open file, so that a rotation needs
 * no signal; append mode makes truncation in place harmless too. A line that a full disk cut short is ended before the next
 * one begins.
 */
final class RecordFile implements RecordSink {
    private static final byte[] NEWLINE = {'\n'};

    private final Path path;
    private FileChannel channel;
    private Object openFile;
    private boolean insideLine;

    RecordFile(Path path) throws IOException {
        this.path = path;
        open();
    }

    @Override
    public void write(byte[] lines, int length) throws IOException {
        if (channel == null || !channel.isOpen() || !Objects.equals(openFile, fileAtPath())) {
            close();
            open();
        }
        if (insideLine) {
            writeFully(NEWLINE, NEWLINE.length);
        }
        writeFully(lines, length);
    }

    private void writeFully(byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } finally {
            if (buffer.position() > 0) {
                insideLine = bytes[buffer.position() - 1] != '\n';
            }
        }
    }

    private void open() throws IOException {
        channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        openFile = fileAtPath();
        insideLine = false;
    }

    /** What identifies the file behind the path, or {@code null} when there is none. */
    private Object fileAtPath() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
