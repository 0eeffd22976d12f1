package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;
import java.util.List;

/**
 * What keeps a call from a key at this moment.
 *
 * @param availableAt the earliest time at which a key may serve; {@link Long#MAX_VALUE} for never by itself; now or earlier
 *     when an event (a probe's answer) decides, not time
 * @param nextChange the earliest time in the future at which to look again
 */
record Block(LeaseRefusal.Kind kind, FailureClass cause, long availableAt, long nextChange) {

    static Block of(List<Key> keys, EndpointState endpoint, LeaseRequest request, long nowMs) {
        Key soonest = null;
        long availableAt = Long.MAX_VALUE;
        long nextChange = Long.MAX_VALUE;
        boolean avoided = false;
        for (var key : keys) {
            if (key.weight() == 0) {
                continue;
            }
            if (request.avoids(key.group())) {
                avoided = true;
                continue;
            }
            long at = key.availableAt(request.model(), nowMs);
            if (soonest == null || at < availableAt) {
                soonest = key;
                availableAt = at;
            }
            long change =
                    at > nowMs ? at : key.group().model(request.model(), nowMs).silentProbeDue();
            nextChange = Math.min(nextChange, change);
        }
        if (soonest == null) {
            var kind = avoided ? LeaseRefusal.Kind.NONE_LEFT : LeaseRefusal.Kind.UNUSABLE;
            return new Block(kind, null, Long.MAX_VALUE, Long.MAX_VALUE);
        }
        long providerAt = Math.max(endpoint.breaker().openUntil(), endpoint.overloadedUntil(request.model()));
        if ((providerAt > nowMs && providerAt >= availableAt)
                || endpoint.breaker().probing()) {
            var cause =
                    endpoint.overloadedUntil(request.model()) > nowMs ? FailureClass.OVERLOADED : FailureClass.SERVER;
            return new Block(LeaseRefusal.Kind.PROVIDER_DOWN, cause, providerAt, future(providerAt, nowMs));
        }
        if (availableAt <= nowMs) {
            return new Block(
                    LeaseRefusal.Kind.EXHAUSTED, FailureClass.RATE_LIMIT, availableAt, future(nextChange, nowMs));
        }
        var cause = soonest.cause(request.model(), nowMs);
        return new Block(kindOf(cause), cause, availableAt, future(Math.max(nextChange, providerAt), nowMs));
    }

    LeaseRefusal refusal(long nowMs) {
        return new LeaseRefusal(kind, cause, Times.until(availableAt, nowMs));
    }

    private static LeaseRefusal.Kind kindOf(FailureClass cause) {
        return switch (cause) {
            case CREDENTIAL, QUOTA, MODEL_ACCESS, REGION -> LeaseRefusal.Kind.UNUSABLE;
            default -> LeaseRefusal.Kind.EXHAUSTED;
        };
    }

    private static long future(long atMs, long nowMs) {
        return atMs > nowMs ? atMs : Long.MAX_VALUE;
    }
}
