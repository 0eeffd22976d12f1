package dev.fairlead.operator.inject;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads bodies up to a size, in bounded time, and all that are being read or worked on up to a sum. What is read belongs to that
 * sum until it is given back; what cannot be read whole is given back here. On event loops.
 */
final class BodyReader {
    static final int MOST_BYTES = 8 << 20;

    private static final long MOST_BYTES_AT_ONCE = 8L * MOST_BYTES;

    private final Vertx vertx;
    private final long timeoutMillis;
    private final AtomicLong held = new AtomicLong();

    BodyReader(Vertx vertx, long timeoutMillis) {
        this.vertx = vertx;
        this.timeoutMillis = timeoutMillis;
    }

    /** Fails with a {@link Refusal}; where it does not, {@link #giveBack} is the caller's to call, once. */
    Future<Buffer> read(HttpServerRequest request) {
        Promise<Buffer> promise = Promise.promise();
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (promise.future().isComplete()) {
                // Refused already; what still comes is thrown away.
                return;
            }
            if (body.length() + chunk.length() > MOST_BYTES) {
                promise.tryFail(new Refusal(ReviewFault.LARGE, "the body is larger than " + MOST_BYTES + " bytes"));
            } else if (held.addAndGet(chunk.length()) > MOST_BYTES_AT_ONCE) {
                held.addAndGet(-chunk.length());
                promise.tryFail(new Refusal(ReviewFault.TOO_MANY, "too many reviews at once, try again"));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(e -> promise.tryFail(new Refusal(ReviewFault.ENDED_EARLY, "the body ended early")));
        request.endHandler(end -> promise.tryComplete(body));
        // Fails the promise itself: a future that is derived from it would leave it open to more.
        long timer = vertx.setTimer(
                timeoutMillis,
                late -> promise.tryFail(
                        new Refusal(ReviewFault.SLOW, "the body took longer than " + timeoutMillis + " ms")));
        return promise.future().onComplete(done -> {
            vertx.cancelTimer(timer);
            if (done.failed()) {
                giveBack(body);
            }
        });
    }

    /** Its bytes are held no longer. */
    void giveBack(Buffer body) {
        held.addAndGet(-body.length());
    }

    /** Bytes that are being read or worked on. */
    long held() {
        return held.get();
    }
}
