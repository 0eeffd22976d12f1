package dev.fairlead.operator.serve;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** The body of one post while it comes. What is too much is counted, and not kept. */
final class PostBody {
    private final Bodies bodies;
    private final String pod;
    private final int most;
    private Buffer kept = Buffer.buffer();
    private long length;
    private boolean crowdedOut;
    private boolean over;

    PostBody(Bodies bodies, String pod, int most) {
        this.bodies = bodies;
        this.pod = pod;
        this.most = most;
    }

    void add(Buffer chunk) {
        length += chunk.length();
        if (over || length > most) {
            drop();
        } else if (bodies.enter(pod, chunk.length())) {
            kept.appendBuffer(chunk);
        } else {
            crowdedOut = true;
            drop();
        }
    }

    /** Nobody will ask for it any more. Again it does nothing. */
    void drop() {
        over = true;
        bodies.leave(pod, kept.length());
        kept = Buffer.buffer();
    }

    /** What is wrong with a body that has come to its end. */
    Optional<Refusal> objection() {
        if (length > most) {
            return Optional.of(new Refusal(413, "body_too_large", "expected at most " + most + " bytes"));
        }
        return crowdedOut
                ? Optional.of(new Refusal(429, "too_many_posts", "too many bodies are on their way at once", 1))
                : Optional.empty();
    }

    /** The whole, once. */
    byte[] take() {
        var whole = kept.getBytes();
        drop();
        return whole;
    }
}
