package dev.fairlead.sidecar.exchange;

import io.netty.util.AsciiString;

/** Request headers that we read: their hashes are computed once. */
final class HeaderNames {
    static final AsciiString TRACEPARENT = AsciiString.cached("traceparent");
    static final AsciiString TRACESTATE = AsciiString.cached("tracestate");
    static final AsciiString ROUTE = AsciiString.cached("x-fairlead-route");
    static final AsciiString TIMEOUT_MS = AsciiString.cached("x-fairlead-timeout-ms");
    static final AsciiString PRIORITY = AsciiString.cached("x-fairlead-priority");
    static final AsciiString SESSION = AsciiString.cached("x-fairlead-session");
    static final AsciiString STAINLESS_RETRY_COUNT = AsciiString.cached("x-stainless-retry-count");
    static final AsciiString STAINLESS_LANG = AsciiString.cached("x-stainless-lang");
    static final AsciiString ACCEPT = AsciiString.cached("accept");
    static final AsciiString OPENAI_BETA = AsciiString.cached("openai-beta");
    static final AsciiString IDEMPOTENCY_KEY = AsciiString.cached("idempotency-key");

    private HeaderNames() {}
}
