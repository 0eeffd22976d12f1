package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;

/**
 * What keeps a call from a key at this moment, and when it would have one: behind so many others, at the pace at which the
 * accounts' limits let calls pass.
 *
 * @param availableAt when it would be served, at least {@code nowMs}; {@link Long#MAX_VALUE} for never by itself
 * @param triedAt when the first call goes there, whoever that is; of what the provider refuses one call alone tries it again
 * @param jitterMs how much of that is our own delay after a rest: others need not be told
 * @param limit which limit lets it pass last, {@code null} when none does
 * @param serviceMs how long a call usually takes at the account that would probably serve it; 0 for unknown
 * @param carriers how many accounts have limits that such a call fits in at all, 0 when all have
 */
record Outlook(
        LeaseRefusal.Kind kind,
        FailureClass cause,
        long availableAt,
        long triedAt,
        long jitterMs,
        String limit,
        long serviceMs,
        int carriers) {
    /** @param latestMs until when it would wait: where to look first while nothing is known of the pace */
    static Outlook of(Board board, Endpoint endpoint, LeaseRequest request, int before, long latestMs, long nowMs) {
        var sight = Sight.of(board, request, nowMs);
        if (sight.telling() == null) {
            var kind = sight.avoided() ? LeaseRefusal.Kind.NONE_LEFT : LeaseRefusal.Kind.UNUSABLE;
            return never(kind, null, null);
        }
        if (board.provider().restsAsGone(nowMs)) {
            long opensAt = board.provider().opensAt(nowMs, board.silentMs());
            return new Outlook(
                    LeaseRefusal.Kind.UNUSABLE, FailureClass.MODEL_GONE, Long.MAX_VALUE, opensAt, 0, null, 0, 0);
        }
        var owner = sight.telling().owner();
        if (sight.tellingAt() == Long.MAX_VALUE) {
            return sight.telling().opensAt(Demand.ONE_CALL, nowMs) == Long.MAX_VALUE
                    ? never(LeaseRefusal.Kind.UNUSABLE, null, null)
                    : never(
                            LeaseRefusal.Kind.TOO_LARGE,
                            FailureClass.RATE_LIMIT,
                            owner.gate().bindingLimit(request.demand(), nowMs));
        }
        long serviceMs = (long) owner.serviceMs();
        long providerAt =
                Math.max(endpoint.probablyOpensAt(nowMs), board.provider().opensAt(nowMs, board.silentMs()));
        long first = Math.max(Math.max(sight.tellingAt(), providerAt), nowMs);
        long at =
                before == 0 ? first : board.pace().timeFor(sight, before + 1, first, latestMs, request.demand(), nowMs);
        if (providerAt > nowMs && providerAt >= sight.tellingAt()) {
            boolean busy = board.provider().rests(nowMs) || endpoint.admits(nowMs);
            var cause = busy ? FailureClass.OVERLOADED : FailureClass.SERVER;
            return new Outlook(LeaseRefusal.Kind.PROVIDER_DOWN, cause, at, first, 0, null, serviceMs, sight.carriers());
        }
        var cause = sight.cause();
        if (cause != null) {
            long jitter = at == owner.restedAt() ? owner.restedAt() - owner.restedUntil() : 0;
            var kind = Sight.rank(cause) == 0 ? LeaseRefusal.Kind.EXHAUSTED : LeaseRefusal.Kind.UNUSABLE;
            return new Outlook(kind, cause, at, first, jitter, null, serviceMs, sight.carriers());
        }
        var limit = owner.gate().bindingLimit(request.demand(), nowMs);
        return new Outlook(
                LeaseRefusal.Kind.EXHAUSTED, FailureClass.RATE_LIMIT, at, first, 0, limit, serviceMs, sight.carriers());
    }

    private static Outlook never(LeaseRefusal.Kind kind, FailureClass cause, String limit) {
        return new Outlook(kind, cause, Long.MAX_VALUE, Long.MAX_VALUE, 0, limit, 0, 0);
    }

    /**
     * How late a key is of use: in time for the answer to end before the deadline, too, where that is usually so. At least half of
     * what is left may be waited, or a model whose answers take longer than anybody allows would never be tried.
     */
    long usefulUntil(long deadlineMs, long nowMs) {
        return deadlineMs - Math.min(serviceMs, Math.max(0, deadlineMs - nowMs) / 2);
    }

    /** @param patienceMs how long the same call would wait if it were let in */
    LeaseRefusal refusal(long patienceMs, long nowMs) {
        if (kind == LeaseRefusal.Kind.UNUSABLE) {
            long tried = triedAt == Long.MAX_VALUE ? triedAt : Times.until(triedAt, nowMs);
            return new LeaseRefusal(kind, cause, tried);
        }
        long in = availableAt == Long.MAX_VALUE ? availableAt : Times.until(availableAt - jitterMs, nowMs);
        // Our own delay counts here: who came back before it would be refused again.
        long admitted =
                in == Long.MAX_VALUE ? in : Math.max(Math.min(in, 1), Times.until(availableAt, nowMs) - patienceMs);
        return new LeaseRefusal(kind, cause, in, admitted, limit);
    }
}
