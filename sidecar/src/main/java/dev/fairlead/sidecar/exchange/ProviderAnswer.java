package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.provider.CallerWords;

/**
 * A provider's error as it came.
 *
 * @param contentType {@code null} when it named none
 * @param requestId the provider's own id of the request, {@code null} when it named none
 */
record ProviderAnswer(int status, String contentType, String requestId, byte[] body) {
    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;

    /**
     * Whether it complains about a field that we have added.
     *
     * @param caller what the client itself has sent: no complaint when it is repeated
     */
    boolean refuses(String field, CallerWords caller) {
        return (status == BAD_REQUEST || status == UNPROCESSABLE) && caller.unsaid(field, body);
    }
}
