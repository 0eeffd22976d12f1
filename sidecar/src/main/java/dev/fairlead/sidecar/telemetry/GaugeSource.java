package dev.fairlead.sidecar.telemetry;

/**
 * Reads the present values of a gauge. Called by whichever thread scrapes: it must be safe there and must not wait for an
 * event loop.
 */
@FunctionalInterface
public interface GaugeSource {
    /** Reports every value with its label values, in the order of the gauge's labels. */
    void read(Readings to);

    /** Takes the values. */
    @FunctionalInterface
    interface Readings {
        /** One value. */
        void value(double value, String... labelValues);

        /** One whole value. */
        default void value(long value, String... labelValues) {
            value((double) value, labelValues);
        }
    }
}
