package dev.fairlead.sidecar.http;

import dev.fairlead.sidecar.exchange.UpstreamFailure;
import dev.fairlead.sidecar.exchange.UpstreamFailure.Kind;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What a Java exception on the way to a provider means, in words for people. */
final class UpstreamFailures {
    private UpstreamFailures() {}

    /** @param proxied whether a proxy stands in between, whose refusal looks like the provider's */
    static UpstreamFailure beforeSending(Throwable cause, boolean proxied) {
        return new UpstreamFailure(Kind.NOT_CONNECTED, words(cause) + (proxied ? " (by way of a proxy)" : ""));
    }

    private static String words(Throwable cause) {
        for (var c = cause; c != null; c = c.getCause()) {
            if (c instanceof UnknownHostException) {
                return "its host name cannot be resolved";
            }
            if (c instanceof ConnectTimeoutException) {
                return "connecting took too long";
            }
            if (c instanceof ConnectException) {
                return "it refused the connection";
            }
            if (c instanceof SSLException) {
                return "TLS failed (" + c.getMessage() + ")";
            }
        }
        return "no connection (" + cause.getClass().getSimpleName() + ")";
    }

    static UpstreamFailure afterSending(Throwable cause, boolean answered, boolean reused) {
        if (cause instanceof DecoderException || cause instanceof IllegalArgumentException) {
            return new UpstreamFailure(Kind.GARBAGE, "what it sent is not HTTP");
        }
        if (answered) {
            return new UpstreamFailure(Kind.CUT, "the connection ended in the middle of the answer");
        }
        return reused
                ? new UpstreamFailure(Kind.STALE_CONNECTION, "a kept-alive connection was closed")
                : new UpstreamFailure(Kind.NO_ANSWER, "the connection ended before an answer");
    }
}
