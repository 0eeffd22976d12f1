package dev.fairlead.sidecar.exchange;

/** {@code x-stainless-retry-count}: how often the client's SDK has sent this call before. */
final class RetryCountHeader {
    private RetryCountHeader() {}

    /** Whether it repeats a call that has failed. */
    static boolean repeats(ClientHead head) {
        var count = head.header(HeaderNames.STAINLESS_RETRY_COUNT);
        return count != null && !count.isEmpty() && !count.equals("0");
    }
}
