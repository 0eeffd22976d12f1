package dev.fairlead.sidecar.telemetry;

import dev.fairlead.sidecar.usage.Outcome;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The series of calls that have route, model, endpoint and provider in common, resolved once. Counters exist from the
 * beginning, at 0, so that the first failure is a rise; histograms appear with their first value. Safe for any thread.
 */
final class CallSeries {
    private static final int NOT_YET = -1;

    private final SeriesBook book;
    private final String endpoint;
    private final String provider;
    private final String operation;
    private final String providerName;
    private final String model;
    private final int ok;
    private final int refused;
    private final int failed;
    private final int cancelled;
    private final int tokensIn;
    private final int tokensOut;
    private final Map<String, Integer> durations = new ConcurrentHashMap<>();
    // Set by whichever loop is first; every loop gets the same number from the book, so a race is harmless.
    private int usageIn = NOT_YET;
    private int usageOut = NOT_YET;
    private int firstToken = NOT_YET;

    CallSeries(SeriesBook book, String route, String model, String endpoint, String provider) {
        this.book = book;
        this.endpoint = endpoint;
        this.provider = provider;
        this.model = model;
        this.operation = SemanticNames.operation(endpoint);
        this.providerName = provider == null ? null : SemanticNames.provider(provider);
        this.ok = book.index(Metric.REQUESTS, route, endpoint, provider, Outcome.OK.wireName());
        this.refused = book.index(Metric.REQUESTS, route, endpoint, provider, Outcome.REFUSED.wireName());
        this.failed = book.index(Metric.REQUESTS, route, endpoint, provider, Outcome.FAILED.wireName());
        this.cancelled = book.index(Metric.REQUESTS, route, endpoint, provider, Outcome.CANCELLED.wireName());
        this.tokensIn = book.index(Metric.TOKENS, route, "input");
        this.tokensOut = book.index(Metric.TOKENS, route, "output");
    }

    boolean covers(String endpoint, String provider) {
        return Objects.equals(this.endpoint, endpoint) && Objects.equals(this.provider, provider);
    }

    /** Whether these calls run a model at a known provider: only those are operations for the semantic conventions. */
    boolean isOperation() {
        return operation != null && providerName != null;
    }

    int requests(Outcome outcome) {
        return switch (outcome) {
            case OK -> ok;
            case REFUSED -> refused;
            case FAILED -> failed;
            case CANCELLED -> cancelled;
        };
    }

    int tokensIn() {
        return tokensIn;
    }

    int tokensOut() {
        return tokensOut;
    }

    /** @param errorType empty for calls that ended well */
    int duration(String errorType) {
        Integer known = durations.get(errorType);
        if (known != null) {
            return known;
        }
        int index = book.index(Metric.OPERATION_DURATION, operation, providerName, model, errorType);
        durations.put(errorType, index);
        return index;
    }

    int usageIn() {
        if (usageIn == NOT_YET) {
            usageIn = book.index(Metric.TOKEN_USAGE, operation, providerName, model, "input");
        }
        return usageIn;
    }

    int usageOut() {
        if (usageOut == NOT_YET) {
            usageOut = book.index(Metric.TOKEN_USAGE, operation, providerName, model, "output");
        }
        return usageOut;
    }

    int firstToken() {
        if (firstToken == NOT_YET) {
            firstToken = book.index(Metric.TIME_TO_FIRST_TOKEN, operation, providerName, model);
        }
        return firstToken;
    }
}
