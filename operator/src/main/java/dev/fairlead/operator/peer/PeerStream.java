package dev.fairlead.operator.peer;

import dev.fairlead.operator.serve.LineWriter;
import dev.fairlead.operator.serve.LineWriter.Line;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** What goes to one other replica: the latest list, however fast it reads. */
final class PeerStream {
    private final HttpServerRequest request;
    private final LineWriter writer;
    private Buffer reportsDue;
    private Buffer pingDue;

    PeerStream(HttpServerRequest request, Context context) {
        this.request = request;
        request.response().setChunked(true).putHeader("content-type", "application/x-ndjson");
        this.writer = new LineWriter(request.response(), context, this::next, System::nanoTime, bytes -> {});
    }

    void reports(Buffer line) {
        reportsDue = line;
        writer.pump();
    }

    void ping(Buffer line) {
        pingDue = line;
        writer.pump();
    }

    boolean stalled(long nanos) {
        return writer.stalled(nanos);
    }

    void cut() {
        writer.stop();
        request.connection().close();
    }

    private Line next() {
        if (reportsDue != null) {
            var line = reportsDue;
            reportsDue = null;
            return new Line(line, () -> {});
        }
        if (pingDue != null) {
            var line = pingDue;
            pingDue = null;
            return new Line(line, () -> {});
        }
        return null;
    }
}
