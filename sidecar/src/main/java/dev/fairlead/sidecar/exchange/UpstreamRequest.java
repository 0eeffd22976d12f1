package dev.fairlead.sidecar.exchange;

import java.util.List;

/**
 * A request to a provider.
 *
 * @param path below the pool's base URL, beginning with a slash
 * @param credentialHeader the header that carries the credential, {@code null} for none
 * @param credential its value; never logged
 * @param headers further headers, name and value in turn
 * @param body JSON
 * @param connectTimeoutMs for TCP and TLS, milliseconds
 * @param freshConnection not over a connection that was kept: those may all be dead
 */
public record UpstreamRequest(
        String path,
        String credentialHeader,
        String credential,
        List<CharSequence> headers,
        byte[] body,
        long connectTimeoutMs,
        boolean freshConnection) {
    @Override
    public String toString() {
        return "UpstreamRequest[" + path + ", " + body.length + " bytes]";
    }
}
