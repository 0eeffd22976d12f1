package dev.fairlead.operator.serve;

import dev.fairlead.operator.serve.Authentication.Authenticated;
import dev.fairlead.operator.serve.Authentication.Refused;
import dev.fairlead.operator.serve.Authentication.Unavailable;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * What a sidecar posts about its own stream: first it is known who sends, then it is read, bounded and in time, and then looked
 * at if the stream is one of that pod.
 */
final class StreamPost<T> {
    private static final long REVIEWED_WITHIN_MS = 4_000;

    private final Ground ground;
    private final int maxBody;
    private final Content<T> content;

    /** What is posted, and what becomes of it. */
    interface Content<T> {
        /** Empty for what cannot be read. */
        Optional<T> read(byte[] body);

        /** What is said of a body that cannot be read. */
        Refusal unreadable();

        /** The stream that it is about. */
        String stream(T read);

        /** Answers. */
        void take(HttpServerRequest request, ConfigStream stream, T read);

        /** Answers where there is no such stream of that pod: that of another is as unknown as one that never was. */
        void unknown(HttpServerRequest request);
    }

    StreamPost(Ground ground, int maxBody, Content<T> content) {
        this.ground = ground;
        this.maxBody = maxBody;
        this.content = content;
    }

    void handle(HttpServerRequest request) {
        var token = BearerToken.of(request.getHeader("authorization"));
        if (token.isEmpty()) {
            refuse(request, Refusal.tokenMissing());
            return;
        }
        // Nothing of the body is read before it is known who sends: what has not been read waits at the sender.
        request.pause();
        var opened = ground.streams().byToken(token.get());
        if (opened != null) {
            read(request, opened.pod());
        } else {
            review(request, token.get());
        }
    }

    private void review(HttpServerRequest request, BearerToken token) {
        var address = Visitors.address(request.connection());
        if (!ground.sources().enter(address)) {
            refuse(request, Refusal.tooManyReviews());
            return;
        }
        var vertx = ground.vertx();
        long deadline = vertx.setTimer(
                REVIEWED_WITHIN_MS,
                late -> refuse(request, Refusal.of(new Unavailable("the token was not reviewed in time"))));
        ground.authenticator()
                .reviewOrRecall(token)
                .exceptionally(failed -> new Unavailable("the token could not be reviewed"))
                .thenAccept(outcome -> ground.context().runOnContext(here -> {
                    ground.sources().leave(address, outcome);
                    boolean inTime = vertx.cancelTimer(deadline);
                    if (outcome instanceof Authenticated caller) {
                        // If it comes too late, the next post need not wait for a review.
                        ground.streams().renewed(caller, token);
                        if (inTime && !request.response().closed()) {
                            read(request, caller);
                        }
                    } else if (outcome instanceof Refused refused) {
                        refuse(request, Refusal.of(refused));
                    } else if (outcome instanceof Unavailable unavailable) {
                        refuse(request, Refusal.of(unavailable));
                    }
                }));
    }

    private void read(HttpServerRequest request, Authenticated caller) {
        var body = new PostBody(ground.bodies(), caller.podUid(), maxBody);
        var vertx = ground.vertx();
        long deadline = vertx.setTimer(ground.settings().request().toMillis(), late -> {
            body.drop();
            refuse(request, new Refusal(408, "request_timeout", "the body did not come in time"));
        });
        // The rest of a body that is too long is read and dropped: an answer to a client that still sends can get lost.
        request.handler(body::add);
        request.exceptionHandler(gone -> {
            vertx.cancelTimer(deadline);
            body.drop();
        });
        request.endHandler(ended -> {
            if (vertx.cancelTimer(deadline)) {
                body.objection()
                        .ifPresentOrElse(
                                objection -> refuse(request, objection),
                                () -> understand(request, caller, body.take()));
            }
        });
        request.resume();
    }

    private void understand(HttpServerRequest request, Authenticated caller, byte[] body) {
        var read = content.read(body);
        if (read.isEmpty()) {
            refuse(request, content.unreadable());
            return;
        }
        var stream = ground.streams().byId(content.stream(read.get()));
        if (stream == null || !stream.pod().equals(caller)) {
            content.unknown(request);
        } else {
            content.take(request, stream, read.get());
        }
    }

    private void refuse(HttpServerRequest request, Refusal refusal) {
        ground.figures().refusal(refusal.code());
        refusal.answer(request);
    }
}
