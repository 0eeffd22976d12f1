package dev.fairlead.operator.simulate.account;

import dev.fairlead.operator.simulate.profile.ConsumerProfile;

/** Somebody else's calls on an account, at an even pace since {@code start}; computed when somebody looks. */
public final class Consumer {

    private final String model;
    private final long perMinute;
    private final long tokens;
    private final long start;
    private long sent;
    private long admitted;
    private long admittedTokens;

    Consumer(ConsumerProfile profile, String model, long start) {
        this.model = model;
        this.perMinute = profile.requestsPerMinute();
        this.tokens = profile.tokensPerRequest();
        this.start = start;
    }

    String model() {
        return model;
    }

    /** When its next call is due. */
    long due() {
        return start + (sent + 1) * Meter.MINUTE / perMinute;
    }

    /** Makes the call that is due. */
    void call(MeterSet meters) {
        long at = due();
        sent++;
        if (meters.take(tokens, at) instanceof Admission.Admitted) {
            admitted++;
            admittedTokens += tokens;
        }
    }

    /** Calls made. */
    public long sent() {
        return sent;
    }

    /** Calls let in. */
    public long admitted() {
        return admitted;
    }

    /** Tokens charged. */
    public long admittedTokens() {
        return admittedTokens;
    }
}
