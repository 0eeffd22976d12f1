package dev.fairlead.operator.serve;

import java.util.concurrent.CompletionStage;

/**
 * Says whose a token is. Safe on every thread, never blocks; the stages complete within seconds, on any thread, and never
 * exceptionally.
 */
public interface Authenticator {
    /** Asks now. */
    CompletionStage<Authentication> review(BearerToken token);

    /** As {@link #review}, or what a review of the same token said up to a minute ago, if that was yes. */
    CompletionStage<Authentication> reviewOrRecall(BearerToken token);
}
