package dev.fairlead.operator.metrics;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A count that somebody else keeps; when it cannot be read, the last one stands, as a counter must not fall. */
final class Steady {
    private static final Logger LOG = LoggerFactory.getLogger(Steady.class);

    private final LongSupplier source;
    private volatile long last;

    Steady(LongSupplier source) {
        this.source = source;
    }

    double value() {
        try {
            last = source.getAsLong();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("error", e.toString()).log("count could not be read");
        }
        return last;
    }
}
