package dev.fairlead.sidecar.telemetry;

import dev.fairlead.sidecar.config.ErrorCode;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The series of one route. Safe for any thread; lookups take no lock once a series has been met. */
final class RouteMeters {
    private final SeriesBook book;
    private final String route;
    private final Map<String, CallSeries[]> byModel = new ConcurrentHashMap<>();
    private final Map<ErrorCode, Integer> refusals = new ConcurrentHashMap<>();

    /** @param route its name, empty for calls that did not get as far as a route */
    RouteMeters(SeriesBook book, String route) {
        this.book = book;
        this.route = route;
    }

    /**
     * @param model the configured model name, empty if none matched
     * @param endpoint {@code null} for a path that is none of ours
     * @param provider {@code null} for a call that did not get as far
     */
    CallSeries call(String model, String endpoint, String provider) {
        CallSeries[] known = byModel.get(model);
        if (known != null) {
            for (CallSeries series : known) {
                if (series.covers(endpoint, provider)) {
                    return series;
                }
            }
        }
        CallSeries added = new CallSeries(book, route, model, endpoint, provider);
        // Two loops may both add; the second one is never found and does no harm, it names the same cells.
        byModel.merge(model, new CallSeries[] {added}, RouteMeters::joined);
        return added;
    }

    int refusals(ErrorCode code) {
        Integer known = refusals.get(code);
        if (known != null) {
            return known;
        }
        int index = book.index(Metric.REFUSALS, route, code.code());
        refusals.put(code, index);
        return index;
    }

    private static CallSeries[] joined(CallSeries[] before, CallSeries[] added) {
        CallSeries[] joined = Arrays.copyOf(before, before.length + added.length);
        System.arraycopy(added, 0, joined, before.length, added.length);
        return joined;
    }
}
