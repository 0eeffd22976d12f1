package dev.fairlead.operator.inject;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /mutate}: a review in, its answer out. Reads on the event loop, decides on workers of its own; whoever comes when
 * too many wait for those is refused at once.
 */
final class ReviewHandler implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(ReviewHandler.class);

    private static final int DECIDED_AT_ONCE = 8;

    /** With those that wait for a worker: more than a controller that scales up sends at once. */
    static final int TAKEN_AT_ONCE = 128;

    /** A connection that is closed while its client still writes is reset, and the client does not see why. */
    private static final long LINGER_MILLIS = 1_000;

    private final Vertx vertx;
    private final PodReviews reviews;
    private final WorkerExecutor workers;
    private final ReviewReader reader = new ReviewReader();
    private final BodyReader bodies;
    private final AtomicInteger taken = new AtomicInteger();
    private final long timeoutMillis;

    /** @param timeoutMillis for reading a review, and for deciding */
    ReviewHandler(Vertx vertx, PodReviews reviews, BodyReader bodies, long timeoutMillis) {
        this.vertx = vertx;
        this.reviews = reviews;
        this.workers = vertx.createSharedWorkerExecutor("fairlead-reviews", DECIDED_AT_ONCE);
        this.bodies = bodies;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!"/mutate".equals(request.path())) {
            refuse(request, new Refusal(ReviewFault.PATH, "only /mutate is served here"));
        } else if (!request.method().equals(HttpMethod.POST)) {
            refuse(request, new Refusal(ReviewFault.METHOD, "only POST is served here"));
        } else {
            bodies.read(request)
                    .compose(this::answer)
                    .onSuccess(answer -> send(request.response(), 200, answer))
                    .onFailure(e -> refuse(request, e));
        }
    }

    private Future<Buffer> answer(Buffer body) {
        if (taken.incrementAndGet() > TAKEN_AT_ONCE) {
            done(body);
            return Future.failedFuture(new Refusal(ReviewFault.TOO_MANY, "too many reviews at once, try again"));
        }
        long since = System.nanoTime();
        return workers.executeBlocking(() -> answer(body, since), false)
                // When the work is over, which may be after nobody waits for it any more.
                .onComplete(over -> done(body))
                .timeout(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    private Buffer answer(Buffer body, long since) throws UnreadableReviewException, TimeoutException {
        if (System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(timeoutMillis)) {
            throw new TimeoutException("nobody waits for it any more");
        }
        return Buffer.buffer(reviews.answer(body.getBytes()));
    }

    private void done(Buffer body) {
        taken.decrementAndGet();
        bodies.giveBack(body);
    }

    private void refuse(HttpServerRequest request, Throwable cause) {
        var refusal = refusal(cause);
        var fault = refusal.fault();
        reviews.refused(fault);
        LOG.atWarn()
                .addKeyValue("status", fault.status())
                .addKeyValue("because", refusal.getMessage())
                .log("review refused");
        if (!request.isEnded()) {
            // What is left of the body is not waited for. The header alone closes only when it has come.
            request.response().putHeader("connection", "close");
            vertx.setTimer(LINGER_MILLIS, over -> request.connection().close());
        }
        // A Status is what an API server passes on to whoever waits for it.
        var status = new StatusBuilder()
                .withStatus("Failure")
                .withCode(fault.status())
                .withMessage("fairlead: " + refusal.getMessage())
                .build();
        send(request.response(), fault.status(), Buffer.buffer(reader.write(status)));
    }

    private Refusal refusal(Throwable cause) {
        if (cause instanceof Refusal refusal) {
            return refusal;
        }
        if (cause instanceof UnreadableReviewException) {
            return new Refusal(ReviewFault.UNREADABLE, cause.getMessage());
        }
        if (cause instanceof TimeoutException) {
            return new Refusal(ReviewFault.TIMED_OUT, "the pod was not decided about within " + timeoutMillis + " ms");
        }
        LOG.atError().setCause(cause).log("review not answered");
        return new Refusal(
                ReviewFault.INTERNAL, "the review could not be answered, by a fault of Fairlead: its log says more");
    }

    private static void send(HttpServerResponse response, int status, Buffer body) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader("content-type", "application/json")
                    .end(body);
        }
    }
}
