package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.pool.Urgency;

/** {@code x-fairlead-priority}: how urgent the client's call is. */
final class PriorityHeader {
    private PriorityHeader() {}

    /** {@link Urgency#NORMAL} without a header, {@code null} for a word that is none of ours. */
    static Urgency read(String header) {
        if (header == null) {
            return Urgency.NORMAL;
        }
        var word = header.strip();
        for (var urgency : Urgency.values()) {
            if (urgency.name().equalsIgnoreCase(word)) {
                return urgency;
            }
        }
        return null;
    }

    /** The word for an urgency that is worth saying, {@code null} for the usual one. */
    static String word(Urgency urgency) {
        return switch (urgency) {
            case INTERACTIVE -> "Interactive";
            case NORMAL -> null;
            case BATCH -> "Batch";
        };
    }
}
