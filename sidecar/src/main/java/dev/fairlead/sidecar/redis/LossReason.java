package dev.fairlead.sidecar.redis;

import io.vertx.redis.client.Response;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why a server gives no answer, for people. Never quotes what was sent or said: it may hold a password. */
final class LossReason {
    /** By the kind of error that an answer of the server begins with. */
    private static final Map<String, String> SAID = Map.of(
            "WRONGPASS", "it refuses the password",
            "NOAUTH", "it asks for a password",
            "NOPERM", "its user may not run scripts or use keys that begin with fairlead:",
            "READONLY", "it is a read-only replica",
            "LOADING", "it loads its data",
            "OOM", "its memory is full",
            "NOSCRIPT", "it has lost the script",
            "MOVED", "another node of its cluster has these keys");

    private LossReason() {}

    static String of(Throwable failure) {
        for (var why = failure; why != null; why = why.getCause() == why ? null : why.getCause()) {
            var reason = known(why);
            if (reason != null) {
                return reason;
            }
        }
        return failure.getClass().getSimpleName();
    }

    private static String known(Throwable why) {
        if (why instanceof Response) {
            var kind = String.valueOf(why.getMessage()).split(" ", 2)[0];
            return SAID.containsKey(kind) ? kind + ": " + SAID.get(kind) : kind;
        }
        if (why instanceof CertPathBuilderException) {
            return "its certificate is of no authority that the system or the pool's caBundleRef trusts";
        }
        // Of causes the innermost says it best; a name that does not fit has none.
        if (why instanceof CertificateException && why.getCause() == null) {
            return "its certificate is not valid for this address, or not now";
        }
        if (why instanceof SSLException && why.getCause() == null) {
            return "it does not speak TLS as we do";
        }
        if (why instanceof TimeoutException) {
            return "no answer within " + RedisLink.ANSWER_MS + " ms";
        }
        if (why instanceof UnknownHostException) {
            return "no host has this name";
        }
        if (why instanceof ConnectException) {
            return "nothing listens there";
        }
        return why instanceof ClosedChannelException || why instanceof SocketException
                ? "it ended the connection"
                : null;
    }
}
