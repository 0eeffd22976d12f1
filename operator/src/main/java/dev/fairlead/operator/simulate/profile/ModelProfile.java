package dev.fairlead.operator.simulate.profile;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * A model on offer. Written as a plain string, or as an object. The id {@code *} stands for any name not listed, for chat
 * as for embeddings.
 *
 * @param id what callers ask for
 * @param snapshot the dated name that answers carry, and that callers may also ask for; null means the id
 * @param kind null means Embedding if the id contains {@code embedding}, else Chat
 * @param ownedBy default {@code openai}
 * @param contextWindow tokens; null means no limit for Chat, 8192 for Embedding
 * @param dimensions of an embedding, default 1536
 * @param completionTokens length of its answers; null means the profile's
 */
public record ModelProfile(
        String id,
        String snapshot,
        ModelKind kind,
        String ownedBy,
        Integer contextWindow,
        Integer dimensions,
        Integer completionTokens) {

    /** Stands for every name that is not listed. */
    public static final String ANY = "*";

    public ModelProfile {
        Check.name("id", id);
        snapshot = snapshot == null ? id : snapshot;
        kind = kind == null ? kindOf(id) : kind;
        ownedBy = ownedBy == null ? "openai" : ownedBy;
        Check.that(
                contextWindow == null || contextWindow >= 1,
                "contextWindow: got %s, expected >= 1".formatted(contextWindow));
        contextWindow = contextWindow == null && kind == ModelKind.Embedding ? Integer.valueOf(8192) : contextWindow;
        dimensions = Check.range("dimensions", dimensions, 1536, 1, 65_536);
        Check.that(
                completionTokens == null || (completionTokens >= 1 && completionTokens <= 1_000_000),
                "completionTokens: got %s, expected 1 to 1000000".formatted(completionTokens));
    }

    @JsonCreator
    static ModelProfile plain(String id) {
        return new ModelProfile(id, null, null, null, null, null, null);
    }

    @JsonCreator
    static ModelProfile full(
            @JsonProperty("id") String id,
            @JsonProperty("snapshot") String snapshot,
            @JsonProperty("kind") ModelKind kind,
            @JsonProperty("ownedBy") String ownedBy,
            @JsonProperty("contextWindow") Integer contextWindow,
            @JsonProperty("dimensions") Integer dimensions,
            @JsonProperty("completionTokens") Integer completionTokens) {
        return new ModelProfile(id, snapshot, kind, ownedBy, contextWindow, dimensions, completionTokens);
    }

    /** Whether a caller who says {@code name} means this model. */
    public boolean answersTo(String name) {
        return id.equals(name) || snapshot.equals(name) || id.equals(ANY);
    }

    /** The name an answer carries when the caller said {@code asked}. */
    public String answerName(String asked) {
        return id.equals(ANY) ? asked : snapshot;
    }

    private static ModelKind kindOf(String id) {
        if (id.equals(ANY)) {
            return ModelKind.Any;
        }
        return id.toLowerCase(Locale.ROOT).contains("embedding") ? ModelKind.Embedding : ModelKind.Chat;
    }

    static List<ModelProfile> builtIn() {
        return List.of(
                chat("gpt-4o", "gpt-4o-2024-08-06", 128_000),
                chat("gpt-4o-mini", "gpt-4o-mini-2024-07-18", 128_000),
                chat("gpt-4.1", "gpt-4.1-2025-04-14", 1_047_576),
                chat("gpt-4.1-mini", "gpt-4.1-mini-2025-04-14", 1_047_576),
                chat("gpt-4.1-nano", "gpt-4.1-nano-2025-04-14", 1_047_576),
                chat("gpt-5-nano", "gpt-5-nano-2025-08-07", 400_000),
                embedding("text-embedding-3-small", 1536),
                embedding("text-embedding-3-large", 3072),
                embedding("text-embedding-ada-002", 1536));
    }

    private static ModelProfile chat(String id, String snapshot, int window) {
        return new ModelProfile(id, snapshot, ModelKind.Chat, null, window, null, null);
    }

    private static ModelProfile embedding(String id, int dimensions) {
        return new ModelProfile(id, null, ModelKind.Embedding, null, 8192, dimensions, null);
    }
}
