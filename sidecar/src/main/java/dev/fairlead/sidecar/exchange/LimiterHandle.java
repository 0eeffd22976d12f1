package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.limit.Admission;
import dev.fairlead.sidecar.limit.Reservation;
import dev.fairlead.sidecar.limit.RouteLimiter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A route's limiter as any loop may use it: directly on its home loop, by message from the others. */
public final class LimiterHandle {
    /** Output tokens reserved for a call that names no maximum; corrected by what it really uses. */
    public static final long UNSAID_OUTPUT_TOKENS = 256;

    private final RouteLimiter limiter;
    private final Loop home;
    private final boolean limited;

    /** @param limited false spares routes without limits the way to the home loop */
    public LimiterHandle(RouteLimiter limiter, Loop home, boolean limited) {
        this.limiter = limiter;
        this.home = home;
        this.limited = limited;
    }

    void admit(long tokens, Loop from, Consumer<Admission> answer) {
        if (!limited) {
            answer.accept(Admission.UNLIMITED);
        } else if (home.inside()) {
            answer.accept(limiter.admit(tokens, home.nowMs()));
        } else {
            home.execute(() -> {
                var admission = limiter.admit(tokens, home.nowMs());
                from.execute(() -> answer.accept(admission));
            });
        }
    }

    /** How a call with so many tokens would be answered now; reserves nothing. */
    public CompletableFuture<Admission> predict(long tokens) {
        var answer = new CompletableFuture<Admission>();
        if (limited) {
            home.execute(() -> answer.complete(limiter.predict(tokens, home.nowMs())));
        } else {
            answer.complete(Admission.UNLIMITED);
        }
        return answer;
    }

    void settle(Reservation reservation, long usedTokens) {
        if (home.inside()) {
            limiter.settle(reservation, usedTokens, home.nowMs());
        } else {
            home.execute(() -> limiter.settle(reservation, usedTokens, home.nowMs()));
        }
    }

    void refund(Reservation reservation) {
        if (home.inside()) {
            limiter.refund(reservation, home.nowMs());
        } else {
            home.execute(() -> limiter.refund(reservation, home.nowMs()));
        }
    }
}
