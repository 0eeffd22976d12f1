import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at a constant rate, whatever the answers do (open loop). A call's time runs from the moment it was <em>due</em>: when
 * every connection is busy it waits here, and that wait counts, so a server that stalls cannot hide it by slowing the
 * load down (coordinated omission).
 *
 * <p>Two threads: one sleeps until a call is due and writes it, one reads answers.
 */
final class RateLoad {
    private static final int LEAD_IN_MS = 50;

    private final Call call;
    private final int rate;
    private final long total;
    private final long unmeasured;
    private final long[] latencyNanos;
    private final Selector selector;
    private final ArrayDeque<Line> free = new ArrayDeque<>();
    private final ArrayDeque<Long> backlog = new ArrayDeque<>();
    private long start;
    private long done;
    private long errors;
    private long late;

    /** One kept-alive connection; {@code index} is the call on it. */
    private static final class Line {
        private final Answer answer = new Answer();
        private final ByteBuffer out = ByteBuffer.allocateDirect(16 * 1024);
        private SocketChannel channel;
        private long index;
    }

    RateLoad(Map<String, String> options) throws IOException {
        this.call = Call.of(options);
        this.rate = Integer.parseInt(options.get("rate"));
        this.unmeasured = (long) (rate * Double.parseDouble(options.get("warmup")));
        this.total = unmeasured + (long) (rate * Double.parseDouble(options.get("seconds")));
        this.latencyNanos = new long[(int) (total - unmeasured)];
        this.selector = Selector.open();
        for (int i = 0; i < Integer.parseInt(options.get("connections")); i++) {
            Line line = new Line();
            connect(line);
            free.add(line);
        }
    }

    private void connect(Line line) throws IOException {
        line.channel = SocketChannel.open(call.target());
        line.channel.socket().setTcpNoDelay(true);
        line.channel.configureBlocking(false);
        line.channel.register(selector, SelectionKey.OP_READ, line);
    }

    String run() throws IOException, InterruptedException {
        start = System.nanoTime() + LEAD_IN_MS * 1_000_000L;
        Thread sender = new Thread(this::sendAll, "sender");
        sender.start();
        receiveAll();
        sender.join();
        System.out.println("end");
        Arrays.sort(latencyNanos);
        return String.format(
                "{\"requests\":%d,\"allCalls\":%d,\"errors\":%d,\"queuedHere\":%d,\"p50Us\":%.1f,\"p90Us\":%.1f,\"p99Us\":%.1f,"
                        + "\"p999Us\":%.1f,\"maxUs\":%.1f}",
                latencyNanos.length,
                total,
                errors,
                late,
                micros(0.5),
                micros(0.9),
                micros(0.99),
                micros(0.999),
                micros(1));
    }

    private double micros(double quantile) {
        int index = (int) Math.ceil(quantile * latencyNanos.length) - 1;
        return latencyNanos[Math.max(0, index)] / 1e3;
    }

    private void sendAll() {
        sharpenTimer();
        for (long i = 0; i < total; i++) {
            long due = start + i * 1_000_000_000L / rate;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            if (i == unmeasured) {
                System.out.println("begin");
            }
            Line line;
            synchronized (this) {
                line = free.poll();
                if (line == null) {
                    backlog.add(i);
                    late++;
                }
            }
            if (line != null) {
                send(line, i);
            }
        }
    }

    /** The kernel may wake a sleeper 50 microseconds late; this thread asks for 1 nanosecond where that is allowed. */
    private static void sharpenTimer() {
        try {
            Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
            Files.writeString(Path.of("/proc", thread.toString(), "timerslack_ns"), "1");
        } catch (IOException e) {
            System.err.println("bench: timer slack stays at the kernel's default: " + e);
        }
    }

    private void send(Line line, long index) {
        line.index = index;
        try {
            call.send(line.channel, line.out);
        } catch (IOException e) {
            // The reading side sees the same broken connection and counts the call.
            System.err.println("bench: send failed: " + e.getMessage());
        }
    }

    private void receiveAll() throws IOException {
        ByteBuffer in = ByteBuffer.allocate(64 * 1024);
        while (done < total) {
            if (selector.select(10_000) == 0) {
                throw new IOException((total - done) + " of " + total + " calls are without an answer for 10 s");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                receive((Line) key.attachment(), in);
            }
            selector.selectedKeys().clear();
        }
    }

    private void receive(Line line, ByteBuffer in) throws IOException {
        in.clear();
        int count;
        try {
            count = line.channel.read(in);
        } catch (IOException e) {
            count = -1;
        }
        if (count < 0) {
            line.channel.close();
            line.answer.reset();
            connect(line);
            finish(line, false);
            return;
        }
        in.flip();
        if (line.answer.read(in)) {
            finish(line, line.answer.status() == 200);
        }
    }

    private void finish(Line line, boolean good) {
        long measured = line.index - unmeasured;
        if (measured >= 0) {
            latencyNanos[(int) measured] = System.nanoTime() - (start + line.index * 1_000_000_000L / rate);
            errors += good ? 0 : 1;
        }
        done++;
        Long next;
        synchronized (this) {
            next = backlog.poll();
            if (next == null) {
                free.add(line);
            }
        }
        if (next != null) {
            send(line, next);
        }
    }
}
