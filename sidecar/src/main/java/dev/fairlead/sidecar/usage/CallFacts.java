package dev.fairlead.sidecar.usage;

import dev.fairlead.sidecar.config.ErrorCode;
import java.util.Arrays;

/**
 * Everything that metrics and the call record say about one call, collected while it runs. The exchange sets what it learns,
 * then hands it to {@link Recorder#settle} once; afterwards it may be {@link #clear() cleared} and used for another call.
 *
 * <p>Plain fields, because this is filled on the request path and allocates nothing when reused. Names "from the
 * configuration" must be the configuration's own strings: they are bounded, so they may become metric labels. What a client
 * sends goes only where it is said so. A field that nobody set ({@code null}, or -1 for a measure) does not appear in the
 * record. Not thread-safe: it belongs to the event loop of its exchange.
 */
public final class CallFacts {
    private static final int USUAL_ATTEMPTS = 4;

    /** When the request head had arrived, epoch milliseconds. */
    public long startedAtMs;
    /** The call's id as {@link CallIds} made it: {@code x-fairlead-request-id}. */
    public long id;
    /** Upper half of the trace id of {@code traceparent}; both halves 0 without one. */
    public long traceIdHigh;
    /** Lower half of the trace id of {@code traceparent}. */
    public long traceIdLow;
    /** {@code namespace/name} of the AIRoute, from the configuration; {@code null} before one is known. */
    public String route;
    /** What was called, named as in {@code AIRoute.spec.endpoints}, for example {@code ChatCompletions}; {@code null} if nothing of ours. */
    public String endpoint;
    /** The client's wire format, a closed set of ours, for example {@code openai}. */
    public String dialect;
    /** The model as the client sent it. */
    public String model;
    /** The {@code models[].name} of the route that matched, from the configuration: the bounded form of {@link #model}. */
    public String modelName;
    /** Whether the client asked for a stream. */
    public boolean stream;
    /** The most output tokens that the client lets the model make, all choices together; -1 if it set no maximum. */
    public long maxTokens = -1;
    /** {@code Interactive} or {@code Batch} as the client said it; {@code null} for what is neither. */
    public String priority;
    /** The client's own deadline, milliseconds; 0 if it set none. */
    public long timeoutMs;
    /** A hash of what the calls have in common that are to stay at one account; 0 for a call that belongs to none. */
    public long affinity;
    /** The target's name that answered, or was tried last; from the configuration. */
    public String target;
    /** {@code namespace/name} of the KeyPool that answered, was tried last, or was waited for; from the configuration. */
    public String pool;
    /** The key's name (never the key) that was used last; from the configuration. */
    public String key;
    /** That key's quota group; from the configuration. */
    public String quotaGroup;
    /** The pool's provider type, for example {@code OpenAI}; from the configuration. */
    public String provider;
    /** The model's name as sent to the provider. */
    public String upstreamModel;
    /** {@code namespace/name} of the Subscription that opened the route; from the configuration. */
    public String subscription;
    /** The HTTP status that the client got; 499 when it had gone. */
    public int status;
    /** How the call ended. */
    public Outcome outcome = Outcome.OK;
    /** Our own refusal or failure; {@code null} when there was none, or when the provider's own error was passed on. */
    public ErrorCode error;
    /** Waiting for keys over the whole call, microseconds. */
    public long waitUs;
    /** How long a wait that was in vain had been expected to be, microseconds; for metrics, not in the record. */
    public long predictedWaitUs = Attempt.NOT_PREDICTED;
    /** Which limit kept a key back first, as the pool's meters name it; {@code null} for none; for plans, not in the record. */
    public String limit;
    /** Whether it asks for more than that limit allows at all; for plans, not in the record. */
    public boolean tooLarge;
    /** From the request head to the first content event of a stream, microseconds; -1 if there was none. */
    public long ttftUs = -1;
    /** From the request head to the end, microseconds. */
    public long durationUs;
    /** Our own share of {@link #durationUs}: without waiting and without the provider, microseconds; -1 if not measured. */
    public long overheadUs = -1;
    /**
     * The call's tokens. {@link Recorder#settle} replaces them by the sum over the attempts as soon as one attempt counted
     * any.
     */
    public final Usage usage = new Usage();
    /** Why the model stopped, as the provider said it. */
    public String finishReason;

    private Attempt[] attempts = new Attempt[USUAL_ATTEMPTS];
    private int attemptCount;

    /** Begins the next attempt: an empty one to fill. */
    public Attempt startAttempt() {
        if (attemptCount == attempts.length) {
            attempts = Arrays.copyOf(attempts, attemptCount * 2);
        }
        Attempt attempt = attempts[attemptCount];
        if (attempt == null) {
            attempt = new Attempt();
            attempts[attemptCount] = attempt;
        }
        attemptCount++;
        return attempt.clear();
    }

    /** How many attempts were begun. */
    public int attemptCount() {
        return attemptCount;
    }

    /** An attempt by its order, from 0. */
    public Attempt attempt(int index) {
        if (index >= attemptCount) {
            throw new IndexOutOfBoundsException("attempt " + index + " of " + attemptCount);
        }
        return attempts[index];
    }

    /** Makes {@link #usage} the sum over the attempts, if any attempt counted tokens. */
    void sumUsage() {
        boolean counted = false;
        for (int i = 0; i < attemptCount; i++) {
            counted |= attempts[i].usage.present();
        }
        if (counted) {
            usage.clear();
            for (int i = 0; i < attemptCount; i++) {
                usage.add(attempts[i].usage);
            }
        }
    }

    /** Back to the state of a new one, ready for another call. */
    public CallFacts clear() {
        startedAtMs = 0;
        id = 0;
        traceIdHigh = 0;
        traceIdLow = 0;
        route = null;
        endpoint = null;
        dialect = null;
        model = null;
        modelName = null;
        stream = false;
        maxTokens = -1;
        priority = null;
        timeoutMs = 0;
        affinity = 0;
        target = null;
        pool = null;
        key = null;
        quotaGroup = null;
        provider = null;
        upstreamModel = null;
        subscription = null;
        status = 0;
        outcome = Outcome.OK;
        error = null;
        waitUs = 0;
        predictedWaitUs = Attempt.NOT_PREDICTED;
        limit = null;
        tooLarge = false;
        ttftUs = -1;
        durationUs = 0;
        overheadUs = -1;
        usage.clear();
        finishReason = null;
        attemptCount = 0;
        return this;
    }
}
