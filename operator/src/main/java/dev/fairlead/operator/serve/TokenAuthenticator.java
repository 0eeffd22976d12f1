package dev.fairlead.operator.serve;

import dev.fairlead.operator.serve.Authentication.Authenticated;
import dev.fairlead.operator.serve.Authentication.Refused;
import dev.fairlead.operator.serve.Authentication.Unavailable;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API server by TokenReview. At most {@value #AT_ONCE} reviews run at once and {@value #QUEUE} wait; beyond that
 * nobody can say. Thread-safe.
 */
public final class TokenAuthenticator implements Authenticator, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenAuthenticator.class);

    private static final int AT_ONCE = 4;
    private static final int QUEUE = 128;
    private static final long PATIENCE_SECONDS = 10;
    private static final int LOGGED_CHARS = 200;
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String POD_NAME = "authentication.kubernetes.io/pod-name";
    private static final String POD_UID = "authentication.kubernetes.io/pod-uid";

    private final KubernetesClient client;
    private final String audience;
    private final TokenClaims claims;
    private final RecentReviews recent;
    private final ThreadPoolExecutor workers;

    /**
     * @param client its user may create TokenReviews; not closed here
     * @param audience what tokens have to be for
     */
    public TokenAuthenticator(KubernetesClient client, String audience, Clock clock) {
        this.client = client;
        this.audience = audience;
        this.claims = new TokenClaims(audience, clock);
        this.recent = new RecentReviews(clock);
        var number = new AtomicInteger();
        this.workers = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, PATIENCE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    var thread = new Thread(task, "token-review-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletionStage<Authentication> review(BearerToken token) {
        var objection = claims.objection(token);
        if (objection.isPresent()) {
            return CompletableFuture.completedStage(objection.get());
        }
        var outcome = new CompletableFuture<Authentication>();
        try {
            workers.execute(() -> {
                // Who asked has been answered while this waited for its turn.
                if (!outcome.isDone()) {
                    outcome.complete(ask(token));
                }
            });
        } catch (RejectedExecutionException e) {
            outcome.complete(new Unavailable("too many tokens are under review"));
        }
        return outcome.completeOnTimeout(
                new Unavailable("the API server has not reviewed the token in time"),
                PATIENCE_SECONDS,
                TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<Authentication> reviewOrRecall(BearerToken token) {
        return recent.find(token)
                .<CompletionStage<Authentication>>map(CompletableFuture::completedStage)
                .orElseGet(() -> review(token));
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private Authentication ask(BearerToken token) {
        var question = new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token.secret())
                .withAudiences(audience)
                .endSpec()
                .build();
        try {
            return understood(token, client.tokenReviews().create(question));
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("status", e.getCode())
                    .addKeyValue("error", e.getClass().getSimpleName())
                    .log("token review failed");
            return new Unavailable("the API server cannot review tokens now (HTTP " + e.getCode() + ")");
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("error", e.getClass().getSimpleName()).log("token review failed");
            return new Unavailable("the API server cannot review tokens now");
        }
    }

    private Authentication understood(BearerToken token, TokenReview review) {
        var status = review.getStatus();
        if (status == null || !Boolean.TRUE.equals(status.getAuthenticated())) {
            logRefusal(token, status);
            return new Refused("token_invalid", "the API server does not accept the bearer token for " + audience);
        }
        // An API server that does not know of audiences leaves them out: then it has not checked ours.
        if (status.getAudiences() == null || !status.getAudiences().contains(audience)) {
            return new Refused("token_audience", "the bearer token is not for audience " + audience);
        }
        var user = status.getUser();
        var account = user == null
                        || user.getUsername() == null
                        || !user.getUsername().startsWith(ACCOUNT)
                ? new String[0]
                : user.getUsername().substring(ACCOUNT.length()).split(":", -1);
        if (account.length != 2) {
            return new Refused("token_not_service_account", "the bearer token is not of a ServiceAccount");
        }
        var authenticated = new Authenticated(account[0], account[1], extra(status, POD_NAME), extra(status, POD_UID));
        recent.keep(token, authenticated);
        return authenticated;
    }

    /** Empty unless there is exactly one. */
    private static String extra(TokenReviewStatus status, String key) {
        var all = status.getUser().getExtra();
        var values = all == null ? List.<String>of() : all.getOrDefault(key, List.of());
        return values.size() == 1 && values.get(0) != null ? values.get(0) : "";
    }

    private static void logRefusal(BearerToken token, TokenReviewStatus status) {
        var said = status == null || status.getError() == null ? "" : status.getError();
        var harmless = said.replace(token.secret(), "TOKEN");
        LOG.atDebug()
                .addKeyValue("error", harmless.substring(0, Math.min(LOGGED_CHARS, harmless.length())))
                .log("token refused");
    }
}
