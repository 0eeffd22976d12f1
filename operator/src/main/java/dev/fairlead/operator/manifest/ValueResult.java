package dev.fairlead.operator.manifest;

/** What came of looking up one value of a Secret or a ConfigMap. */
public sealed interface ValueResult {
    /**
     * It is there.
     *
     * @param text the value; often a secret
     */
    record Found(String text) implements ValueResult {
        /** Never the value. */
        @Override
        public String toString() {
            return "Found[redacted]";
        }
    }

    /**
     * It is not there, or of no use.
     *
     * @param message a whole sentence for a person, naming object and key: {@code Secret default/openai-keys key 'a1':
     *     environment variable OPENAI_API_KEY is not set}
     */
    record Unusable(Reason reason, String message) implements ValueResult {}

    /** Why a value cannot be used. */
    enum Reason {
        NO_OBJECT,
        OBJECT_REFUSED,
        WRONG_TYPE,
        NO_KEY,
        NOT_BASE64,
        NOT_UTF8,
        EMPTY,
        ENVIRONMENT_NOT_SET,
        BAD_CHARACTER
    }
}
