package dev.fairlead.sidecar.dialect.openai;

/** Which choices of an answer have begun and which have ended. What an unfinished chunk says does not count yet. */
final class ChoiceEnds {
    private long begun;
    private long ended;
    private String firstReason;
    private long chunkBegun;
    private long chunkEnded;
    private String chunkFirstReason;

    /** A choice of the current chunk; {@code reason} is {@code null} when it goes on. */
    void add(long index, String reason) {
        // Providers take at most 128 choices; those beyond 63 share one bit and are judged together.
        long bit = 1L << Math.max(0, Math.min(index, Long.SIZE - 1));
        chunkBegun |= bit;
        if (reason != null) {
            chunkEnded |= bit;
            if (index == 0) {
                chunkFirstReason = reason;
            }
        }
    }

    /** The chunk was complete. */
    void commit() {
        begun |= chunkBegun;
        ended |= chunkEnded;
        firstReason = chunkFirstReason == null ? firstReason : chunkFirstReason;
        chunkBegun = 0;
        chunkEnded = 0;
        chunkFirstReason = null;
    }

    /** Whether every choice that has begun has ended, and there was one. */
    boolean allEnded() {
        return begun != 0 && begun == ended;
    }

    /** Whether any choice has ended, in an unfinished chunk as well. */
    boolean anyEnded() {
        return (ended | chunkEnded) != 0;
    }

    /** Why the first choice ended, {@code null} as long as it has not. */
    String firstReason() {
        return firstReason;
    }
}
