package dev.fairlead.sidecar.exchange;

import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;

/**
 * The client's headers that a provider may see: an allow-list. Credentials, cookies, organisation and project headers of the
 * client never travel; {@code accept-encoding} is ours, since the usage in an answer has to be readable.
 */
final class ForwardedHeaders {
    private static final AsciiString[] ALLOWED = {
        HeaderNames.ACCEPT,
        HeaderNames.OPENAI_BETA,
        HeaderNames.TRACEPARENT,
        HeaderNames.TRACESTATE,
        HeaderNames.IDEMPOTENCY_KEY
    };

    private ForwardedHeaders() {}

    static List<CharSequence> of(ClientHead head) {
        var headers = new ArrayList<CharSequence>(4);
        for (var name : ALLOWED) {
            var value = head.header(name);
            if (value != null) {
                headers.add(name);
                headers.add(value);
            }
        }
        return headers;
    }
}
