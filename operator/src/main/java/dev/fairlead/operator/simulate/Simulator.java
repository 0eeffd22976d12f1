package dev.fairlead.operator.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.simulate.http.Control;
import dev.fairlead.operator.simulate.http.Provider;
import dev.fairlead.operator.simulate.http.ProviderServer;
import dev.fairlead.operator.simulate.openai.OpenAi;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running simulator, on a Vert.x and an event loop of its own. Its methods may be called from any thread but that loop;
 * they wait for it.
 */
public final class Simulator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_LINE = 16 * 1024;
    private static final long PATIENCE_SECONDS = 30;

    private final SimulatorOptions options;
    private final Vertx vertx;
    private final Context loop;
    private final Control control;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Simulator(SimulatorOptions options, Vertx vertx, Context loop, Control control, int port) {
        this.options = options;
        this.vertx = vertx;
        this.loop = loop;
        this.control = control;
        this.port = port;
    }

    /**
     * Starts a simulator and returns once it listens.
     *
     * @throws IOException if it cannot listen, or a TLS file cannot be read; the message says which and why
     */
    public static Simulator start(SimulatorOptions options) throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        try {
            Context loop = vertx.getOrCreateContext();
            Provider provider = new Provider(options.profile(), options.clock());
            ProviderServer server = new ProviderServer(vertx, provider, new OpenAi(options.profile(), options.clock()));
            HttpServer listening = await(on(loop, () -> server.listen(serverOptions(options))));
            Simulator simulator = new Simulator(options, vertx, loop, server.control(), listening.actualPort());
            LOG.atInfo()
                    .addKeyValue("url", simulator.url())
                    .addKeyValue("accounts", options.profile().accounts().size())
                    .log("SimulatorStarted");
            return simulator;
        } catch (IOException | RuntimeException e) {
            vertx.close();
            if (e instanceof IOException failure) {
                throw new IOException(
                        "cannot listen on " + options.host() + ":" + options.port() + ": " + failure.getMessage(), e);
            }
            throw e;
        }
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Where it listens, without a path: {@code http://127.0.0.1:15090}. */
    public String url() {
        String scheme = options.tlsKey() == null ? "http" : "https";
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return scheme + "://" + host + ":" + port;
    }

    /** What {@code GET /stats} answers. */
    public JsonNode stats() {
        return ask(it -> it.stats(Integer.MAX_VALUE));
    }

    /**
     * What {@code POST /faults} does.
     *
     * @param json a list of faults, or one
     * @return the faults in force
     * @throws IllegalArgumentException if they are malformed
     */
    public JsonNode addFaults(String json) {
        return ask(it -> it.addFaults(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** What {@code DELETE /faults} does. */
    public void clearFaults() {
        ask(Control::clearFaults);
    }

    /** What {@code POST /reset} does. */
    public void reset() {
        ask(Control::reset);
    }

    /** Stops listening, closes every connection, ends its threads. A second time does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            await(vertx.close());
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("SimulatorCloseFailed");
            return;
        }
        LOG.atInfo().addKeyValue("port", port).log("SimulatorStopped");
    }

    private <T> T ask(Function<Control, T> question) {
        try {
            return await(on(loop, () -> Future.succeededFuture(question.apply(control))));
        } catch (IOException e) {
            throw new IllegalStateException("the simulator does not answer: " + e.getMessage(), e);
        }
    }

    private static <T> Future<T> on(Context loop, Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(unused -> {
            try {
                action.get().onComplete(done);
            } catch (RuntimeException e) {
                done.fail(e);
            }
        });
        return done.future();
    }

    private static <T> T await(Future<T> future) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private static HttpServerOptions serverOptions(SimulatorOptions options) {
        HttpServerOptions http = new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxHeaderSize(MAX_HEAD)
                .setMaxInitialLineLength(MAX_LINE)
                .setTcpNoDelay(true);
        if (options.tlsKey() != null) {
            http.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(options.tlsCertificate().toString())
                            .setKeyPath(options.tlsKey().toString()));
        }
        return http;
    }
}
