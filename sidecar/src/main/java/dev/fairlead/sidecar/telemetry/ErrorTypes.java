package dev.fairlead.sidecar.telemetry;

import dev.fairlead.sidecar.usage.CallFacts;
import dev.fairlead.sidecar.usage.Outcome;

/**
 * {@code error.type} of the semantic conventions: our error code where we have one, else the provider's status, else
 * {@code _OTHER}. A closed set, so that it may be a label. The texts of statuses are made once.
 */
final class ErrorTypes {
    private static final String NONE = "";
    private static final String OTHER = "_OTHER";
    private static final int FIRST_STATUS = 400;
    private static final int LAST_STATUS = 599;

    private final String[] statuses = new String[LAST_STATUS - FIRST_STATUS + 1];

    String of(CallFacts facts) {
        if (facts.outcome == Outcome.OK) {
            return NONE;
        }
        if (facts.error != null) {
            return facts.error.code();
        }
        return facts.status < FIRST_STATUS || facts.status > LAST_STATUS ? OTHER : text(facts.status);
    }

    private String text(int status) {
        int index = status - FIRST_STATUS;
        if (statuses[index] == null) {
            statuses[index] = Integer.toString(status);
        }
        return statuses[index];
    }
}
