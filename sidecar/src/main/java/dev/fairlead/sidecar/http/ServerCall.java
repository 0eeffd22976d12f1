package dev.fairlead.sidecar.http;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.exchange.ClientChannel;
import dev.fairlead.sidecar.exchange.ClientHead;
import dev.fairlead.sidecar.exchange.Exchange;
import dev.fairlead.sidecar.exchange.Exchanges;
import dev.fairlead.sidecar.exchange.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** One request on the data port: checks its head, reads its body, carries the answer. */
final class ServerCall implements ClientHead, ClientChannel {
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
    private static final AsciiString TRANSFER_ENCODING = AsciiString.cached("transfer-encoding");
    private static final AsciiString EXPECT = AsciiString.cached("expect");
    private static final AsciiString CONNECTION = AsciiString.cached("connection");

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ServerLimits limits;
    private Exchange exchange;
    private BodyReader body;
    private boolean bodyDone;

    ServerCall(HttpServerRequest request, ServerLimits limits) {
        this.request = request;
        this.response = request.response();
        this.limits = limits;
    }

    void begin(Exchanges exchanges, OriginGuard guard) {
        var entry = PathTable.of(request.path());
        exchange = exchanges.open(entry == null ? null : entry.endpoint(), this, this);
        response.closeHandler(v -> exchange.clientGone());
        response.exceptionHandler(e -> exchange.clientGone());
        request.exceptionHandler(e -> exchange.clientGone());
        var headers = request.headers();
        var length = headers.get(CONTENT_LENGTH);
        boolean chunked = headers.contains(TRANSFER_ENCODING);
        var objection = guard.objection(request);
        if (!exchange.hasRoom()) {
            refuse(ErrorCode.QUEUE_FULL, "Too many calls are running for the memory of this process.");
        } else if (objection != null) {
            refuse(ErrorCode.INVALID_REQUEST, objection);
        } else if (entry == null) {
            refuse(ErrorCode.NOT_FOUND, "There is nothing at " + shortened(request.path()) + ".");
        } else if (!entry.method().equals(request.method().name())) {
            response.putHeader("allow", entry.method());
            refuse(
                    ErrorCode.METHOD_NOT_ALLOWED,
                    request.path() + " takes " + entry.method() + ", not "
                            + request.method().name() + ".");
        } else {
            read(length, chunked);
        }
    }

    /** A request that could not be read: answered, and its connection ended. */
    void malformed(Exchanges exchanges, ErrorCode code, String message) {
        exchange = exchanges.open(null, this, this);
        refuse(code, message);
    }

    private static String shortened(String path) {
        return path.length() <= 80 ? path : path.substring(0, 80) + "...";
    }

    private void read(String length, boolean chunked) {
        long announced = length == null ? 0 : parseLength(length);
        if (announced > limits.maxBodyBytes()) {
            refuse(ErrorCode.REQUEST_TOO_LARGE, tooLarge());
            return;
        }
        if (announced > 0 && !exchange.hold(announced)) {
            refuse(ErrorCode.QUEUE_FULL, "Too many bytes are already held for other calls.");
            return;
        }
        body = new BodyReader(exchange, chunked ? -1 : (int) announced, limits.maxBodyBytes());
        if (request.headers().contains(EXPECT, "100-continue", true)) {
            response.writeContinue();
        }
        request.handler(this::bodyPart);
        request.endHandler(v -> bodyEnd());
    }

    /** Netty has checked that it is one non-negative number; beyond a long it is too large anyhow. */
    private static long parseLength(String length) {
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private String tooLarge() {
        return "The request's body is larger than " + limits.maxBodyBytes() + " bytes.";
    }

    private void bodyPart(Buffer part) {
        if (exchange.finished()) {
            return; // Refused already; what still comes is discarded.
        }
        switch (body.add(Bytes.heap(part))) {
            case TAKEN -> {}
            case TOO_LARGE -> refuse(ErrorCode.REQUEST_TOO_LARGE, tooLarge());
            case NO_ROOM -> refuse(ErrorCode.QUEUE_FULL, "Too many bytes are already held for other calls.");
        }
    }

    private void bodyEnd() {
        bodyDone = true;
        if (!exchange.finished()) {
            exchange.request(body.bytes());
        }
    }

    private void refuse(ErrorCode code, String message) {
        exchange.refuse(code, message, null);
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public String header(CharSequence name) {
        return request.headers().get(name);
    }

    @Override
    public void answer(ResponseHead head, ByteBuf answer) {
        if (response.closed() || response.headWritten()) {
            return;
        }
        write(head);
        boolean unread = body == null ? !request.isEnded() : !bodyDone;
        if (!unread) {
            response.end(Bytes.buffer(answer));
            return;
        }
        // The client may still be sending. Its remaining bytes are discarded for a moment, so that it can read this
        // answer
        // instead of a reset, and then the connection ends: what follows on it is no request.
        response.putHeader(CONNECTION, "close");
        response.end(Bytes.buffer(answer));
        new LingeringClose(request).begin();
    }

    private void write(ResponseHead head) {
        response.setStatusCode(head.status());
        var headers = response.headers();
        for (int i = 0; i < head.size(); i++) {
            headers.add(head.name(i), head.value(i));
        }
    }

    @Override
    public void begin(ResponseHead head) {
        if (response.closed()) {
            return;
        }
        write(head);
        if (head.contentLength() >= 0) {
            response.headers().set(CONTENT_LENGTH, Long.toString(head.contentLength()));
        } else {
            response.setChunked(true);
        }
    }

    @Override
    public void write(ByteBuf piece) {
        if (!response.closed()) {
            response.write(Bytes.buffer(piece));
        }
    }

    @Override
    public boolean full() {
        return !response.closed() && response.writeQueueFull();
    }

    @Override
    public void whenDrained(Runnable drained) {
        response.drainHandler(v -> {
            response.drainHandler(null);
            drained.run();
        });
    }

    @Override
    public void end() {
        if (!response.closed() && !response.ended()) {
            response.end();
        }
    }

    @Override
    public void breakOff() {
        if (!response.closed()) {
            request.connection().close();
        }
    }
}
