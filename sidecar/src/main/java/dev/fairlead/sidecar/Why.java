package dev.fairlead.sidecar;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.RouteConfig.Audience;
import dev.fairlead.sidecar.exchange.LiveConfig;
import dev.fairlead.sidecar.limit.Admission;
import dev.fairlead.sidecar.route.RouteTable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** What would happen to a call for a model now: asked of the running state, changing nothing. */
final class Why {
    private final LiveConfig live;
    private final String model;
    private final long nowEpochMs;
    private final UnaryOperator<String> missing;
    private final Executor writers;

    /**
     * @param missing what a pool's shares are missing by the pool's id, {@code null} for nothing
     * @param writers where the answer is put together once the pools have said how they stand
     */
    Why(LiveConfig live, String model, long nowEpochMs, UnaryOperator<String> missing, Executor writers) {
        this.live = live;
        this.model = model;
        this.nowEpochMs = nowEpochMs;
        this.missing = missing;
        this.writers = writers;
    }

    /**
     * @param route the caller's choice of route, {@code null} for none
     * @param tenant whose call it would be, {@code null} for the workload's own
     */
    CompletableFuture<ObjectNode> answer(String route, String tenant) {
        var shown = JsonNodeFactory.instance.objectNode();
        shown.put("model", model);
        if (live.config().refusal() != null) {
            var refusal = live.config().refusal();
            return done(refused(shown, refusal.code(), refusal.message()));
        }
        var match = live.table().find(model, route);
        if (match == null) {
            return done(refused(shown, ErrorCode.MODEL_NOT_FOUND, "no route open to this workload offers it"));
        }
        shown.put("route", match.route().id());
        shown.put("matched", match.model().name());
        if (match.route().audience() == Audience.REFUSED) {
            var refusal = match.route().refusal();
            return done(refused(shown, refusal.code(), refusal.message()));
        }
        var until = match.route().validUntilMs();
        if (until != null && until <= nowEpochMs) {
            return done(refused(
                    shown,
                    ErrorCode.SUBSCRIPTION_EXPIRED,
                    "the approval of Subscription '" + match.route().subscription() + "' has expired"));
        }
        var sends = RouteTable.unqualified(model, match);
        var found = live.routes().get(match.routeIndex());
        var own = live.config().workload();
        var whose = tenant == null ? own.tenant() : tenant;
        // Of other tenants a sidecar knows no more than that they have a share.
        int weight = whose.equals(own.tenant()) ? own.tenantWeight() : 1;
        List<CompletableFuture<TargetStanding>> asked = found.models().get(match.modelIndex()).targets().stream()
                .map(target -> TargetStanding.of(
                        target, sends, found.config().timeouts().requestMs(), whose, weight))
                .toList();
        var limits = found.limiter().predict(ShortCall.tokens());
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenCombineAsync(
                        limits,
                        (v, admission) -> {
                            var standings =
                                    asked.stream().map(CompletableFuture::join).toList();
                            if (admission.admitted()) {
                                new WhyVerdict(found.config(), standings).addTo(shown);
                            } else {
                                refused(shown, ErrorCode.LIMIT_EXCEEDED, sentence(found.id(), admission));
                            }
                            var list = shown.putArray("targets");
                            standings.forEach(standing -> list.add(standing.shown(
                                    missing.apply(standing.target().pool().id()))));
                            return shown;
                        },
                        writers);
    }

    private static String sentence(String route, Admission admission) {
        var limit = "limit '" + admission.refusedBy() + "' of route '" + route + "' is ";
        return admission.retryAfterMs() == Long.MAX_VALUE
                ? limit + "smaller than a short call"
                : limit + "used up; it admits the next call in " + admission.retryAfterMs() + " ms";
    }

    private static CompletableFuture<ObjectNode> done(ObjectNode shown) {
        return CompletableFuture.completedFuture(shown);
    }

    static ObjectNode refused(ObjectNode shown, ErrorCode code, String message) {
        shown.put("answer", "refused");
        shown.put("status", code.status());
        shown.put("code", code.code());
        shown.put("because", message);
        return shown;
    }
}
