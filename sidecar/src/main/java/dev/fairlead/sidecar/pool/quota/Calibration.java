package dev.fairlead.sidecar.pool.quota;

/**
 * What real usage has taught about estimates of one model: how many tokens an estimated one is, and how long answers are. Recent
 * calls count more, long ones more than short ones, and no single report moves it far.
 */
final class Calibration {
    private static final double KEEP = 0.98;
    /** So many tokens of estimates that were right are assumed before the first call. */
    private static final double PRIOR = 2_000;

    private static final double SMALLEST = 0.25;
    private static final double LARGEST = 4;
    private static final long FIRST_OUTPUT = 256;
    private static final long LONGEST_OUTPUT = 1_000_000;
    private static final double SLOWEST = 0.05;

    private double estimated = PRIOR;
    private double real = PRIOR;
    private double output = FIRST_OUTPUT;
    private double deviation;
    private int answers;

    /** Tokens that an estimate probably stands for. */
    long input(long estimate) {
        return (long) Math.ceil(estimate * ratio() - 1e-9);
    }

    /** Tokens that most answers stay within. */
    long output() {
        return (long) Math.ceil(output + deviation);
    }

    double ratio() {
        return Math.max(SMALLEST, Math.min(LARGEST, real / estimated));
    }

    /** A call that was estimated so has really used so many. */
    void learn(long estimate, long inputTokens, long outputTokens) {
        if (estimate > 0 && inputTokens > 0) {
            double weight = Math.min(estimate, 100 * PRIOR);
            double ratio = (double) inputTokens / estimate;
            estimated = estimated * KEEP + weight;
            real = real * KEEP + weight * Math.max(SMALLEST / 2, Math.min(LARGEST * 2, ratio));
        }
        if (outputTokens >= 0) {
            double answer = Math.min(outputTokens, LONGEST_OUTPUT);
            double step = Math.max(SLOWEST, 1.0 / ++answers);
            double off = answer - output;
            output += step * off;
            deviation += step * (Math.abs(off) - deviation);
            answers = Math.min(answers, 1_000);
        }
    }
}
