package dev.fairlead.sidecar.control;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a sidecar says of a configuration that it was sent: the body of {@code POST /v1/acks}.
 *
 * @param stream which stream it came on, as {@link Frame.Hello} said
 * @param hash which configuration, as {@link Frame.Config} said
 * @param applied whether it is in force now; if not, the one before stays
 * @param path where in the configuration it is wrong, {@code null} when applied
 * @param message why, {@code null} when applied
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Ack(String stream, String hash, boolean applied, String path, String message) {}
