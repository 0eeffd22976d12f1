package dev.fairlead.sidecar.http;

/**
 * What a client may send.
 *
 * @param maxBodyBytes of one request
 * @param maxHeaderBytes of one request's head
 * @param idleConnectionMs how long a connection may be open without a running call
 */
public record ServerLimits(long maxBodyBytes, int maxHeaderBytes, long idleConnectionMs) {
    private static final long BODY = 32L << 20;
    private static final int HEADERS = 32 * 1024;
    private static final long IDLE_CONNECTION_MS = 75_000;

    /** 32 MiB of body, never more than half of the byte budget; 32 KiB of head; 75 s. */
    public static ServerLimits within(long byteBudget) {
        return new ServerLimits(Math.min(BODY, byteBudget / 2), HEADERS, IDLE_CONNECTION_MS);
    }
}
