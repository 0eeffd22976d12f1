package dev.fairlead.operator.simulate.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Collects a request body up to a limit. Of a longer one the rest is read and thrown away, so that the answer reaches the
 * caller before the connection closes.
 */
final class BodyReader {

    /** What came of it; exactly one of the two is called, once, unless the connection closes first. */
    interface Result {
        void whole(byte[] body);

        void tooLarge(long limit, long read);
    }

    private final long limit;
    private final Result result;
    private Buffer collected = Buffer.buffer();
    private long read;
    private boolean gaveUp;

    private BodyReader(long limit, Result result) {
        this.limit = limit;
        this.result = result;
    }

    static void read(HttpServerRequest request, long limit, Result result) {
        BodyReader reader = new BodyReader(limit, result);
        long declared = declaredLength(request);
        if (declared > limit) {
            reader.giveUp(declared);
        }
        request.handler(reader::chunk);
        request.endHandler(unused -> reader.end());
        // A connection that breaks is seen by the response's close handler.
        request.exceptionHandler(unused -> {});
    }

    private void chunk(Buffer chunk) {
        read += chunk.length();
        if (gaveUp) {
            return;
        }
        if (read > limit) {
            giveUp(read);
        } else {
            collected.appendBuffer(chunk);
        }
    }

    private void giveUp(long length) {
        gaveUp = true;
        collected = null;
        result.tooLarge(limit, length);
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void end() {
        if (!gaveUp) {
            result.whole(collected.getBytes());
        }
    }
}
