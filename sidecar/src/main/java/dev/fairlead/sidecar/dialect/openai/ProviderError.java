package dev.fairlead.sidecar.dialect.openai;

/**
 * An error a provider reports inside an answer. Each part is {@code null} when the provider leaves it out.
 *
 * @param message for people; cut off after about a thousand bytes
 * @param type the provider's class of error, for example {@code server_error}
 * @param code the provider's code; a numeric one in digits
 */
public record ProviderError(String message, String type, String code) {}
