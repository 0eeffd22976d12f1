package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.pool.LeaseRefusal;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.List;
import java.util.stream.Collectors;

/** Says why no target has a key in time: which pools were asked, how many of their keys rest and why, when the first returns. */
final class Resting {
    private static final String TOO_LATE = ", too late for this call";

    private Resting() {}

    /** The refusal that tells the client most; of equals the soonest. */
    static LeaseRefusal telling(List<Ask> asks) {
        LeaseRefusal telling = null;
        for (var ask : asks) {
            var refusal = ask.refusal();
            if (telling == null || tellsMore(refusal, telling)) {
                telling = refusal;
            }
        }
        return telling;
    }

    private static boolean tellsMore(LeaseRefusal one, LeaseRefusal other) {
        int rank = Integer.compare(Unavailable.rank(one), Unavailable.rank(other));
        return rank < 0 || (rank == 0 && one.availableInMs() < other.availableInMs());
    }

    static String sentence(LeaseRefusal telling, List<Ask> asks) {
        if (asks.size() > 1) {
            return asks.stream()
                    .map(ask -> pool(ask) + parenthesis(ask))
                    .collect(Collectors.joining(", ", "No target has a key in time: ", end(telling, TOO_LATE)));
        }
        return sentence(telling, asks.get(0), TOO_LATE);
    }

    /** @param late what is said of a key that returns */
    static String sentence(LeaseRefusal telling, Ask ask, String late) {
        return switch (telling.kind()) {
            case EXHAUSTED -> "Every key of " + pool(ask) + " rests" + parenthesis(ask) + end(telling, late);
            case QUEUE_FULL -> "Too many calls already wait for a key of " + pool(ask) + ".";
            case PROVIDER_DOWN ->
                "The provider of " + pool(ask) + " does not take calls at the moment" + parenthesis(ask) + ".";
            case TOO_LARGE ->
                "The call asks for more than a limit of every account of " + pool(ask) + " allows at all"
                        + parenthesis(ask) + ".";
            case UNUSABLE -> unusable(telling, ask) + parenthesis(ask) + end(telling, late);
            case NONE_LEFT, REPLAN -> "No key of " + pool(ask) + " can be used" + parenthesis(ask) + ".";
        };
    }

    private static String unusable(LeaseRefusal telling, Ask ask) {
        if (telling.cause() == FailureClass.MODEL_GONE) {
            return "The provider of " + pool(ask) + " has withdrawn model '" + Sentences.shortened(ask.model()) + "'";
        }
        return switch (Unavailable.code(telling)) {
            case MODEL_NOT_FOUND ->
                "The provider has answered to every key of " + pool(ask) + " that there is no model '"
                        + Sentences.shortened(ask.model()) + "' for it";
            case REGION_UNAVAILABLE -> "The provider of " + pool(ask) + " does not serve this region";
            default -> "No key of " + pool(ask) + " can be used";
        };
    }

    private static String pool(Ask ask) {
        return "pool '" + ask.target.pool().id() + "'";
    }

    private static String parenthesis(Ask ask) {
        var refusal = ask.refusal();
        var why = refusal.limit() != null ? "limit " + refusal.limit() : ask.resting();
        if (why == null) {
            why = refusal.cause() == null ? null : refusal.cause().wireName();
        }
        return why == null ? "" : " (" + why + ")";
    }

    private static String end(LeaseRefusal telling, String late) {
        if (telling.availableInMs() == Long.MAX_VALUE) {
            return ".";
        }
        return switch (telling.kind()) {
            case EXHAUSTED -> "; the first returns in " + seconds(telling) + late + ".";
            case UNUSABLE -> "; the next call that tries one goes in " + seconds(telling) + ".";
            default -> ".";
        };
    }

    private static String seconds(LeaseRefusal refusal) {
        return (refusal.availableInMs() + 999) / 1_000 + " s";
    }
}
