package dev.fairlead.operator.serve;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps one address from using up the token reviews of all: only so many of its tokens are under review at once, and one that
 * has presented bad tokens too often has to wait. On one event loop.
 */
public final class Sources {
    private static final int UNDER_REVIEW = 32;
    private static final int BAD_TOKENS = 30;
    private static final Duration FORGIVEN = Duration.ofSeconds(2);

    private final Throttle badTokens;
    private final Map<String, Integer> underReview = new HashMap<>();

    /** @param nanoTime a steady clock */
    public Sources(LongSupplier nanoTime) {
        this.badTokens = new Throttle(BAD_TOKENS, FORGIVEN, nanoTime);
    }

    /** Whose request it is; one word for all whose connection says nothing of that. */
    public static String addressOf(HttpServerRequest request) {
        return Visitors.address(request.connection());
    }

    /** Whether a token of that address may be reviewed; if so, {@link #leave} has to follow. */
    public boolean enter(String address) {
        if (!badTokens.has(address) || underReview.getOrDefault(address, 0) >= UNDER_REVIEW) {
            return false;
        }
        underReview.merge(address, 1, Integer::sum);
        return true;
    }

    /** A token that was let in has been reviewed. */
    public void leave(String address, Authentication outcome) {
        underReview.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        if (outcome instanceof Authentication.Refused) {
            badTokens.take(address);
        }
    }
}
