package dev.fairlead.operator.allot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fairlead.operator.cli.RedisProcess;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.pool.quota.SharedLimit;
import dev.fairlead.sidecar.redis.RedisCoordinator;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The leader's books and the script in Redis divide by one rule: the same reports are answered with the same shares, but for rounding. */
class SameRuleAsRedisTest {
    private static final String METER = "acct/*/requestsPerMinute";
    private static final long WINDOW_MS = 60_000;

    private record Member(Sidecar sidecar, long[] share, long[] number) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whoReportsTheSameIsGivenTheSame(long seed) throws IOException {
        var random = new Random(seed);
        long limit = 200L + random.nextInt(2_000);
        try (var redis = RedisProcess.start();
                var script = new Script(redis, limit)) {
            var book = new MeterBook(new SharedLimit(METER, limit, WINDOW_MS));
            var members = new ArrayList<Member>();
            for (int i = 0; i < 2 + random.nextInt(5); i++) {
                int tenant = random.nextInt(3);
                var sidecar = new Sidecar(
                        "pod-" + i, "tenant-" + tenant, List.of(1, 3, 10).get(tenant));
                members.add(new Member(sidecar, new long[2], new long[1]));
            }
            long now = 10_000_000;
            for (int round = 0; round < 40; round++) {
                Collections.shuffle(members, random);
                for (var member : members) {
                    now += 100;
                    script.clock(now);
                    long used = (long) (Math.min(member.share[0], member.share[1]) * random.nextDouble());
                    long wanted = random.nextInt(3) == 0 ? random.nextInt(1_000) : 0;
                    long call = random.nextInt(4);
                    member.share[0] = book.grant(
                            member.sidecar,
                            new MeterReading(METER, limit, member.share[0], used, wanted, 0, call),
                            MeterBook.Stage.GIVES,
                            now);
                    member.share[1] = script.grant(member, used, wanted, Math.min(wanted, Math.max(1, call)));
                    assertThat((double) member.share[1])
                            .as("seed %d, round %d, %s of %d", seed, round, member.sidecar, limit)
                            .isCloseTo(member.share[0], within(4 + limit / 100d));
                }
                long sum = members.stream().mapToLong(member -> member.share[1]).sum();
                assertThat(sum).isLessThanOrEqualTo(limit);
            }
        }
    }

    @Test
    void tenantsThatWantAllHaveItByTheirWeights() throws IOException {
        try (var redis = RedisProcess.start();
                var script = new Script(redis, 800)) {
            var book = new MeterBook(new SharedLimit(METER, 800, WINDOW_MS));
            var heavy = new Member(new Sidecar("one", "heavy", 3), new long[2], new long[1]);
            var light = new Member(new Sidecar("other", "light", 1), new long[2], new long[1]);
            for (int round = 0; round < 6; round++) {
                for (var member : List.of(heavy, light)) {
                    long now = 10_000_000L + 1_000L * round;
                    script.clock(now);
                    var reading = new MeterReading(METER, 800, member.share[0], 0, 1_600);
                    member.share[0] = book.grant(member.sidecar, reading, MeterBook.Stage.GIVES, now);
                    member.share[1] = script.grant(member, 0, 1_600, 1);
                }
            }
            assertThat(heavy.share).containsExactly(600, 600);
            assertThat(light.share).containsExactly(200, 200);
        }
    }

    /** {@code divide.lua} in a real server, in as much of its protocol as it takes. */
    private static final class Script implements AutoCloseable {
        private static final String POOL = "fairlead:{ns/pool}:";

        private final Socket socket;
        private final BufferedInputStream in;
        private final long limit;
        private final String text;

        Script(RedisProcess redis, long limit) throws IOException {
            this.socket = new Socket(InetAddress.getLoopbackAddress(), redis.port());
            socket.setSoTimeout(30_000);
            this.in = new BufferedInputStream(socket.getInputStream());
            this.limit = limit;
            try (var script = RedisCoordinator.class.getResourceAsStream("divide.lua")) {
                text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            }
            say("HSET", POOL + "pool", "born", "0");
        }

        void clock(long now) throws IOException {
            say(
                    "EVAL",
                    "local t = redis.call('TIME') "
                            + "local real = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000) "
                            + "redis.call('HSET', KEYS[1], 'offset', string.format('%.0f', tonumber(ARGV[1]) - real))",
                    "1",
                    POOL + "pool",
                    String.valueOf(now));
        }

        long grant(Member member, long used, long wanted, long call) throws IOException {
            var answer = say(
                    "EVAL",
                    text,
                    "4",
                    POOL + "pool",
                    POOL + "rests",
                    POOL + "pins",
                    POOL + "limit",
                    member.sidecar.pod(),
                    String.valueOf(++member.number[0]),
                    "0",
                    "0",
                    member.sidecar.tenant(),
                    String.valueOf(member.sidecar.weight()),
                    "1",
                    String.valueOf(limit),
                    String.valueOf(WINDOW_MS),
                    String.valueOf(member.share[1]),
                    String.valueOf(used),
                    String.valueOf(wanted),
                    String.valueOf(call),
                    "0",
                    "0",
                    "0",
                    "0");
            return (Long) ((List<?>) ((List<?>) answer).get(0)).get(0);
        }

        private Object say(String... words) throws IOException {
            var out = new ByteArrayOutputStream();
            out.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            for (var word : words) {
                var bytes = word.getBytes(StandardCharsets.UTF_8);
                out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.UTF_8));
                out.writeBytes(bytes);
                out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
            }
            socket.getOutputStream().write(out.toByteArray());
            return read();
        }

        private Object read() throws IOException {
            var line = line();
            var rest = line.substring(1);
            return switch (line.charAt(0)) {
                case ':' -> Long.parseLong(rest);
                case '+' -> rest;
                case '$' -> new String(in.readNBytes(length(rest)), StandardCharsets.UTF_8).trim();
                case '*' -> {
                    var all = new ArrayList<Object>();
                    for (int i = Integer.parseInt(rest); i > 0; i--) {
                        all.add(read());
                    }
                    yield all;
                }
                default -> throw new IOException("the server says " + line);
            };
        }

        private static int length(String said) {
            return said.equals("-1") ? 0 : Integer.parseInt(said) + 2;
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            for (int c = in.read(); c != '\r'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the server ended the connection");
                }
                line.append((char) c);
            }
            in.read();
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
