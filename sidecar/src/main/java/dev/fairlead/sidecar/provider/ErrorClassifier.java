package dev.fairlead.sidecar.provider;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells what a failed response means, by rules that are data: the provider's own first, then those shared by all; the first
 * that matches wins. Immutable, safe on every thread. Not for the hot path: a failure may cost some microseconds.
 */
public final class ErrorClassifier {
    /** The longest part of a body that is looked at. */
    public static final int MAX_BODY_BYTES = 64 * 1024;

    /** The rule that a verdict of class {@link FailureClass#UNKNOWN} names. */
    static final String NO_RULE = "none";

    private final List<ClassifierRule> rules;
    private final RetryHints hints;
    private final ErrorBodyReader bodies = new ErrorBodyReader();

    ErrorClassifier(List<ClassifierRule> own, List<ClassifierRule> shared, LimitHeaders limits) {
        this(Stream.concat(own.stream(), shared.stream()).toList(), new RetryHints(limits));
    }

    private ErrorClassifier(List<ClassifierRule> rules, RetryHints hints) {
        this.rules = rules;
        this.hints = hints;
    }

    /** The same, after these rules have been asked. */
    ErrorClassifier after(List<ClassifierRule> first) {
        return new ErrorClassifier(Stream.concat(first.stream(), rules.stream()).toList(), hints);
    }

    /**
     * Never throws, whatever the provider sent.
     *
     * @param status the HTTP status; for an error event inside a successful stream the stream's own status
     * @param headers the response's headers
     * @param body the body as far as it was kept, at most {@value #MAX_BODY_BYTES} bytes are looked at; may be empty
     * @param caller what the failed call said: no evidence when the provider repeats it
     * @param nowEpochMs now, for hints that are points in time where the response has no {@code date} of its own
     */
    public Verdict classify(int status, HeaderLookup headers, byte[] body, CallerWords caller, long nowEpochMs) {
        ErrorFacts facts = bodies.read(status, headers, body);
        long theirNow = ProviderClock.now(headers, nowEpochMs);
        Echo echo = new Echo(caller, facts.text());
        for (ClassifierRule rule : rules) {
            if (rule.matches(facts, headers, echo)) {
                RetryHints.Found found = hints.find(rule.reset(), facts, headers, theirNow);
                return new Verdict(rule.clazz(), rule.scope(), reset(rule, found), tags(rule, found), rule.id());
            }
        }
        return new Verdict(FailureClass.UNKNOWN, Scope.NOTHING, OptionalLong.empty(), Set.of(), NO_RULE);
    }

    private static OptionalLong reset(ClassifierRule rule, RetryHints.Found found) {
        return found.resetMs().isPresent() || rule.otherwiseMs() == 0
                ? found.resetMs()
                : OptionalLong.of(rule.otherwiseMs());
    }

    private static Set<Tag> tags(ClassifierRule rule, RetryHints.Found found) {
        boolean ends = found.resetMs().isPresent() && rule.clazz().refuses();
        if (!found.sentinel() && !ends) {
            return rule.tags();
        }
        EnumSet<Tag> tags = EnumSet.of(ends ? Tag.RESET_AT : Tag.SENTINEL);
        tags.addAll(rule.tags());
        return tags;
    }
}
