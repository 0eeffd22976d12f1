package dev.fairlead.sidecar.exchange;

/** What can be called, named as in {@code AIRoute.spec.endpoints}. */
public enum Endpoint {
    CHAT_COMPLETIONS("ChatCompletions"),
    EMBEDDINGS("Embeddings"),
    MODELS("Models");

    private final String wireName;

    Endpoint(String wireName) {
        this.wireName = wireName;
    }

    /** The name in a route's {@code endpoints} and in records. */
    public String wireName() {
        return wireName;
    }
}
