import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Streams of server-sent events, many at once, every event counted. With {@code --seconds S} each connection asks for its
 * next stream when one ends, and what arrives in S seconds after the warm-up is the result; with {@code --once} each has one
 * stream, and the result is taken when all have ended. A stream with a status other than 200, another number of events than
 * {@code --events}, or an early end is an error.
 */
final class StreamLoad {
    private static final long GIVE_UP_NANOS = 60_000_000_000L;

    private final Call call;
    private final int streams;
    private final int expectedEvents;
    private final boolean once;
    private final long rampNanos;
    private final long warmupNanos;
    private final long measuredNanos;
    private final Selector selector = Selector.open();
    private final ByteBuffer out = ByteBuffer.allocateDirect(16 * 1024);
    private final ByteBuffer in = ByteBuffer.allocate(256 * 1024);
    private final List<String> complaints = new ArrayList<>();
    private long events;
    private long reads;
    private long calls;
    private long errors;
    private int started;
    private int ended;
    private int open;
    private int mostOpen;

    /** One connection and what it has counted of its stream. */
    private static final class Line {
        private final Answer answer = new Answer();
        private SocketChannel channel;
        private int counted;
        private boolean flowing;
    }

    StreamLoad(Map<String, String> options) throws IOException {
        this.call = Call.of(options);
        this.streams = Integer.parseInt(options.get("streams"));
        this.expectedEvents = Integer.parseInt(options.get("events"));
        this.once = options.containsKey("once");
        this.rampNanos = nanos(options.get("ramp"));
        this.warmupNanos = once ? 0 : nanos(options.get("warmup"));
        this.measuredNanos = once ? 0 : nanos(options.get("seconds"));
    }

    private static long nanos(String seconds) {
        return (long) (Double.parseDouble(seconds) * 1e9);
    }

    String run() throws IOException {
        long start = System.nanoTime();
        long begin = start + rampNanos + warmupNanos;
        long eventsBefore = 0;
        long readsBefore = 0;
        boolean measuring = false;
        while (true) {
            long now = System.nanoTime();
            while (started < streams && now - start >= rampNanos / streams * started) {
                Line line = new Line();
                started++;
                open(line);
            }
            if (!once && !measuring && now >= begin) {
                System.out.println("begin");
                measuring = true;
                eventsBefore = events;
                readsBefore = reads;
            }
            boolean over = once ? ended == streams : now >= begin + measuredNanos;
            if (over || now - start > GIVE_UP_NANOS + rampNanos + warmupNanos + measuredNanos) {
                break;
            }
            selector.select(started < streams ? 1 : 20);
            for (SelectionKey key : selector.selectedKeys()) {
                turn(key);
            }
            selector.selectedKeys().clear();
        }
        System.out.println("end");
        complaints.stream().distinct().limit(5).forEach(text -> System.err.println("bench: " + text));
        return String.format(
                "{\"events\":%d,\"reads\":%d,\"seconds\":%.6f,\"allEvents\":%d,\"allCalls\":%d,\"errors\":%d,\"mostOpen\":%d}",
                events - eventsBefore,
                reads - readsBefore,
                (System.nanoTime() - (measuring ? begin : start)) / 1e9,
                events,
                calls,
                errors + (once ? streams - ended : 0),
                mostOpen);
    }

    private void open(Line line) throws IOException {
        line.channel = SocketChannel.open();
        line.channel.configureBlocking(false);
        line.channel.socket().setTcpNoDelay(true);
        line.channel.connect(call.target());
        line.channel.register(selector, SelectionKey.OP_CONNECT, line);
    }

    private void send(Line line) throws IOException {
        calls++;
        call.send(line.channel, out);
    }

    private void turn(SelectionKey key) {
        Line line = (Line) key.attachment();
        try {
            if (key.isConnectable()) {
                line.channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                send(line);
            } else if (key.isReadable()) {
                read(line);
            }
        } catch (IOException | IllegalStateException e) {
            fail(line, e.toString());
        }
    }

    private void read(Line line) throws IOException {
        in.clear();
        if (line.channel.read(in) < 0) {
            fail(line, "connection closed " + (line.answer.open() ? "in a stream" : "between streams"));
            return;
        }
        reads++;
        in.flip();
        boolean end = line.answer.read(in);
        if (!line.flowing && line.answer.status() != 0) {
            line.flowing = true;
            mostOpen = Math.max(mostOpen, ++open);
        }
        events += line.answer.events() - line.counted;
        line.counted = line.answer.events();
        if (!end) {
            return;
        }
        stopped(line);
        if (line.answer.status() != 200) {
            complain("status " + line.answer.status());
        } else if (line.answer.events() != expectedEvents) {
            complain("a stream of " + line.answer.events() + " events, expected " + expectedEvents);
        }
        line.answer.reset();
        line.counted = 0;
        if (!once) {
            send(line);
        }
    }

    private void fail(Line line, String why) {
        complain(why);
        stopped(line);
        try {
            line.channel.close();
            line.answer.reset();
            line.counted = 0;
            if (!once) {
                open(line);
            }
        } catch (IOException e) {
            complain("cannot connect again: " + e);
        }
    }

    private void stopped(Line line) {
        ended++;
        if (line.flowing) {
            line.flowing = false;
            open--;
        }
    }

    private void complain(String why) {
        errors++;
        if (complaints.size() < 1000) {
            complaints.add(why);
        }
    }
}
