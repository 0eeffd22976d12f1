package dev.fairlead.operator.peer;

import dev.fairlead.operator.serve.BearerToken;
import dev.fairlead.operator.serve.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code GET /v1/peers}: this replica's reports, to the other replicas. On the server's event loop, which is given once. */
final class PeerFeed {
    private static final int MOST = 64;

    private final Vertx vertx;
    private final LocalReports book;
    private final PeerDoor door;
    private final PeerSettings settings;
    private final List<PeerStream> streams = new ArrayList<>();
    private final AtomicBoolean changed = new AtomicBoolean();
    private volatile Context context;
    private int underReview;
    private long ticker = -1;

    PeerFeed(Vertx vertx, LocalReports book, PeerDoor door, PeerSettings settings) {
        this.vertx = vertx;
        this.book = book;
        this.door = door;
        this.settings = settings;
    }

    void start() {
        book.onChange(this::changed);
    }

    void handle(HttpServerRequest request) {
        context = vertx.getOrCreateContext();
        var token = BearerToken.of(request.getHeader("authorization"));
        if (token.isEmpty()) {
            Refusal.tokenMissing().answer(request);
        } else if (streams.size() + underReview >= MOST) {
            new Refusal(429, "too_many_streams", "this replica serves as many replicas as it may", 5).answer(request);
        } else {
            underReview++;
            door.ask(request, token.get(), context, objection -> reviewed(request, objection));
        }
    }

    private void reviewed(HttpServerRequest request, Optional<Refusal> objection) {
        underReview--;
        if (request.response().closed()) {
            return;
        }
        objection.ifPresentOrElse(refusal -> refusal.answer(request), () -> open(request));
    }

    private void open(HttpServerRequest request) {
        var stream = new PeerStream(request, context);
        streams.add(stream);
        request.response().closeHandler(closed -> {
            streams.remove(stream);
            if (streams.isEmpty()) {
                vertx.cancelTimer(ticker);
                ticker = -1;
            }
        });
        if (ticker < 0) {
            ticker = vertx.setPeriodic(settings.ping().toMillis(), tick -> tick());
        }
        stream.reports(line());
    }

    private void tick() {
        var ping = new PeerLine(null, book.leads()).written();
        for (var stream : List.copyOf(streams)) {
            if (stream.stalled(3 * settings.ping().toNanos())) {
                stream.cut();
            } else {
                stream.ping(ping);
            }
        }
    }

    private void changed() {
        var loop = context;
        if (loop != null && changed.compareAndSet(false, true)) {
            loop.runOnContext(
                    here -> vertx.setTimer(Math.max(1, settings.debounce().toMillis()), due -> send()));
        }
    }

    private void send() {
        changed.set(false);
        if (!streams.isEmpty()) {
            var line = line();
            streams.forEach(stream -> stream.reports(line));
        }
    }

    private Buffer line() {
        return new PeerLine(book.local(), book.leads()).written();
    }
}
