package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.LimitSnapshot.Reading;
import java.util.EnumMap;
import java.util.Map;

/** What the provider's headers say of each limit that calls of one account for one model count in. */
final class ToldLimits {
    private static final Dimension[] DIMENSIONS = Dimension.values();

    private final Charging charging;
    /** Those that the provider has named. */
    private final Map<Dimension, Told> told = new EnumMap<>(Dimension.class);

    private Asked last = Asked.nothing();

    ToldLimits(Charging charging) {
        this.charging = charging;
    }

    /** A call goes. */
    Asked granted(Demand demand) {
        last = last.then(demand, charging);
        for (var dimension : DIMENSIONS) {
            var limit = told.get(dimension);
            if (limit != null) {
                limit.granted(last.of(dimension.unit));
            }
        }
        return last;
    }

    /** The answer to a call that was granted so much. */
    void heard(LimitSnapshot said, Asked asked, long t) {
        for (var dimension : DIMENSIONS) {
            var reading = reading(said, dimension);
            if (reading.remaining() >= 0) {
                heard(dimension, reading, asked, t);
            }
        }
    }

    private void heard(Dimension dimension, Reading reading, Asked asked, long t) {
        var limit = told.get(dimension);
        if (limit == null) {
            limit = new Told(dimension.windowMs);
            told.put(dimension, limit);
        }
        long since = last.since(asked, dimension.unit);
        limit.heard(asked.sequence(), reading, since, charging.rule().refill(), t);
    }

    /** A call has ended: what the provider has not counted is there again. */
    void settled(Asked asked, Spent spent, boolean requestCounts) {
        boolean unspent = spent instanceof Spent.Nothing;
        for (var dimension : DIMENSIONS) {
            var limit = told.get(dimension);
            if (limit != null && (dimension.unit.isTokens() ? unspent : !requestCounts)) {
                limit.givenBack(asked.of(dimension.unit), asked.sequence());
            }
        }
    }

    /** Milliseconds until such a call fits. */
    long waitFor(Demand demand, long t) {
        long wait = 0;
        for (var dimension : DIMENSIONS) {
            var limit = told.get(dimension);
            if (limit != null) {
                wait = Math.max(wait, limit.waitFor(charging.told(dimension.unit, demand), t));
            }
        }
        return wait;
    }

    /** The limit that lets such a call pass last; {@code null} when none keeps it back. */
    Dimension binding(Demand demand, long t) {
        Dimension binding = null;
        long longest = 0;
        for (var dimension : DIMENSIONS) {
            var limit = told.get(dimension);
            long wait = limit == null ? 0 : limit.waitFor(charging.told(dimension.unit, demand), t);
            if (wait > longest) {
                longest = wait;
                binding = dimension;
            }
        }
        return binding;
    }

    /** How many such calls could begin until then. */
    double callsUntil(Demand demand, long laterMs, long t) {
        double calls = Double.MAX_VALUE;
        for (var dimension : DIMENSIONS) {
            var limit = told.get(dimension);
            if (limit != null) {
                long each = Math.max(1, charging.told(dimension.unit, demand));
                calls = Math.min(calls, limit.amountUntil(laterMs, t) / each);
            }
        }
        return calls;
    }

    /** Whether anything is known now. */
    boolean speaks(long t) {
        for (var dimension : DIMENSIONS) {
            var limit = told.get(dimension);
            if (limit != null && limit.speaks(t)) {
                return true;
            }
        }
        return false;
    }

    /** Whether anything was ever said. */
    boolean spoke() {
        return !told.isEmpty();
    }

    /** Whether one of them may be why a call was turned away. */
    boolean explains(long t) {
        for (var dimension : DIMENSIONS) {
            var limit = told.get(dimension);
            if (limit != null && limit.speaks(t) && dimension.explains(limit.left(t))) {
                return true;
            }
        }
        return false;
    }

    /** Share of the tightest limit that is left; 1 when nothing is known. */
    double left(long t) {
        double left = 1;
        for (var dimension : DIMENSIONS) {
            var limit = told.get(dimension);
            if (limit != null) {
                left = Math.min(left, limit.left(t));
            }
        }
        return left;
    }

    /** How a limit stands. */
    Reading reading(Dimension dimension, long t) {
        var limit = told.get(dimension);
        return limit == null ? Reading.SILENT : limit.reading(t);
    }

    private static Reading reading(LimitSnapshot said, Dimension dimension) {
        return switch (dimension) {
            case REQUESTS_PER_MINUTE -> said.requests();
            case REQUESTS_PER_DAY -> said.requestsPerDay();
            case INPUT_TOKENS_PER_MINUTE -> said.inputTokens();
            case OUTPUT_TOKENS_PER_MINUTE -> said.outputTokens();
            case TOKENS_PER_MINUTE -> said.tokens();
            case TOKENS_PER_DAY, CONCURRENCY -> Reading.SILENT;
        };
    }
}
