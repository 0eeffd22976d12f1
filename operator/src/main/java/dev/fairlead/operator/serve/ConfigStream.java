package dev.fairlead.operator.serve;

import dev.fairlead.operator.rollout.Snapshot;
import dev.fairlead.operator.serve.Authentication.Authenticated;
import dev.fairlead.operator.serve.LineWriter.Line;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** One sidecar's stream: a slot for every kind of frame, in which the latest wins. */
final class ConfigStream {
    /** An acknowledgement comes within a few configurations after its own. */
    private static final int SENT_HASHES = 8;

    private final String id;
    private final Authenticated pod;
    private final HttpServerRequest request;
    private final Frames frames;
    private final ServeFigures figures;
    private final LongSupplier nanoTime;
    private final LineWriter writer;
    private final Set<String> sentHashes = new LinkedHashSet<>();
    private final long openedAt;
    private final long lifeNanos;

    private Runnable ended = () -> {};
    private BearerToken token;
    private boolean helloDue = true;
    private String trustDue;
    private String trustLatest;
    private Snapshot configDue;
    private String configLatest;
    private boolean pingDue;
    private long pingedAt;
    private String byeDue;

    ConfigStream(
            String id,
            Authenticated pod,
            BearerToken token,
            HttpServerRequest request,
            Context context,
            Frames frames,
            ServeFigures figures,
            LongSupplier nanoTime,
            long lifeNanos) {
        this.id = id;
        this.pod = pod;
        this.token = token;
        this.request = request;
        this.frames = frames;
        this.figures = figures;
        this.nanoTime = nanoTime;
        this.lifeNanos = lifeNanos;
        this.openedAt = nanoTime.getAsLong();
        this.pingedAt = openedAt;
        this.writer = new LineWriter(request.response(), context, this::next, nanoTime, figures::bytes);
    }

    /** Runs {@code callback} when the last line has been written or the connection is gone; perhaps twice. */
    void onEnd(Runnable callback) {
        ended = callback;
        request.response().closeHandler(closed -> callback.run());
    }

    String id() {
        return id;
    }

    Authenticated pod() {
        return pod;
    }

    /** With which it was opened, or last used. */
    BearerToken token() {
        return token;
    }

    /** The pod's token has been renewed. */
    void renewed(BearerToken fresh) {
        token = fresh;
    }

    /** Whether that configuration went out on this stream. */
    boolean wasSent(String hash) {
        return sentHashes.contains(hash);
    }

    void trust(String caBundle) {
        if (!caBundle.equals(trustLatest)) {
            trustLatest = caBundle;
            trustDue = caBundle;
            writer.pump();
        }
    }

    void config(Snapshot snapshot) {
        // What is in the slot and not yet written gives way, also to what the sidecar already has.
        configDue = snapshot.hash().equals(configLatest) ? null : snapshot;
        writer.pump();
    }

    /** Whether a configuration is there for it, or has gone out. */
    boolean hasConfig() {
        return configDue != null || configLatest != null;
    }

    void pingIfDue(long everyNanos) {
        if (nanoTime.getAsLong() - pingedAt >= everyNanos) {
            pingDue = true;
            writer.pump();
        }
    }

    boolean livedLongEnough() {
        return age() > lifeNanos;
    }

    /** How long it has been open, in nanoseconds. */
    long age() {
        return nanoTime.getAsLong() - openedAt;
    }

    boolean stalled(long nanos) {
        return writer.stalled(nanos);
    }

    /** Says that this is the end, as soon as there is room. */
    void bye(String reason) {
        byeDue = reason;
        writer.pump();
    }

    /** Ends at once; says so if that is possible between two lines. */
    void leave(String reason) {
        var response = request.response();
        boolean canSay = !writer.midLine() && !response.closed() && !response.ended() && !response.writeQueueFull();
        writer.stop();
        if (canSay) {
            response.write(frames.bye(reason));
            response.end().onComplete(done -> request.connection().close());
        } else {
            request.connection().close();
        }
    }

    /** Ends at once. */
    void cut() {
        writer.stop();
        request.connection().close();
    }

    private Line next() {
        if (helloDue) {
            helloDue = false;
            return plain(frames.hello(id));
        }
        if (byeDue != null) {
            return new Line(frames.bye(byeDue), this::end);
        }
        if (trustDue != null) {
            var bundle = trustDue;
            trustDue = null;
            return plain(frames.trust(bundle));
        }
        if (configDue != null) {
            var snapshot = configDue;
            configDue = null;
            configLatest = snapshot.hash();
            return new Line(frames.config(snapshot), () -> sent(snapshot.hash()));
        }
        if (pingDue) {
            pingDue = false;
            return plain(frames.ping());
        }
        return null;
    }

    private Line plain(Buffer bytes) {
        return new Line(bytes, () -> pingedAt = nanoTime.getAsLong());
    }

    private void sent(String hash) {
        figures.snapshot();
        pingedAt = nanoTime.getAsLong();
        sentHashes.remove(hash);
        sentHashes.add(hash);
        if (sentHashes.size() > SENT_HASHES) {
            sentHashes.remove(sentHashes.iterator().next());
        }
    }

    private void end() {
        writer.stop();
        ended.run();
        request.response().end().onComplete(done -> request.connection().close());
    }
}
