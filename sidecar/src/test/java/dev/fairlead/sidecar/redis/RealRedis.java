package dev.fairlead.sidecar.redis;

import dev.fairlead.sidecar.config.CoordinationConfig.RedisConfig;
import dev.fairlead.sidecar.control.TestCertificates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A {@code redis-server} of a test's own, which can be killed, stopped in its tracks and started again with an empty memory. */
public final class RealRedis implements AutoCloseable {
    private final int port = freePort();
    private final int tlsPort = freePort();
    private final Path certificates;
    private String password;
    private Process process;

    private RealRedis(String password, Path certificates) {
        this.password = password;
        this.certificates = certificates;
    }

    /** Starts one that lets everybody in. */
    public static RealRedis start() {
        var redis = new RealRedis(null, null);
        redis.run();
        return redis;
    }

    static RealRedis withPassword(String password) {
        var redis = new RealRedis(password, null);
        redis.run();
        return redis;
    }

    /**
     * Starts one that also speaks TLS, as {@code localhost} by an authority of {@link TestCertificates}.
     *
     * @param folder for its certificate and key
     */
    static RealRedis withTls(Path folder, String password) throws IOException {
        var made = TestCertificates.get();
        Files.writeString(folder.resolve("redis.crt"), made.pem("local"));
        Files.writeString(folder.resolve("redis.key"), made.keyPem("local"));
        var redis = new RealRedis(password, folder);
        redis.run();
        return redis;
    }

    /** Starts it, empty, where it was before. */
    public void run() {
        try {
            var command = new ProcessBuilder(
                    "redis-server",
                    "--port",
                    String.valueOf(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--requirepass",
                    password == null ? "" : password);
            if (certificates != null) {
                command.command().addAll(List.of("--tls-port", String.valueOf(tlsPort), "--tls-auth-clients", "no"));
                command.command().addAll(List.of("--tls-cert-file", certificates + "/redis.crt"));
                command.command().addAll(List.of("--tls-key-file", certificates + "/redis.key"));
            }
            process = command.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await().atMost(30, TimeUnit.SECONDS).ignoreExceptions().until(() -> answers());
    }

    private boolean answers() throws IOException {
        return say("PING") != null;
    }

    private String say(String command) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var login = password == null ? "" : "AUTH " + password + "\r\n";
            socket.getOutputStream().write((login + command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    /** As if it had known this pool for long: it gives shares without waiting for what others may hold. */
    public RealRedis knowing(String pool) {
        try {
            say("HSET fairlead:{" + pool + "}:pool born 0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** From now on only this password lets anybody in; connections that there are stay. */
    void rotate(String newPassword) {
        try {
            say("CONFIG SET requirepass " + newPassword);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        password = newPassword;
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** It stays, and takes connections, but answers nobody. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How to reach it. */
    public RedisConfig config() {
        return new RedisConfig("127.0.0.1:" + port, false, password);
    }

    /** How to reach it by TLS. */
    RedisConfig tlsConfig(String host, String with) {
        return new RedisConfig(host + ":" + tlsPort, true, with);
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
