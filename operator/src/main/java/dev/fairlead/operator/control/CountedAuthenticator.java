package dev.fairlead.operator.control;

import dev.fairlead.operator.serve.Authentication;
import dev.fairlead.operator.serve.Authenticator;
import dev.fairlead.operator.serve.BearerToken;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Tells how each review ended; what was recalled is none. */
record CountedAuthenticator(Authenticator authenticator, Consumer<Authentication> ended) implements Authenticator {
    @Override
    public CompletionStage<Authentication> review(BearerToken token) {
        return authenticator.review(token).thenApply(outcome -> {
            ended.accept(outcome);
            return outcome;
        });
    }

    @Override
    public CompletionStage<Authentication> reviewOrRecall(BearerToken token) {
        return authenticator.reviewOrRecall(token);
    }
}
