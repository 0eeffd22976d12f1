package dev.fairlead.sidecar.telemetry;

/**
 * The upper bounds of a histogram. Values are whole numbers, microseconds for times, so that the loop adds without floating
 * point and sums stay exact; they become seconds when the page is rendered.
 */
final class Buckets {
    static final Buckets OPERATION = new Buckets(
            "seconds",
            10_000,
            20_000,
            40_000,
            80_000,
            160_000,
            320_000,
            640_000,
            1_280_000,
            2_560_000,
            5_120_000,
            10_240_000,
            20_480_000,
            40_960_000,
            81_920_000);

    static final Buckets FIRST_TOKEN = new Buckets(
            "seconds",
            1_000,
            5_000,
            10_000,
            20_000,
            40_000,
            60_000,
            80_000,
            100_000,
            250_000,
            500_000,
            750_000,
            1_000_000,
            2_500_000,
            5_000_000,
            7_500_000,
            10_000_000);

    static final Buckets TOKENS = new Buckets(
            "tokens",
            1,
            4,
            16,
            64,
            256,
            1_024,
            4_096,
            16_384,
            65_536,
            262_144,
            1_048_576,
            4_194_304,
            16_777_216,
            67_108_864);

    static final Buckets WAIT = new Buckets(
            "seconds",
            0,
            1_000,
            10_000,
            50_000,
            100_000,
            250_000,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000,
            20_000_000,
            30_000_000,
            60_000_000,
            120_000_000);

    /** On both sides of nothing: below it a wait was longer than predicted. */
    static final Buckets WAIT_ERROR = new Buckets(
            "seconds",
            -30_000_000,
            -10_000_000,
            -5_000_000,
            -1_000_000,
            -500_000,
            -100_000,
            -10_000,
            10_000,
            100_000,
            500_000,
            1_000_000,
            5_000_000,
            10_000_000,
            30_000_000);

    static final Buckets OVERHEAD = new Buckets(
            "seconds", 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000);

    static final Buckets LAG = new Buckets(
            "seconds", 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
            5_000_000);

    private static final double MICROS_PER_SECOND = 1_000_000;

    private final String unit;
    private final long[] bounds;

    private Buckets(String unit, long... bounds) {
        this.unit = unit;
        this.bounds = bounds;
    }

    String unit() {
        return unit;
    }

    /** Buckets, the one without a bound included. */
    int count() {
        return bounds.length + 1;
    }

    /** Cells that a histogram takes: its buckets and its sum. */
    int cells() {
        return count() + 1;
    }

    /** The first bucket whose bound is not below the value. */
    int indexOf(long value) {
        int index = 0;
        while (index < bounds.length && value > bounds[index]) {
            index++;
        }
        return index;
    }

    /** Upper bounds in the unit of the page, ending in infinity. */
    double[] exposedBounds() {
        double[] exposed = new double[count()];
        for (int i = 0; i < bounds.length; i++) {
            exposed[i] = exposed(bounds[i]);
        }
        exposed[bounds.length] = Double.POSITIVE_INFINITY;
        return exposed;
    }

    /** A value in the unit of the page. */
    double exposed(long value) {
        return unit.equals("seconds") ? value / MICROS_PER_SECOND : value;
    }
}
