package dev.fairlead.operator.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A {@code redis-server} of a test's own. Where there is none the test is skipped, or fails if {@code FAIRLEAD_REQUIRE} contains
 * {@code redis}.
 */
public final class RedisProcess implements AutoCloseable {
    private final int port;
    private final Process process;

    private RedisProcess(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    public static RedisProcess start() throws IOException {
        boolean required = List.of(
                        System.getenv().getOrDefault("FAIRLEAD_REQUIRE", "").split("[, ]+"))
                .contains("redis");
        assumeTrue(required || installed(), "needs redis-server in the path (apt-get install redis-server)");
        int port = freePort();
        var process = new ProcessBuilder(
                        "redis-server", "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var redis = new RedisProcess(port, process);
        Awaitility.await().atMost(30, TimeUnit.SECONDS).ignoreExceptions().until(redis::answers);
        return redis;
    }

    private static boolean installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, "redis-server").canExecute());
    }

    private boolean answers() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
            return "+PONG".equals(new BufferedReader(in).readLine());
        }
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Ends it as a power cut would. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
