package dev.fairlead.sidecar.telemetry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The series of one pool. Safe for any thread; lookups take no lock once a series has been met. */
final class PoolMeters {
    private static final String SUCCEEDED = "ok";

    private final SeriesBook book;
    private final String pool;
    private final int wait;
    private final int waitError;
    private final int succeeded;
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();

    PoolMeters(SeriesBook book, String pool) {
        this.book = book;
        this.pool = pool;
        this.wait = book.index(Metric.WAIT, pool);
        this.waitError = book.index(Metric.WAIT_ERROR, pool);
        this.succeeded = book.index(Metric.ATTEMPTS, pool, SUCCEEDED);
    }

    int waits() {
        return wait;
    }

    int waitErrors() {
        return waitError;
    }

    /** @param failureClass {@code null} for attempts that succeeded */
    int attempts(String failureClass) {
        if (failureClass == null) {
            return succeeded;
        }
        Integer known = failed.get(failureClass);
        if (known != null) {
            return known;
        }
        int index = book.index(Metric.ATTEMPTS, pool, failureClass);
        failed.put(failureClass, index);
        return index;
    }
}
