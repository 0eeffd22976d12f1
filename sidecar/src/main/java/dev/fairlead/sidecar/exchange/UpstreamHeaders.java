package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.provider.HeaderLookup;
import dev.fairlead.sidecar.provider.ProviderProfile;

/**
 * The provider's headers that a client may see: an allow-list. Cookies, organisation names and the provider's own limits stay
 * here: they are the pool's affair.
 */
final class UpstreamHeaders {
    private UpstreamHeaders() {}

    static ResponseHead forwarded(int status, HeaderLookup headers, ProviderProfile provider) {
        var head = new ResponseHead(status);
        var type = headers.get("content-type");
        head.add(AnswerHeaders.CONTENT_TYPE, type == null ? AnswerHeaders.JSON : type);
        var requestId = provider.requestId(headers);
        if (requestId != null) {
            head.add("x-request-id", requestId);
        }
        var took = headers.get("openai-processing-ms");
        if (took != null) {
            head.add("openai-processing-ms", took);
        }
        return head;
    }

    /** -1 when the provider does not say, or says something that is no length. */
    static long contentLength(HeaderLookup headers) {
        var length = headers.get("content-length");
        if (length == null) {
            return -1;
        }
        try {
            return Math.max(-1, Long.parseLong(length));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static ErrorCode codeOf(UpstreamFailure failure) {
        return switch (failure.kind()) {
            case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT -> ErrorCode.UPSTREAM_TIMEOUT;
            case GARBAGE -> ErrorCode.UPSTREAM_PROTOCOL;
            case NOT_CONNECTED, STALE_CONNECTION, NO_ANSWER, CUT -> ErrorCode.UPSTREAM_ERROR;
        };
    }
}
