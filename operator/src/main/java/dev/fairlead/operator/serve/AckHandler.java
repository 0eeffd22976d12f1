package dev.fairlead.operator.serve;

import dev.fairlead.operator.rollout.AckListener;
import dev.fairlead.operator.serve.Authentication.Authenticated;
import dev.fairlead.operator.serve.Authentication.Refused;
import dev.fairlead.operator.serve.Authentication.Unavailable;
import dev.fairlead.sidecar.control.Ack;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v1/acks}: what a sidecar makes of what it was sent on its own stream. */
final class AckHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AckHandler.class);
    private static final int MAX_BODY = 64 * 1024;
    private static final int BURST = 50;
    private static final Duration REFILL = Duration.ofMillis(100);

    private final Vertx vertx;
    private final Context context;
    private final Authenticator authenticator;
    private final Streams streams;
    private final Sources sources;
    private final AckListener acks;
    private final ServeSettings settings;
    private final ServeFigures figures;
    private final Throttle rate;
    private final AckBody reader = new AckBody();

    AckHandler(
            Vertx vertx,
            Context context,
            Authenticator authenticator,
            Streams streams,
            Sources sources,
            AckListener acks,
            ServeSettings settings,
            ServeFigures figures,
            LongSupplier nanoTime) {
        this.vertx = vertx;
        this.context = context;
        this.authenticator = authenticator;
        this.streams = streams;
        this.sources = sources;
        this.acks = acks;
        this.settings = settings;
        this.figures = figures;
        this.rate = new Throttle(BURST, REFILL, nanoTime);
    }

    void handle(HttpServerRequest request) {
        var token = BearerToken.of(request.getHeader("authorization"));
        if (token.isEmpty()) {
            refuse(request, Refusal.tokenMissing());
            return;
        }
        var body = Buffer.buffer();
        long deadline = vertx.setTimer(
                settings.request().toMillis(),
                late -> refuse(request, new Refusal(408, "request_timeout", "the body did not come in time")));
        // The rest of a body that is too long is read and dropped: an answer to a client that still sends can get lost.
        var length = new long[1];
        request.handler(chunk -> {
            length[0] += chunk.length();
            if (length[0] <= MAX_BODY) {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(gone -> vertx.cancelTimer(deadline));
        request.endHandler(ended -> {
            if (!vertx.cancelTimer(deadline)) {
                return;
            }
            if (length[0] > MAX_BODY) {
                refuse(request, new Refusal(413, "body_too_large", "expected at most " + MAX_BODY + " bytes"));
            } else {
                understand(request, token.get(), body);
            }
        });
    }

    private void understand(HttpServerRequest request, BearerToken token, Buffer body) {
        var ack = reader.read(body.getBytes());
        if (ack.isEmpty()) {
            refuse(
                    request,
                    new Refusal(400, "bad_ack", "expected {\"stream\": text, \"hash\": text, \"applied\": boolean}"));
            return;
        }
        var stream = streams.byId(ack.get().stream());
        if (stream != null && stream.isOf(token)) {
            settle(request, stream, ack.get());
        } else {
            review(request, token, ack.get());
        }
    }

    private void review(HttpServerRequest request, BearerToken token, Ack ack) {
        var address = Visitors.address(request.connection());
        if (!sources.enter(address)) {
            refuse(request, new Refusal(429, "too_many_reviews", "too many tokens from this address", 2));
            return;
        }
        authenticator
                .reviewOrRecall(token)
                .thenAccept(outcome -> context.runOnContext(here -> {
                    sources.leave(address, outcome);
                    if (outcome instanceof Authenticated caller) {
                        var stream = streams.byId(ack.stream());
                        if (stream == null || !ofSamePod(stream.pod(), caller)) {
                            stale(request);
                        } else {
                            stream.renewed(token);
                            settle(request, stream, ack);
                        }
                    } else if (outcome instanceof Refused refused) {
                        refuse(request, Refusal.of(refused));
                    } else if (outcome instanceof Unavailable unavailable) {
                        refuse(request, Refusal.of(unavailable));
                    }
                }));
    }

    private static boolean ofSamePod(Authenticated opener, Authenticated caller) {
        return opener.equals(caller);
    }

    private void settle(HttpServerRequest request, ConfigStream stream, Ack ack) {
        var uid = stream.pod().podUid();
        if (!stream.wasSent(ack.hash())) {
            stale(request);
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

    /** Does not tell whether there is such a stream: that of another pod is as unknown as one that never was. */
    private void stale(HttpServerRequest request) {
        figures.staleAck();
        stay(request, new Refusal(409, "ack_stale", "no such configuration was sent to this pod on such a stream"));
    }

    private void stay(HttpServerRequest request, Refusal refusal) {
        figures.refusal(refusal.code());
        refusal.answerAndStay(request);
    }

    private void refuse(HttpServerRequest request, Refusal refusal) {
        figures.refusal(refusal.code());
        refusal.answer(request);
    }
}
