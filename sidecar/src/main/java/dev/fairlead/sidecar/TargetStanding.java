package dev.fairlead.sidecar;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.sidecar.exchange.LiveTarget;
import dev.fairlead.sidecar.pool.LeaseRefusal;
import dev.fairlead.sidecar.pool.PoolView;
import dev.fairlead.sidecar.pool.PoolView.KeyView;
import dev.fairlead.sidecar.pool.PoolView.ModelView;
import dev.fairlead.sidecar.pool.Prediction;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * How one target stands for a call that would be made now.
 *
 * @param sends the provider's name of the model
 * @param prediction what its pool would make of the call
 */
record TargetStanding(LiveTarget target, String sends, Prediction prediction, PoolView pool) {
    private static final Set<String> REFUSED = Set.of("Invalid", "Suspended");

    /** Asks the pool on its home loop; changes nothing there. */
    static CompletableFuture<TargetStanding> of(
            LiveTarget target, String ownModel, long timeoutMs, String tenant, int tenantWeight) {
        var sends = target.config().model() == null ? ownModel : target.config().model();
        var keys = target.pool().keys();
        var answer = new CompletableFuture<TargetStanding>();
        keys.home().execute(() -> {
            try {
                long now = keys.home().nowMs();
                var request = ShortCall.request(sends, now + timeoutMs).onBehalfOf(tenant, tenantWeight);
                var prediction = keys.pool().predict(request, now);
                answer.complete(new TargetStanding(
                        target, sends, prediction, keys.pool().view(now)));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    String key() {
        return prediction.key();
    }

    /** Why there is no key at once, {@code null} when there is one. */
    LeaseRefusal refusal() {
        return prediction.refusal();
    }

    /** Whether new calls come here at all. */
    boolean takesCalls() {
        return target.config().weight() > 0;
    }

    boolean ready() {
        return takesCalls() && refusal() == null;
    }

    /** Whether the call would be let in to wait. */
    boolean waits() {
        return takesCalls() && prediction.waits();
    }

    /** Milliseconds; {@link Long#MAX_VALUE} for never by itself. */
    long waitMs() {
        return !takesCalls()
                ? Long.MAX_VALUE
                : refusal() == null ? 0 : refusal().availableInMs();
    }

    /** The longest that a call may wait here. */
    long longestWaitMs() {
        return target.pool().config().waitingRoom().maxWaitMs();
    }

    /** What keeps calls back, for people: {@code rate_limit}, or the limit's name. */
    String binds() {
        if (refusal() == null) {
            return null;
        }
        if (refusal().limit() != null) {
            return refusal().limit();
        }
        return refusal().cause() == null
                ? refusal().kind().name().toLowerCase(Locale.ROOT)
                : refusal().cause().wireName();
    }

    /** The keys that could be given to the call at once. */
    List<String> readyKeys() {
        return ready()
                ? pool.keys().stream().filter(this::ready).map(KeyView::name).toList()
                : List.of();
    }

    private boolean ready(KeyView key) {
        var model = modelOf(key);
        boolean recovering = model != null && model.recovering() && model.inFlight() > 0;
        return (isTriedNext(key) ? modelBinds(model) : keyBinds(key)) == null
                && !recovering
                && (isTriedNext(key) || key.state().equals("Available"));
    }

    /** Whether the next call finds out if the provider, which has refused it, takes it again. */
    private static boolean isTriedNext(KeyView key) {
        return REFUSED.contains(key.state()) && key.availableInMs() == 0;
    }

    private ModelView modelOf(KeyView key) {
        return key.models().stream()
                .filter(model -> model.model().equals(sends))
                .findFirst()
                .orElse(null);
    }

    private String keyBinds(KeyView key) {
        if (!key.reason().isEmpty()) {
            return key.reason();
        }
        return modelBinds(modelOf(key));
    }

    private static String modelBinds(ModelView model) {
        if (model == null) {
            return null;
        }
        return model.reason().isEmpty() ? model.limit() : model.reason();
    }

    /** @param missing what the pool's shares are missing, for people; {@code null} for nothing */
    ObjectNode shown(String missing) {
        var shown = JsonNodeFactory.instance.objectNode();
        shown.put("target", target.config().name());
        shown.put("pool", target.pool().id());
        shown.put("provider", pool.provider());
        shown.put("model", sends);
        shown.put("priority", target.config().priority());
        shown.put("weight", target.config().weight());
        shown.put("ready", ready());
        if (ready()) {
            shown.put("nextKey", key());
        }
        if (!takesCalls()) {
            shown.put("because", "drains: its weight is 0");
        } else if (refusal() != null) {
            shown.put("because", refusal().kind().name().toLowerCase(Locale.ROOT));
            if (refusal().cause() != null) {
                shown.put("cause", refusal().cause().wireName());
            }
            if (refusal().limit() != null) {
                shown.put("limit", refusal().limit());
            }
            if (refusal().availableInMs() != Long.MAX_VALUE) {
                shown.put("availableInMs", refusal().availableInMs());
            }
        }
        shown.put("waiting", pool.waiting());
        shown.put("inFlight", pool.inFlight());
        if (pool.headroomPercent() >= 0) {
            shown.put("headroomPercent", pool.headroomPercent());
        }
        if (missing != null) {
            shown.put("coordination", missing);
        }
        var keys = shown.putArray("keys");
        pool.keys().forEach(key -> keys.add(shown(key)));
        return shown;
    }

    private ObjectNode shown(KeyView key) {
        var shown = JsonNodeFactory.instance.objectNode();
        shown.put("key", key.name());
        shown.put("quotaGroup", key.quotaGroup());
        shown.put("state", key.state());
        shown.put("ready", ready(key));
        var binds = keyBinds(key);
        if (binds != null) {
            shown.put("because", binds);
        }
        var model = modelOf(key);
        long resting = Math.max(key.availableInMs(), model == null ? 0 : model.availableInMs());
        if (resting > 0) {
            shown.put("availableInMs", resting);
        }
        if (model != null) {
            shown.put("headroomPercent", model.headroomPercent());
            shown.put("inFlight", model.inFlight());
            if (model.recovering()) {
                shown.put("recovering", true);
            }
        }
        return shown;
    }
}
