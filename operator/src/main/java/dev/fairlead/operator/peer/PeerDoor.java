package dev.fairlead.operator.peer;

import dev.fairlead.operator.serve.Authentication.Unavailable;
import dev.fairlead.operator.serve.Authenticator;
import dev.fairlead.operator.serve.BearerToken;
import dev.fairlead.operator.serve.Refusal;
import dev.fairlead.operator.serve.Sources;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets replicas in, and keeps others from having tokens reviewed without end. On the server's event loop. */
final class PeerDoor {
    private final Authenticator authenticator;
    private final PeerSettings settings;
    private final Sources sources = new Sources(System::nanoTime);

    PeerDoor(Authenticator authenticator, PeerSettings settings) {
        this.authenticator = authenticator;
        this.settings = settings;
    }

    /** @param then is told on the context why it stays outside, if so; once, and at once when its address has too much under way */
    void ask(HttpServerRequest request, BearerToken token, Context context, Consumer<Optional<Refusal>> then) {
        var address = Sources.addressOf(request);
        if (!sources.enter(address)) {
            then.accept(Optional.of(Refusal.tooManyReviews()));
            return;
        }
        authenticator
                .reviewOrRecall(token)
                .exceptionally(failed -> new Unavailable("the token could not be reviewed"))
                .thenAccept(outcome -> context.runOnContext(here -> {
                    sources.leave(address, outcome);
                    then.accept(settings.objectionTo(outcome));
                }));
    }
}
