package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.dialect.openai.TokenEstimate;
import dev.fairlead.sidecar.limit.Admission;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import java.util.function.Consumer;

/**
 * What a call has taken of what others want too: bytes of the process's budget, and its part of the route's limits. It takes the
 * limiter's answer itself: there is one question at a time.
 */
final class Reservations implements Consumer<Admission> {
    /**
     * What a running call takes of the heap apart from its body: two connections, their pipelines and queues. Measured with
     * 2,000 open streams: 20 KB each.
     */
    private static final long CALL_BYTES = 20 * 1024;

    private final Exchange exchange;
    private final boolean hasRoom;
    private long bodyBytes;
    private boolean copyHeld;
    /** Whose reservation this call holds: that of the route it was admitted by, even if it is planned again to another. */
    private LimiterHandle limiter;

    private Admission admission = Admission.UNLIMITED;
    private PoolHandle answeredFrom;
    private String answeredFor;

    Reservations(Exchange exchange) {
        this.exchange = exchange;
        this.hasRoom = exchange.shared.budget.reserve(CALL_BYTES);
    }

    /** Whether the process has memory for one more call. */
    boolean hasRoom() {
        return hasRoom;
    }

    /** Takes bytes of the process's budget before they are read; false when there are not so many. */
    boolean hold(long bytes) {
        if (!exchange.shared.budget.reserve(bytes)) {
            return false;
        }
        bodyBytes += bytes;
        return true;
    }

    /** Takes the bytes of a second body, the one that is sent in place of the client's; once for all attempts. */
    boolean holdCopy() {
        copyHeld = copyHeld || hold(exchange.body().length);
        return copyHeld;
    }

    /** Gives back what was held for bodies. */
    void releaseBodies() {
        exchange.shared.budget.release(bodyBytes);
        bodyBytes = 0;
        copyHeld = false;
    }

    /** Gives back the rest of the bytes. The call is over. */
    void releaseCall() {
        releaseBodies();
        if (hasRoom) {
            exchange.shared.budget.release(CALL_BYTES);
        }
    }

    /** Asks the limits of the call's route; goes on with {@link Exchange#admitted()}, now or later, or the call is refused. */
    void admit() {
        var request = exchange.requestFacts();
        long tokens = TokenEstimate.inputTokens(request)
                + exchange.endpoint.outputTokens(request, LimiterHandle.UNSAID_OUTPUT_TOKENS);
        limiter = exchange.routing.route().limiter();
        limiter.admit(tokens, exchange.shared.loop, this);
    }

    @Override
    public void accept(Admission answer) {
        if (exchange.finished()) {
            if (answer.reservation() != null) {
                limiter.refund(answer.reservation());
            }
            return;
        }
        admission = answer;
        if (answer.admitted()) {
            exchange.admitted();
        } else {
            Refusals.limitExceeded(exchange, answer);
        }
    }

    /** The limits of another route are asked next: what may have been executed stays charged to this one. */
    void leaveRoute(boolean mayHaveExecuted) {
        if (admission.reservation() != null && !mayHaveExecuted) {
            limiter.refund(admission.reservation());
        }
        admission = Admission.UNLIMITED;
    }

    /** Corrects what the limits were charged by what the call has used. The call is over and its usage summed. */
    void settle(boolean mayHaveExecuted) {
        var reservation = admission.reservation();
        if (reservation == null) {
            return;
        }
        var usage = exchange.facts.usage;
        if (usage.present()) {
            limiter.settle(reservation, usage.inputTokens() + usage.outputTokens());
        } else if (!mayHaveExecuted) {
            limiter.refund(reservation);
        }
    }

    /** How the route's limits answered. */
    Admission admission() {
        return admission;
    }

    /** A pool's provider has answered for a model. */
    void answeredFrom(PoolHandle pool, String model) {
        answeredFrom = pool;
        answeredFor = model;
    }

    /** How the pool that was used stands, where the route has no limits of its own; otherwise nothing. */
    LimitSnapshot poolStanding() {
        boolean own = admission.requests() != null || admission.tokens() != null;
        return own || answeredFrom == null ? LimitSnapshot.NOTHING : answeredFrom.standing(answeredFor);
    }
}
