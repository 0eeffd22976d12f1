package dev.fairlead.sidecar.usage;

import dev.fairlead.sidecar.config.ErrorCode;

/**
 * The order of a record's words in the ring. {@code read} mirrors {@code write}, line by line. {@link CallFacts#modelName} is
 * for metrics only and stays behind.
 */
final class RecordLayout {
    private static final ErrorCode[] CODES = ErrorCode.values();
    private static final Outcome[] OUTCOMES = Outcome.values();

    private static final int STREAM = 1;
    private static final int USAGE_PRESENT = 1;
    private static final int USAGE_ESTIMATED = 2;

    private RecordLayout() {}

    // Ordinals never leave this process: both ends are this class.
    @SuppressWarnings("EnumOrdinal")
    static void write(CallFacts facts, RecordNames names, RecordCursor out) {
        out.put(facts.startedAtMs);
        out.put(facts.id);
        out.put(facts.traceIdHigh);
        out.put(facts.traceIdLow);
        out.put(facts.stream ? STREAM : 0);
        out.put(facts.maxTokens);
        out.putName(facts.priority, names);
        out.put(facts.timeoutMs);
        out.put(facts.affinity);
        out.put(facts.status);
        out.put(facts.outcome.ordinal());
        out.put(facts.error == null ? -1 : facts.error.ordinal());
        out.put(facts.waitUs);
        out.put(facts.ttftUs);
        out.put(facts.durationUs);
        out.put(facts.overheadUs);
        out.putName(facts.route, names);
        out.putName(facts.endpoint, names);
        out.putName(facts.dialect, names);
        out.putName(facts.model, names);
        out.putName(facts.target, names);
        out.putName(facts.pool, names);
        out.putName(facts.key, names);
        out.putName(facts.quotaGroup, names);
        out.putName(facts.provider, names);
        out.putName(facts.upstreamModel, names);
        out.putName(facts.subscription, names);
        out.putName(facts.finishReason, names);
        write(facts.usage, out);
        out.put(facts.attemptCount());
        for (int i = 0; i < facts.attemptCount(); i++) {
            Attempt attempt = facts.attempt(i);
            out.putName(attempt.target, names);
            out.putName(attempt.pool, names);
            out.putName(attempt.key, names);
            out.put(attempt.status);
            out.putName(attempt.failureClass, names);
            out.put(attempt.waitUs);
            out.put(attempt.durationUs);
            write(attempt.usage, out);
        }
    }

    static void read(CallFacts facts, RecordNames names, RecordCursor in) {
        facts.clear();
        facts.startedAtMs = in.next();
        facts.id = in.next();
        facts.traceIdHigh = in.next();
        facts.traceIdLow = in.next();
        facts.stream = in.next() == STREAM;
        facts.maxTokens = in.next();
        facts.priority = in.nextName(names);
        facts.timeoutMs = in.next();
        facts.affinity = in.next();
        facts.status = (int) in.next();
        facts.outcome = OUTCOMES[(int) in.next()];
        int code = (int) in.next();
        facts.error = code < 0 ? null : CODES[code];
        facts.waitUs = in.next();
        facts.ttftUs = in.next();
        facts.durationUs = in.next();
        facts.overheadUs = in.next();
        facts.route = in.nextName(names);
        facts.endpoint = in.nextName(names);
        facts.dialect = in.nextName(names);
        facts.model = in.nextName(names);
        facts.target = in.nextName(names);
        facts.pool = in.nextName(names);
        facts.key = in.nextName(names);
        facts.quotaGroup = in.nextName(names);
        facts.provider = in.nextName(names);
        facts.upstreamModel = in.nextName(names);
        facts.subscription = in.nextName(names);
        facts.finishReason = in.nextName(names);
        read(facts.usage, in);
        for (int attempts = (int) in.next(); attempts > 0; attempts--) {
            Attempt attempt = facts.startAttempt();
            attempt.target = in.nextName(names);
            attempt.pool = in.nextName(names);
            attempt.key = in.nextName(names);
            attempt.status = (int) in.next();
            attempt.failureClass = in.nextName(names);
            attempt.waitUs = in.next();
            attempt.durationUs = in.next();
            read(attempt.usage, in);
        }
    }

    private static void write(Usage usage, RecordCursor out) {
        out.put((usage.present() ? USAGE_PRESENT : 0) | (usage.estimated() ? USAGE_ESTIMATED : 0));
        if (usage.present()) {
            out.put(usage.inputTokens());
            out.put(usage.cacheReadTokens());
            out.put(usage.cacheWrite5mTokens());
            out.put(usage.cacheWrite1hTokens());
            out.put(usage.inputAudioTokens());
            out.put(usage.outputTokens());
            out.put(usage.reasoningTokens());
            out.put(usage.outputAudioTokens());
        }
    }

    private static void read(Usage usage, RecordCursor in) {
        long flags = in.next();
        if ((flags & USAGE_PRESENT) != 0) {
            if ((flags & USAGE_ESTIMATED) != 0) {
                usage.estimate(0, 0);
            }
            usage.input(in.next(), in.next(), in.next(), in.next(), in.next());
            usage.output(in.next(), in.next(), in.next());
        }
    }
}
