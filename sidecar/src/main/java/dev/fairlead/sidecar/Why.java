package dev.fairlead.sidecar;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.RouteConfig.Audience;
import dev.fairlead.sidecar.exchange.LiveConfig;
import dev.fairlead.sidecar.exchange.LiveModel;
import dev.fairlead.sidecar.exchange.LiveTarget;
import dev.fairlead.sidecar.pool.LeaseRefusal;
import dev.fairlead.sidecar.pool.LeaseRequest;
import dev.fairlead.sidecar.route.RouteTable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** What would happen to a call for a model now: asked of the running state, changing nothing. */
final class Why {
    private final LiveConfig live;
    private final String model;
    private final long nowEpochMs;

    Why(LiveConfig live, String model, long nowEpochMs) {
        this.live = live;
        this.model = model;
        this.nowEpochMs = nowEpochMs;
    }

    /** @param route the caller's choice of route, {@code null} for none */
    CompletableFuture<ObjectNode> answer(String route) {
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
        var own = RouteTable.unqualified(model, match);
        return targets(live.routes().get(match.routeIndex()).models().get(match.modelIndex()), own, shown);
    }

    private static CompletableFuture<ObjectNode> done(ObjectNode shown) {
        return CompletableFuture.completedFuture(shown);
    }

    private static ObjectNode refused(ObjectNode shown, ErrorCode code, String message) {
        shown.put("answer", "refused");
        shown.put("status", code.status());
        shown.put("code", code.code());
        shown.put("because", message);
        return shown;
    }

    private static CompletableFuture<ObjectNode> targets(LiveModel found, String own, ObjectNode shown) {
        List<CompletableFuture<Standing>> asked =
                found.targets().stream().map(target -> ask(target, own)).toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(v -> {
            var list = shown.putArray("targets");
            Standing best = null;
            for (var future : asked) {
                var standing = future.join();
                list.add(standing.shown());
                if (best == null || standing.availableInMs() < best.availableInMs()) {
                    best = standing;
                }
            }
            if (best == null || best.availableInMs() == Long.MAX_VALUE) {
                return refused(shown, ErrorCode.KEYS_UNUSABLE, "no target has a key that can be used");
            }
            shown.put("answer", best.availableInMs() == 0 ? "served" : "waits");
            shown.put("target", best.target().config().name());
            shown.put("waitMs", best.availableInMs());
            return shown;
        });
    }

    private record Standing(LiveTarget target, String sends, LeaseRefusal refusal) {
        long availableInMs() {
            return refusal == null ? 0 : refusal.availableInMs();
        }

        ObjectNode shown() {
            var shown = JsonNodeFactory.instance.objectNode();
            shown.put("target", target.config().name());
            shown.put("pool", target.pool().id());
            shown.put("model", sends);
            shown.put("priority", target.config().priority());
            shown.put("ready", refusal == null);
            if (refusal != null) {
                shown.put("because", refusal.kind().name().toLowerCase(Locale.ROOT));
                if (refusal.cause() != null) {
                    shown.put("cause", refusal.cause().wireName());
                }
                if (refusal.availableInMs() != Long.MAX_VALUE) {
                    shown.put("availableInMs", refusal.availableInMs());
                }
            }
            return shown;
        }
    }

    private static CompletableFuture<Standing> ask(LiveTarget target, String own) {
        var sends = target.config().model() == null ? own : target.config().model();
        var keys = target.pool().keys();
        var answer = new CompletableFuture<Standing>();
        keys.home()
                .execute(() -> answer.complete(new Standing(
                        target,
                        sends,
                        keys.pool()
                                .predict(
                                        new LeaseRequest(null, sends, 0),
                                        keys.home().nowMs()))));
        return answer;
    }
}
