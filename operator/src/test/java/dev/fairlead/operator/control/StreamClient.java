package dev.fairlead.operator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.operator.testing.ShippedRoles;
import dev.fairlead.sidecar.control.Ack;
import dev.fairlead.sidecar.control.Frame;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.parsetools.RecordParser;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A sidecar's side of the config stream without the sidecar: tells of every configuration, and answers as it is told. */
final class StreamClient implements AutoCloseable {
    private static final String HOST = "fairlead-config." + ShippedRoles.NAMESPACE + ".svc";

    /** A sidecar waits no longer either. */
    private static final int REPORT_SECONDS = 3;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client;
    private final String address;
    private final int port;
    private final String token;
    private final Consumer<Frame.Config> configs;
    private volatile String stream;
    private volatile boolean objecting;
    private volatile String bye;

    /** @param configs hears of each configuration after it was acknowledged */
    StreamClient(Vertx vertx, String caBundle, int port, String token, Consumer<Frame.Config> configs) {
        this(vertx, caBundle, "127.0.0.1", port, token, configs);
    }

    /** @param address of the replica */
    StreamClient(Vertx vertx, String caBundle, String address, int port, String token, Consumer<Frame.Config> configs) {
        this.address = address;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(caBundle))));
        this.port = port;
        this.token = token;
        this.configs = configs;
    }

    /** Connects; the answer's status. */
    int connect() {
        var answer = client.request(options(HttpMethod.GET, "/v1/config")).compose(request -> {
            // Before it is sent: what is asked of a response after its end is never answered.
            var status = request.response().map(response -> {
                if (response.statusCode() == 200) {
                    read(response);
                }
                return response.statusCode();
            });
            return request.send().compose(sent -> status);
        });
        return join(answer);
    }

    /** From now on what comes is refused. */
    void object() {
        objecting = true;
    }

    /** Why the server has ended the stream, {@code null} while it has not. */
    String bye() {
        return bye;
    }

    /** Acknowledges something; the answer's status. */
    int acknowledge(Ack ack) {
        return join(post(ack));
    }

    String stream() {
        return stream;
    }

    /** Reports; the answer, {@code null} when there is none. */
    byte[] report(byte[] report) {
        var answer = client.request(options(HttpMethod.POST, "/v1/fleet")).compose(request -> {
            // Before it is sent: a body that is asked for after its end never comes.
            var body = request.response()
                    .compose(response ->
                            response.body().map(read -> response.statusCode() == 200 ? read.getBytes() : null));
            return request.send(Buffer.buffer(report)).compose(sent -> body);
        });
        try {
            return answer.toCompletionStage().toCompletableFuture().get(REPORT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            return null; // The replica is gone.
        }
    }

    private void read(HttpClientResponse response) {
        response.handler(RecordParser.newDelimited("\n", line -> frame(line.toString())));
        response.exceptionHandler(cut -> {});
    }

    private void frame(String line) {
        try {
            var frame = json.readValue(line, Frame.class);
            if (frame instanceof Frame.Hello hello) {
                stream = hello.stream();
            } else if (frame instanceof Frame.Bye end) {
                bye = end.reason();
            } else if (frame instanceof Frame.Config config) {
                var ack = objecting
                        ? new Ack(stream, config.hash(), false, "routes[0]", "is not to this test's taste")
                        : new Ack(stream, config.hash(), true, null, null);
                post(ack).onSuccess(status -> configs.accept(config));
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError("no frame: " + line, e);
        }
    }

    private Future<Integer> post(Ack ack) {
        return client.request(options(HttpMethod.POST, "/v1/acks"))
                .compose(request -> request.send(Buffer.buffer(write(ack))))
                .map(HttpClientResponse::statusCode);
    }

    private String write(Ack ack) {
        try {
            return json.writeValueAsString(ack);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private RequestOptions options(HttpMethod method, String path) {
        return new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, address))
                .setHost(HOST)
                .setPort(port)
                .setSsl(true)
                .setMethod(method)
                .setURI(path)
                .putHeader("authorization", "Bearer " + token);
    }

    private static <T> T join(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no answer", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
