package dev.fairlead.sidecar.pool;

/** What calls of a model usually ask for; a seat that cannot take half of it counts as closed for everybody. */
final class TypicalCall {
    private double input;
    private double output;
    private Demand small = Demand.ONE_CALL;

    void seen(Demand demand) {
        double out = Math.max(0, demand.maxOutputTokens());
        input += (demand.inputTokens() - input) / 16;
        output += (out - output) / 16;
        if (Math.abs(input / 2 - small.inputTokens()) > 8 + small.inputTokens() * 0.1
                || Math.abs(output / 2 - small.maxOutputTokens()) > 8 + small.maxOutputTokens() * 0.1) {
            small = new Demand((long) (input / 2), (long) (output / 2));
        }
    }

    long inputTokens() {
        return (long) input;
    }

    long outputTokens() {
        return (long) output;
    }

    Demand small() {
        return small;
    }

    /** Whether something may be open for one call that is closed for the other. */
    static boolean less(Demand small, Demand demand) {
        return small.inputTokens() < demand.inputTokens()
                || demand.maxOutputTokens() == Demand.UNSAID
                || small.maxOutputTokens() < demand.maxOutputTokens();
    }
}
