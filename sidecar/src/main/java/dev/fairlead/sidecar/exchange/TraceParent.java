package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.usage.CallFacts;

/** The trace id of a {@code traceparent} header (W3C Trace Context, version 00); anything else is ignored. */
final class TraceParent {
    private static final int LENGTH = 55;

    private TraceParent() {}

    static void read(String header, CallFacts facts) {
        if (header == null || header.length() < LENGTH || header.charAt(2) != '-' || header.charAt(35) != '-') {
            return;
        }
        try {
            long high = Long.parseUnsignedLong(header, 3, 19, 16);
            facts.traceIdLow = Long.parseUnsignedLong(header, 19, 35, 16);
            facts.traceIdHigh = high;
        } catch (NumberFormatException e) {
            facts.traceIdLow = 0; // Not ours to complain about: the header is optional and forwarded as it is.
        }
    }
}
