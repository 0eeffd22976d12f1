package dev.fairlead.operator.world;

import java.util.List;

/** What came of looking for Secrets by their labels. */
public sealed interface SecretSearch {
    /**
     * What there is.
     *
     * @param secrets in no order; possibly more than those that the labels match
     */
    record Found(List<LabelledSecret> secrets) implements SecretSearch {
        public Found {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * Nobody knows what there is.
     *
     * @param message a clause for people, for example {@code Secrets of namespace 'a' may not be read}
     */
    record Refused(Reason reason, String message) implements SecretSearch {}
}
