package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;
import java.util.EnumMap;
import java.util.Map;

/** How many keys cannot take a call of one model now, by why; for the words of a refusal. */
final class RestCounts {
    private final Map<FailureClass, Integer> counts = new EnumMap<>(FailureClass.class);
    private final String model;
    private final long nowMs;

    private RestCounts(String model, long nowMs) {
        this.model = model;
        this.nowMs = nowMs;
    }

    static Map<FailureClass, Integer> of(Board board, long nowMs) {
        var counts = new RestCounts(board.model(), nowMs);
        for (var account : board.accounts()) {
            counts.add(account);
        }
        return counts.counts;
    }

    private void add(AccountModel account) {
        var ofAccount = why(account);
        for (var seat : account.seats()) {
            for (var key : seat.keys()) {
                var cause = key.expired(nowMs) ? null : why(key, ofAccount);
                if (cause != null) {
                    counts.merge(cause, 1, Integer::sum);
                }
            }
        }
    }

    private FailureClass why(AccountModel account) {
        if (account.restedAt() > nowMs) {
            return account.cause(nowMs);
        }
        return KeyStates.isAtLimit(account, nowMs) ? FailureClass.RATE_LIMIT : null;
    }

    private FailureClass why(Key key, FailureClass ofAccount) {
        var ofKey = key.cause(model, nowMs);
        return ofKey == null ? ofAccount : ofKey;
    }
}
