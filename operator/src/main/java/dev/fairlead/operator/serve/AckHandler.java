package dev.fairlead.operator.serve;

import dev.fairlead.operator.rollout.AckListener;
import dev.fairlead.sidecar.control.Ack;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v1/acks}: what a sidecar makes of what it was sent on its own stream. */
final class AckHandler implements StreamPost.Content<Ack> {
    static final int MAX_BODY = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(AckHandler.class);
    private static final int BURST = 50;
    private static final Duration REFILL = Duration.ofMillis(100);

    private final AckListener acks;
    private final ServeFigures figures;
    private final Throttle rate;
    private final AckBody reader = new AckBody();

    AckHandler(AckListener acks, ServeFigures figures, LongSupplier nanoTime) {
        this.acks = acks;
        this.figures = figures;
        this.rate = new Throttle(BURST, REFILL, nanoTime);
    }

    @Override
    public Optional<Ack> read(byte[] body) {
        return reader.read(body);
    }

    @Override
    public Refusal unreadable() {
        return new Refusal(400, "bad_ack", "expected {\"stream\": text, \"hash\": text, \"applied\": boolean}");
    }

    @Override
    public String stream(Ack ack) {
        return ack.stream();
    }

    @Override
    public void take(HttpServerRequest request, ConfigStream stream, Ack ack) {
        var uid = stream.pod().podUid();
        if (!stream.wasSent(ack.hash())) {
            unknown(request);
            return;
        }
        if (!rate.take(uid)) {
            stay(request, new Refusal(429, "too_many_acks", "this pod acknowledges too often", 1));
            return;
        }
        if (ack.applied()) {
            figures.ack();
            acks.acked(uid, stream.id(), ack.hash());
        } else {
            figures.nack();
            LOG.atWarn()
                    .addKeyValue(
                            "pod", stream.pod().namespace() + "/" + stream.pod().podName())
                    .addKeyValue("hash", ack.hash())
                    .addKeyValue("path", ack.path())
                    .log("sidecar refused its configuration");
            acks.nacked(uid, stream.id(), ack.hash(), ack.path(), ack.message());
        }
        request.response().setStatusCode(204).end();
    }

    @Override
    public void unknown(HttpServerRequest request) {
        figures.staleAck();
        stay(request, new Refusal(409, "ack_stale", "no such configuration was sent to this pod on such a stream"));
    }

    private void stay(HttpServerRequest request, Refusal refusal) {
        figures.refusal(refusal.code());
        refusal.answerAndStay(request);
    }
}
