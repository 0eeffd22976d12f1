package dev.fairlead.sidecar.control;

import dev.fairlead.sidecar.pool.quota.Carryover;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares and what was used of them, in a file on the tmpfs that is mapped into memory: what was stored last is there for the next
 * process even if this one is killed. Holds hashes of names, and numbers. A line beyond {@value #LINES} is not kept.
 */
final class MappedCarryover implements Carryover {
    static final String FILE = "shares";
    static final int LINES = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(MappedCarryover.class);
    private static final long FORMAT = 0x666c_7368_0000_0001L;
    private static final int HEAD = Long.BYTES;
    private static final int SHARE = Long.BYTES;
    private static final int USED = 2 * Long.BYTES;
    private static final int LINE = 3 * Long.BYTES;
    private static final int SIZE = HEAD + LINES * LINE;

    private final MappedByteBuffer file;
    /** Places of lines that the process before has left and nobody has asked for yet. */
    private final Map<Long, Integer> left = new HashMap<>();

    private final Map<Long, Place> open = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    private MappedCarryover(MappedByteBuffer file) {
        this.file = file;
        for (int at = HEAD; at < SIZE; at += LINE) {
            long name = file.getLong(at);
            if (name == 0) {
                free.add(at);
            } else {
                left.put(name, at);
            }
        }
    }

    /** What is kept in that folder; where it cannot be kept, nothing is. Blocks. */
    static Carryover in(Path folder) {
        try {
            var path = folder.resolve(FILE);
            var file = Files.exists(path) && Files.size(path) == SIZE ? map(path) : null;
            return new MappedCarryover(file != null && file.getLong(0) == FORMAT ? file : map(made(path)));
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("shares will not outlive this process");
            return NOTHING;
        }
    }

    private static MappedByteBuffer map(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
        }
    }

    private static Path made(Path path) throws IOException {
        Files.deleteIfExists(path);
        try (var channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            // Written as a whole: a hole that no memory is left for would end the process at some later store.
            for (var zeros = ByteBuffer.allocate(SIZE).putLong(0, FORMAT); zeros.hasRemaining(); ) {
                channel.write(zeros);
            }
        }
        return path;
    }

    @Override
    public synchronized Line line(String pool, String meter) {
        long name = nameOf(pool + "\n" + meter);
        var before = open.remove(name);
        if (before != null) {
            before.release();
        }
        var at = left.remove(name);
        if (at == null) {
            at = free.poll();
            if (at == null) {
                return Line.NONE;
            }
            file.putLong(at + SHARE, 0);
            file.putLong(at + USED, 0);
            file.putLong(at, name);
        }
        var line = new Place(name, at);
        open.put(name, line);
        return line;
    }

    @Override
    public synchronized void begun() {
        left.values().forEach(this::clear);
        left.clear();
    }

    private void clear(int at) {
        file.putLong(at, 0);
        free.add(at);
    }

    private synchronized void close(Place line) {
        if (open.remove(line.name, line)) {
            line.release();
        }
    }

    /** Nothing else names a limit in as little room; two names that collide would have to be among a few thousand. */
    private static long nameOf(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() | 1;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private final class Place implements Line {
        private static final int NOWHERE = -1;

        private final long name;
        private volatile int at;

        Place(long name, int at) {
            this.name = name;
            this.at = at;
        }

        @Override
        public long share() {
            return at == NOWHERE ? 0 : Math.max(0, file.getLong(at + SHARE));
        }

        @Override
        public long used() {
            return at == NOWHERE ? 0 : Math.max(0, file.getLong(at + USED));
        }

        @Override
        public void write(long share, long used) {
            int here = at;
            if (here != NOWHERE) {
                file.putLong(here + USED, used);
                file.putLong(here + SHARE, share);
            }
        }

        @Override
        public void close() {
            MappedCarryover.this.close(this);
        }

        private void release() {
            int here = at;
            at = NOWHERE;
            clear(here);
        }
    }
}
