package dev.fairlead.operator.serve;

import dev.fairlead.operator.rollout.RolloutSource;
import dev.fairlead.operator.serve.Authentication.Authenticated;
import dev.fairlead.operator.serve.Authentication.Refused;
import dev.fairlead.operator.serve.Authentication.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/config}: who is it, is its pod as it should be, then a stream. */
final class ConnectHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectHandler.class);
    private static final double JITTER = 0.2;
    private static final int ID_BYTES = 16;

    private final Context context;
    private final RolloutSource rollouts;
    private final Authenticator authenticator;
    private final PodGate gate;
    private final Streams streams;
    private final Sources sources;
    private final Throttle connects;
    private final Frames frames = new Frames();
    private final ServeSettings settings;
    private final ServeFigures figures;
    private final LongSupplier nanoTime;
    private final SecureRandom random = new SecureRandom();

    ConnectHandler(
            Context context,
            RolloutSource rollouts,
            Authenticator authenticator,
            PodGate gate,
            Streams streams,
            Sources sources,
            ServeSettings settings,
            ServeFigures figures,
            LongSupplier nanoTime) {
        this.context = context;
        this.rollouts = rollouts;
        this.authenticator = authenticator;
        this.gate = gate;
        this.streams = streams;
        this.sources = sources;
        this.connects = new Throttle(settings.connectBurst(), settings.connectRefill(), nanoTime);
        this.settings = settings;
        this.figures = figures;
        this.nanoTime = nanoTime;
    }

    void handle(HttpServerRequest request) {
        var token = BearerToken.of(request.getHeader("authorization"));
        if (token.isEmpty()) {
            refuse(request, Refusal.tokenMissing());
        } else if (rollouts.latest().isEmpty()) {
            refuse(request, new Refusal(503, "not_synced", "this replica has not read the cluster yet", 2));
        } else if (!connects.take(token.get().fingerprint())) {
            refuse(request, tooMany());
        } else {
            review(request, token.get());
        }
    }

    private void review(HttpServerRequest request, BearerToken token) {
        var address = Visitors.address(request.connection());
        if (!sources.enter(address)) {
            refuse(request, Refusal.tooManyReviews());
            return;
        }
        authenticator
                .review(token)
                .thenAccept(outcome -> context.runOnContext(here -> {
                    sources.leave(address, outcome);
                    if (request.response().closed()) {
                        return;
                    }
                    if (outcome instanceof Authenticated caller) {
                        admit(request, token, caller);
                    } else if (outcome instanceof Refused refused) {
                        refuse(request, Refusal.of(refused));
                    } else if (outcome instanceof Unavailable unavailable) {
                        refuse(request, Refusal.of(unavailable));
                    }
                }));
    }

    private void admit(HttpServerRequest request, BearerToken token, Authenticated caller) {
        var objection = gate.objection(caller);
        if (objection.isPresent()) {
            LOG.atInfo()
                    .addKeyValue("pod", caller.namespace() + "/" + caller.podName())
                    .addKeyValue("code", objection.get().code())
                    .addKeyValue("reason", objection.get().message())
                    .log("stream refused");
            refuse(request, objection.get());
        } else if (!connects.take(caller.podUid())) {
            // The same pod with ever new tokens.
            refuse(request, tooMany());
        } else if (streams.full(caller.podUid())) {
            refuse(request, new Refusal(429, "too_many_streams", "this replica serves as many streams as it may", 10));
        } else {
            open(request, token, caller);
        }
    }

    private void open(HttpServerRequest request, BearerToken token, Authenticated caller) {
        var id = new byte[ID_BYTES];
        random.nextBytes(id);
        request.response()
                .setChunked(true)
                .putHeader("content-type", "application/x-ndjson")
                .putHeader("cache-control", "no-store");
        double life = ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER);
        var stream = new ConfigStream(
                HexFormat.of().formatHex(id), caller, token, request, context, frames, figures, nanoTime, (long)
                        (life * settings.life().toNanos()));
        stream.onEnd(() -> streams.ended(stream));
        streams.opened(stream);
    }

    private void refuse(HttpServerRequest request, Refusal refusal) {
        figures.refusal(refusal.code());
        refusal.answer(request);
    }

    private Refusal tooMany() {
        long seconds = Math.max(1, settings.connectRefill().toSeconds());
        return new Refusal(429, "too_many_streams", "this pod opens streams too often", (int) seconds);
    }
}
