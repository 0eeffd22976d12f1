package dev.fairlead.sidecar.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.http.UnpooledContent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Streams over HTTPS. The address of a pod is dialled, the name of the Service is asked for (SNI) and verified: certificates
 * name the Service, never pods. Each stream has a client of its own, so that acknowledgements reach the pod that sent the
 * configuration, and everything of a stream ends with it.
 */
final class VertxDialer implements Dialer {
    private static final int CONNECT_MS = 3_000;
    private static final int HANDSHAKE_MS = 5_000;
    private static final int ACK_MS = 10_000;
    private static final int MAX_ERROR_BYTES = 8 * 1024;
    private static final int MAX_MESSAGE = 300;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final ObjectMapper json = new ObjectMapper();
    private final Vertx vertx;
    private final String host;
    private final int port;

    VertxDialer(Vertx vertx, String host, int port) {
        this.vertx = vertx;
        this.host = host;
        this.port = port;
    }

    @Override
    public Stream dial(InetAddress address, String token, List<String> authorities, Events events) {
        var stream = new Live(address, events);
        stream.open(token, authorities);
        return stream;
    }

    private final class Live implements Stream {
        private final HttpClient client;
        private final SocketAddress server;
        private final Events events;
        private boolean over;

        Live(InetAddress address, Events events) {
            this.events = events;
            this.server = SocketAddress.inetSocketAddress(port, address.getHostAddress());
            this.client = vertx.httpClientBuilder()
                    .with(new HttpClientOptions()
                            .setSsl(true)
                            .setVerifyHost(true)
                            .setConnectTimeout(CONNECT_MS)
                            .setSslHandshakeTimeout(HANDSHAKE_MS)
                            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                            .setTcpNoDelay(true))
                    .with(new PoolOptions().setHttp1MaxSize(3))
                    .withConnectHandler(UnpooledContent::on)
                    .build();
        }

        private RequestOptions request(HttpMethod method, String path, String token, List<String> authorities) {
            var trusted = new PemTrustOptions();
            authorities.forEach(pem -> trusted.addCertValue(Buffer.buffer(pem)));
            return new RequestOptions()
                    .setMethod(method)
                    .setServer(server)
                    .setHost(host)
                    .setPort(port)
                    .setURI(path)
                    .setSsl(true)
                    .setSslOptions(new ClientSSLOptions()
                            .setHostnameVerificationAlgorithm("HTTPS")
                            .setTrustOptions(trusted))
                    .putHeader("authorization", "Bearer " + token);
        }

        void open(String token, List<String> authorities) {
            client.request(request(HttpMethod.GET, "/v1/config", token, authorities)
                            .putHeader("accept", "application/x-ndjson"))
                    .compose(request -> request.send())
                    .onComplete(this::answered, e -> end(wordsOf(e)));
        }

        private void answered(HttpClientResponse response) {
            if (over) {
                return;
            }
            response.exceptionHandler(e -> end(wordsOf(e)));
            if (response.statusCode() != OK) {
                refused(response);
                return;
            }
            response.handler(chunk -> {
                if (!over) {
                    events.received(chunk.getBytes());
                }
            });
            response.endHandler(v -> end("the operator ended the stream"));
            events.opened();
        }

        private void refused(HttpClientResponse response) {
            var body = Buffer.buffer();
            response.handler(chunk -> {
                if (body.length() < MAX_ERROR_BYTES) {
                    body.appendBuffer(chunk);
                }
            });
            response.endHandler(v -> {
                if (!over) {
                    close();
                    events.refused(new Refusal(
                            response.statusCode(),
                            millisOf(response.getHeader("retry-after")),
                            sentence(response, body)));
                }
            });
        }

        private String sentence(HttpClientResponse response, Buffer body) {
            try {
                var error = json.readTree(body.getBytes()).path("error");
                var code = error.path("code").asText();
                // The code is what docs/troubleshooting.md explains.
                var message = (code.isEmpty() ? "" : code + ": ")
                        + error.path("message").asText();
                if (!message.isEmpty()) {
                    return message.substring(0, Math.min(message.length(), MAX_MESSAGE));
                }
            } catch (JsonProcessingException e) {
                // Not from an operator, then; the status says enough.
            } catch (java.io.IOException e) {
                throw new IllegalStateException("an array that cannot be read", e);
            }
            return "HTTP " + response.statusCode() + " " + response.statusMessage();
        }

        private void end(String reason) {
            if (!over) {
                close();
                events.ended(reason);
            }
        }

        @Override
        public void ack(Ack ack, String token, List<String> authorities) {
            byte[] body;
            try {
                body = json.writeValueAsBytes(ack);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("an acknowledgement that cannot be written", e);
            }
            client.request(request(HttpMethod.POST, "/v1/acks", token, authorities)
                            .setIdleTimeout(ACK_MS)
                            .putHeader("content-type", "application/json"))
                    .compose(request -> request.send(Buffer.buffer(body)))
                    .onComplete(
                            response -> {
                                if (!over && response.statusCode() != NO_CONTENT) {
                                    response.body().onComplete(read -> tell(response, read.result()));
                                }
                            },
                            e -> {
                                if (!over) {
                                    events.ackFailed(0, wordsOf(e));
                                }
                            });
        }

        @Override
        public void report(byte[] report, String token, List<String> authorities, Answer answer) {
            client.request(request(HttpMethod.POST, "/v1/fleet", token, authorities)
                            .setIdleTimeout(ACK_MS)
                            .putHeader("content-type", "application/json"))
                    .compose(request -> request.send(Buffer.buffer(report)))
                    .compose(response -> response.body().map(body -> {
                        came(answer, response.statusCode(), body.getBytes());
                        return null;
                    }))
                    .onFailure(e -> came(answer, 0, new byte[0]));
        }

        private void came(Answer answer, int status, byte[] body) {
            if (!over) {
                answer.came(status, body);
            }
        }

        private void tell(HttpClientResponse response, Buffer body) {
            if (!over) {
                events.ackFailed(response.statusCode(), sentence(response, body == null ? Buffer.buffer() : body));
            }
        }

        @Override
        public void close() {
            over = true;
            client.shutdown(0, TimeUnit.SECONDS);
        }
    }

    private static long millisOf(String retryAfter) {
        return retryAfter != null && retryAfter.matches("[0-9]{1,6}") ? Long.parseLong(retryAfter) * 1_000 : -1;
    }

    /** The innermost cause: TLS wraps what matters. */
    private static String wordsOf(Throwable failure) {
        var root = failure;
        for (int depth = 0; root.getCause() != null && depth < 10; depth++) {
            root = root.getCause();
        }
        var words = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return words.substring(0, Math.min(words.length(), MAX_MESSAGE));
    }
}
