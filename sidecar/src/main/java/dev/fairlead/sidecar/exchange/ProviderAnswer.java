package dev.fairlead.sidecar.exchange;

/**
 * A provider's error as it came.
 *
 * @param contentType {@code null} when it named none
 * @param requestId the provider's own id of the request, {@code null} when it named none
 */
record ProviderAnswer(int status, String contentType, String requestId, byte[] body) {}
