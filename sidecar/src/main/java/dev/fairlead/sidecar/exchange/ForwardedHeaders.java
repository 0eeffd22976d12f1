package dev.fairlead.sidecar.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * The client's headers that a provider may see: an allow-list. Credentials, cookies, organisation and project headers of the
 * client never travel; {@code accept-encoding} is ours, since the usage in an answer has to be readable.
 */
final class ForwardedHeaders {
    private static final String[] ALLOWED = {"accept", "openai-beta", "traceparent", "tracestate", "idempotency-key"};

    private ForwardedHeaders() {}

    static List<String> of(ClientHead head) {
        var headers = new ArrayList<String>(4);
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
