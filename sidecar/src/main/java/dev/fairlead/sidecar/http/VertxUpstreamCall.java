package dev.fairlead.sidecar.http;

import dev.fairlead.sidecar.exchange.UpstreamCall;
import dev.fairlead.sidecar.exchange.UpstreamFailure;
import dev.fairlead.sidecar.exchange.UpstreamFailure.Kind;
import dev.fairlead.sidecar.exchange.UpstreamListener;
import dev.fairlead.sidecar.exchange.UpstreamRequest;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/** One request to a provider. The listener hears of an end or a failure exactly once. */
final class VertxUpstreamCall implements UpstreamCall {
    private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    private static final AsciiString JSON = AsciiString.cached("application/json");
    private static final AsciiString ACCEPT_ENCODING = AsciiString.cached("accept-encoding");
    private static final AsciiString IDENTITY = AsciiString.cached("identity");
    private static final AsciiString USER_AGENT = AsciiString.cached("user-agent");
    private static final AsciiString AGENT = AsciiString.cached("fairlead");

    private final UpstreamRequest wanted;
    private final UpstreamListener listener;
    private final ProviderConnections connections;
    private HttpClientRequest request;
    private HttpClientResponse response;
    private boolean reused;
    private boolean over;

    VertxUpstreamCall(UpstreamRequest wanted, UpstreamListener listener, ProviderConnections connections) {
        this.wanted = wanted;
        this.listener = listener;
        this.connections = connections;
    }

    void notConnected(Throwable cause) {
        fail(UpstreamFailures.beforeSending(cause, connections.proxied()));
    }

    void connected(HttpClientRequest newRequest) {
        request = newRequest;
        if (over) {
            request.reset();
            return;
        }
        listener.connected();
        reused = connections.reused(request.connection());
        var headers = request.headers();
        headers.add(CONTENT_TYPE, JSON).add(ACCEPT_ENCODING, IDENTITY).add(USER_AGENT, AGENT);
        if (wanted.credentialHeader() != null) {
            headers.add(connections.headerName(wanted.credentialHeader()), wanted.credential());
        }
        for (int i = 0; i < wanted.headers().size(); i += 2) {
            headers.add(wanted.headers().get(i), wanted.headers().get(i + 1));
        }
        request.exceptionHandler(this::broken);
        request.response().onComplete(this::head, this::broken);
        request.end(Bytes.buffer(wanted.body()));
    }

    private void head(HttpClientResponse newResponse) {
        if (over) {
            return;
        }
        response = newResponse;
        response.exceptionHandler(this::broken);
        response.handler(piece -> {
            if (!over) {
                listener.data(Bytes.heap(piece));
            }
        });
        response.endHandler(v -> {
            if (!over) {
                over = true;
                listener.end();
            }
        });
        listener.head(response.statusCode(), name -> response.getHeader(connections.headerName(name)));
    }

    private void broken(Throwable cause) {
        fail(UpstreamFailures.afterSending(cause, response != null, reused));
    }

    private void fail(UpstreamFailure failure) {
        if (over) {
            return;
        }
        over = true;
        if (request != null && failure.kind() == Kind.GARBAGE) {
            request.reset();
        }
        listener.failed(failure);
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            if (request != null) {
                request.reset();
            }
        }
    }

    @Override
    public void pause() {
        if (response != null && !over) {
            response.pause();
        }
    }

    @Override
    public void resume() {
        if (response != null && !over) {
            response.resume();
        }
    }
}
