package dev.fairlead.sidecar.telemetry;

import java.util.Locale;
import java.util.Map;

/** Our names of endpoints and providers in the vocabulary of OpenTelemetry's semantic conventions for generative AI. */
final class SemanticNames {
    private static final Map<String, String> OPERATIONS = Map.of(
            "ChatCompletions", "chat",
            "Responses", "chat",
            "Messages", "chat",
            "GenerateContent", "generate_content",
            "Embeddings", "embeddings",
            "Completions", "text_completion");

    private static final Map<String, String> PROVIDERS = Map.ofEntries(
            Map.entry("OpenAI", "openai"),
            Map.entry("AzureOpenAI", "azure.ai.openai"),
            Map.entry("Anthropic", "anthropic"),
            Map.entry("Gemini", "gcp.gemini"),
            Map.entry("VertexAI", "gcp.vertex_ai"),
            Map.entry("Bedrock", "aws.bedrock"),
            Map.entry("Cohere", "cohere"),
            Map.entry("Mistral", "mistral_ai"),
            Map.entry("DeepSeek", "deepseek"),
            Map.entry("Groq", "groq"),
            Map.entry("Perplexity", "perplexity"),
            Map.entry("XAI", "x_ai"));

    private SemanticNames() {}

    /** {@code gen_ai.operation.name} of an endpoint, or {@code null} for one that runs no model. */
    static String operation(String endpoint) {
        return endpoint == null ? null : OPERATIONS.get(endpoint);
    }

    /** {@code gen_ai.provider.name}; a provider that the conventions do not list has its own name in lower case. */
    static String provider(String type) {
        String known = PROVIDERS.get(type);
        return known == null ? type.toLowerCase(Locale.ROOT) : known;
    }
}
