package dev.fairlead.operator.simulate.dialect;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a call wants, in words that every dialect shares; faults and statistics use them. */
public enum Endpoint {
    CHAT("chat"),
    RESPONSES("responses"),
    EMBEDDINGS("embeddings"),
    MODELS("models"),
    /** A path that this provider does not have. */
    OTHER("other");

    private final String label;

    Endpoint(String label) {
        this.label = label;
    }

    /** The name in JSON. */
    @JsonValue
    public String label() {
        return label;
    }
}
