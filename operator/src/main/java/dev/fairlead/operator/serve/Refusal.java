package dev.fairlead.operator.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.http.HttpServerRequest;

/**
 * Why a request is not served.
 *
 * @param status of HTTP
 * @param code for machines and metrics; one of a fixed few
 * @param message for people
 * @param retryAfterSeconds when to come again, 0 for no word on that
 */
public record Refusal(int status, String code, String message, int retryAfterSeconds) {
    /** Without a word on when to come again. */
    public Refusal(int status, String code, String message) {
        this(status, code, message, 0);
    }

    /** A token that is no good. */
    public static Refusal of(Authentication.Refused refused) {
        return new Refusal(401, refused.code(), refused.message());
    }

    /** Nobody can say whose the token is. */
    public static Refusal of(Authentication.Unavailable unavailable) {
        return new Refusal(503, "review_unavailable", unavailable.message(), 2);
    }

    /** As many tokens of that address are under review as may be, or too many were bad. */
    public static Refusal tooManyReviews() {
        return new Refusal(429, "too_many_reviews", "too many tokens from this address", 2);
    }

    /** No token. */
    public static Refusal tokenMissing() {
        return new Refusal(401, "token_missing", "expected a header authorization: Bearer TOKEN");
    }

    /** Answers and closes the connection: who has been refused is a guest no longer. On the request's event loop. */
    public void answer(HttpServerRequest request) {
        if (write(request)) {
            request.response()
                    .end(body())
                    .onComplete(done -> request.connection().close());
        }
    }

    /** Answers a client that may go on using the connection. On the request's event loop. */
    void answerAndStay(HttpServerRequest request) {
        if (write(request)) {
            request.response().end(body());
        }
    }

    private boolean write(HttpServerRequest request) {
        var response = request.response();
        if (response.ended() || response.closed() || response.headWritten()) {
            return false;
        }
        response.setStatusCode(status).putHeader("content-type", "application/json");
        if (retryAfterSeconds > 0) {
            response.putHeader("retry-after", Integer.toString(retryAfterSeconds));
        }
        return true;
    }

    private String body() {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("code", code).put("message", message);
        return body.toString();
    }
}
