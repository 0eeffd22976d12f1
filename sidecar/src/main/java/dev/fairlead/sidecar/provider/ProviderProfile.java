package dev.fairlead.sidecar.provider;

import dev.fairlead.sidecar.config.CoolDownRule;
import java.util.List;

/**
 * What is known about one provider type.
 *
 * @param type as in {@code KeyPool.spec.provider.type}
 * @param displayName for people
 * @param defaultBaseUrl the API root without a trailing slash; {@code null} when only the KeyPool can know it
 * @param auth how a key is presented
 * @param endpoints paths below the API root
 * @param usageInStream how a stream is made to report usage
 * @param requestIdHeaders response headers that name the request to the provider's support, lower case, best first
 * @param limitHeaders reads its limit headers
 * @param classifier reads its errors
 * @param admission how it counts calls in its limits
 */
public record ProviderProfile(
        String type,
        String displayName,
        String defaultBaseUrl,
        AuthHeader auth,
        Endpoints endpoints,
        UsageInStream usageInStream,
        List<String> requestIdHeaders,
        LimitHeaders limitHeaders,
        ErrorClassifier classifier,
        AdmissionRule admission) {

    public ProviderProfile {
        requestIdHeaders = List.copyOf(requestIdHeaders);
    }

    /**
     * How a key travels.
     *
     * @param name the request header
     * @param format its value with {@code {key}} for the key
     */
    public record AuthHeader(String name, String format) {
        /** The header's value for a key. */
        public String value(String key) {
            return format.replace("{key}", key);
        }
    }

    /**
     * The same provider, with what the owner of a pool knows better about its errors.
     *
     * @param rules asked before the built-in ones, in their order
     * @throws IllegalArgumentException naming the rule that cannot be used, and why
     */
    public ProviderProfile withRules(List<CoolDownRule> rules) {
        return rules.isEmpty()
                ? this
                : new ProviderProfile(
                        type,
                        displayName,
                        defaultBaseUrl,
                        auth,
                        endpoints,
                        usageInStream,
                        requestIdHeaders,
                        limitHeaders,
                        classifier.after(OverrideRules.of(rules)),
                        admission);
    }

    /** Paths below the API root, each beginning with a slash; {@code null} where the provider has no such endpoint. */
    public record Endpoints(String chat, String responses, String embeddings, String models) {}

    /**
     * One of the {@link #endpoints()}, to be put behind an API root. A version that stands at the end of the root and at the
     * start of the path is written once: people give Ollama's root with {@code /v1} as often as without.
     *
     * @param baseUrl without a trailing slash
     * @param path {@code null} for an endpoint that the provider does not have, then so is the answer
     */
    public static String pathBelow(String baseUrl, String path) {
        int second = path == null ? -1 : path.indexOf('/', 1);
        boolean twice = second > 0 && baseUrl.regionMatches(baseUrl.length() - second, path, 0, second);
        return twice ? path.substring(second) : path;
    }

    /** The first of {@link #requestIdHeaders()} that a response carries, {@code null} when there is none. */
    public String requestId(HeaderLookup headers) {
        for (String name : requestIdHeaders) {
            String value = headers.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
