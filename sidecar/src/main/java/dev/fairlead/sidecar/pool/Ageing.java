package dev.fairlead.sidecar.pool;

/**
 * Keeps lower classes from starving: while one of its calls has waited for {@value #AGE_MS} ms, a class goes before those above it,
 * and again when the others have had seven times its tokens, so it gets an eighth of all. Its calls stay in their class and in
 * their tenants' lines.
 */
final class Ageing {
    static final long AGE_MS = 10_000;
    private static final double EARNED = 1.0 / 7;

    private final double[] owes = new double[Urgency.values().length];

    /** Whether the class has paid for its last turn before others. */
    boolean due(int level) {
        return owes[level] <= 0;
    }

    /** A call of this class went before others. */
    void spend(int level, double cost) {
        owes[level] += cost;
    }

    /** A call that was to go before others does not. */
    void refund(int level, double cost) {
        owes[level] = Math.max(0, owes[level] - cost);
    }

    /** A call of this class went: the others have earned something by it. */
    void went(int level, double cost) {
        for (int other = 0; other < owes.length; other++) {
            owes[other] -= other != level && owes[other] > 0 ? cost * EARNED : 0;
        }
    }

    /** How many of these go before so many of the classes above them have gone. */
    static int among(int above, int aged) {
        return (int) Math.min(aged, Math.ceil(above * EARNED));
    }
}
