package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.provider.AdmissionRule;
import dev.fairlead.sidecar.provider.AdmissionRule.Charge;

/** What calls of one model count, by the provider's rule and by what its real usage has taught. */
final class Charging {
    /** More than any call has; keeps sums far from overflowing. */
    private static final long MOST = 1L << 40;
    /** A prompt is refused for its size only if it is too large even when it was overestimated by this much. */
    private static final double ESTIMATE_ERROR = 0.8;

    private final AdmissionRule rule;
    private final Calibration calibration;

    Charging(AdmissionRule rule, Calibration calibration) {
        this.rule = rule;
        this.calibration = calibration;
    }

    AdmissionRule rule() {
        return rule;
    }

    Calibration calibration() {
        return calibration;
    }

    /** What a call takes when it begins. */
    long reserved(Dimension.Unit unit, Demand demand) {
        return switch (unit) {
            case REQUESTS, CALLS -> 1;
            case INPUT -> input(demand);
            case OUTPUT -> output(demand);
            case TOKENS -> both(input(demand), output(demand));
        };
    }

    /**
     * What a call takes of a limit that the provider's headers name when it begins: whoever counts output apart counts it as it is
     * produced.
     */
    long told(Dimension.Unit unit, Demand demand) {
        return unit == Dimension.Unit.OUTPUT ? expectedOutput(demand) : reserved(unit, demand);
    }

    /** The least that such a call takes, were the estimate wrong in its favour. */
    long atLeast(Dimension.Unit unit, Demand demand) {
        long input = (long) (input(demand) * ESTIMATE_ERROR);
        long output = rule.refusesOversize() ? Math.max(0, bounded(demand.maxOutputTokens())) : 0;
        return switch (unit) {
            case REQUESTS, CALLS -> 1;
            case INPUT -> input;
            case OUTPUT -> output;
            case TOKENS -> both(input, output);
        };
    }

    /** What a call has really taken, of which {@code reserved} is held. */
    long settled(Dimension.Unit unit, long reserved, Spent.Tokens spent) {
        long cached = rule.countsCachedInput() ? 0 : Math.max(0, spent.cachedInputTokens());
        // Some providers report the prompt without what was cached: then there is nothing to take off.
        long input = bounded(spent.inputTokens() >= cached ? spent.inputTokens() - cached : spent.inputTokens());
        long output = bounded(spent.outputTokens());
        return switch (unit) {
            case REQUESTS, CALLS -> reserved;
            case INPUT -> Math.max(0, input);
            case OUTPUT -> Math.max(0, output);
            case TOKENS -> rule.givesBack() ? Math.max(0, input) + Math.max(0, output) : reserved;
        };
    }

    /** What so many waiting calls ask for together. */
    long wanted(Dimension.Unit unit, int calls, long inputTokens, long outputTokens) {
        long input = calibration.input(Math.max(0, bounded(inputTokens)));
        long output = Math.max(0, bounded(outputTokens));
        return switch (unit) {
            case REQUESTS, CALLS -> Math.max(0, calls);
            case INPUT -> input;
            case OUTPUT -> output;
            case TOKENS -> both(input, output);
        };
    }

    private long input(Demand demand) {
        return calibration.input(Math.max(0, bounded(demand.inputTokens())));
    }

    private long output(Demand demand) {
        long most = bounded(demand.maxOutputTokens());
        if (rule.charge() == Charge.EXPECTED) {
            return expectedOutput(demand);
        }
        if (most >= 0) {
            return most;
        }
        return rule.unsetMaxTokens() > 0 ? rule.unsetMaxTokens() : calibration.output();
    }

    private long expectedOutput(Demand demand) {
        long most = bounded(demand.maxOutputTokens());
        return most < 0 ? calibration.output() : Math.min(most, calibration.output());
    }

    private long both(long input, long output) {
        return rule.charge() == Charge.LARGER_OF_BOTH ? Math.max(input, output) : input + output;
    }

    private static long bounded(long tokens) {
        return Math.min(tokens, MOST);
    }
}
