package dev.fairlead.operator.world;

/** One entry of a Secret or ConfigMap, or why there is none. */
public sealed interface Entry {
    /** What stands there. Possibly a secret: {@link #toString()} does not say it. */
    record Value(String text) implements Entry {
        @Override
        public String toString() {
            return "Value[" + text.length() + " characters]";
        }
    }

    /**
     * Nothing can be had.
     *
     * @param reason for a condition
     * @param message a clause for people, for example {@code Secret 'a/b' does not exist}
     */
    record Missing(Reason reason, String message) implements Entry {}
}
