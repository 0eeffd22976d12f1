package dev.fairlead.operator.serve;

import dev.fairlead.operator.serve.Authentication.Authenticated;
import dev.fairlead.operator.serve.Authentication.Refused;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows tokens that a test has given out. */
public final class FakeAuthenticator implements Authenticator {
    private final Map<String, Authentication> known = new ConcurrentHashMap<>();
    private final AtomicInteger reviews = new AtomicInteger();
    private volatile CompletionStage<Authentication> stuck;

    /** {@code token} is of that pod. */
    void knows(String token, Pod pod) {
        var metadata = pod.getMetadata();
        knows(
                token,
                new Authenticated(
                        metadata.getNamespace(),
                        pod.getSpec().getServiceAccountName(),
                        metadata.getName(),
                        metadata.getUid()));
    }

    public void knows(String token, Authentication outcome) {
        known.put(new BearerToken(token).fingerprint(), outcome);
    }

    /** From now on a review comes to no end. */
    void stick() {
        stuck = new CompletableFuture<>();
    }

    /** How many tokens were reviewed. */
    public int reviews() {
        return reviews.get();
    }

    @Override
    public CompletionStage<Authentication> review(BearerToken token) {
        reviews.incrementAndGet();
        if (stuck != null) {
            return stuck;
        }
        return CompletableFuture.supplyAsync(
                () -> known.getOrDefault(token.fingerprint(), new Refused("token_invalid", "unknown")));
    }

    @Override
    public CompletionStage<Authentication> reviewOrRecall(BearerToken token) {
        return review(token);
    }
}
