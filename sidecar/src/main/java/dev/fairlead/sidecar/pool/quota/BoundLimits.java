package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.provider.LimitSnapshot.Reading;

/** The configured limits that calls of one gate count in, as the latest configuration has them. */
final class BoundLimits {
    private final Limits limits;
    private final String model;
    private final Charging charging;
    private Meter[] meters = {};
    private long[] wantedOf = {};
    private int version = -1;
    private long underway;
    private int wantedCalls;
    private long wantedInput;
    private long wantedOutput;

    BoundLimits(Limits limits, String model, Charging charging) {
        this.limits = limits;
        this.model = model;
        this.charging = charging;
    }

    /** Follows a change of the configuration; before whatever else is asked of it. Calls on their way count in what is new. */
    void follow() {
        if (version != limits.version()) {
            version = limits.version();
            for (int i = 0; i < meters.length; i++) {
                meters[i].share.wanted(-wantedOf[i]);
                underway(meters[i], -underway);
            }
            meters = limits.of(model);
            wantedOf = new long[meters.length];
            for (var meter : meters) {
                underway(meter, underway);
            }
            tellWanted();
        }
    }

    private static void underway(Meter meter, long difference) {
        if (meter instanceof AtOnceMeter calls) {
            calls.underway(difference);
        }
    }

    /** Those that a call that begins now counts in. */
    Meter[] meters() {
        return meters;
    }

    /** Milliseconds until such a call fits, {@link Meter#NEVER} when it never does. */
    long waitFor(Demand demand, long t) {
        long wait = 0;
        for (var meter : meters) {
            wait = Math.max(wait, waitFor(meter, demand, t));
        }
        return wait;
    }

    /** The one that lets such a call pass last; {@code null} when none keeps it back. */
    Meter binding(Demand demand, long t) {
        Meter binding = null;
        long longest = 0;
        for (var meter : meters) {
            long wait = waitFor(meter, demand, t);
            if (wait > longest) {
                longest = wait;
                binding = meter;
            }
        }
        return binding;
    }

    private long waitFor(Meter meter, Demand demand, long t) {
        var unit = meter.unit();
        return meter.waitFor(charging.reserved(unit, demand), charging.atLeast(unit, demand), t);
    }

    void take(Reservation hold, Demand demand, long t) {
        underway++;
        for (int i = 0; i < meters.length; i++) {
            var meter = meters[i];
            hold.taken[i] = meter.capped(charging.reserved(meter.unit(), demand));
            hold.slots[i] = meter.take(hold.taken[i], t);
        }
    }

    /** It has its place in windows from now on. */
    void sent(Reservation hold, long t) {
        for (int i = 0; i < hold.meters.length; i++) {
            if (hold.meters[i] instanceof WindowMeter window) {
                hold.slots[i] = window.move(hold.slots[i], hold.taken[i], t);
            }
        }
    }

    /** The provider has counted the call by now. True when others may begin sooner by that. */
    boolean counted(Reservation hold, long t) {
        boolean sooner = false;
        for (var meter : hold.meters) {
            sooner |= meter instanceof WindowMeter window && window.counted(hold.beganMs, t);
        }
        return sooner;
    }

    /** In windows it has its place where it left; calls at once are counted where they are limited now. */
    void settle(Reservation hold, Spent spent, boolean requestCounts, long t) {
        underway--;
        for (var meter : meters) {
            if (meter instanceof AtOnceMeter calls) {
                calls.ended(t - hold.beganMs, hold.cut, t);
            }
        }
        for (int i = 0; i < hold.meters.length; i++) {
            if (hold.meters[i] instanceof WindowMeter window) {
                settle(window, hold.slots[i], hold.taken[i], spent, requestCounts, t);
            }
        }
    }

    private void settle(WindowMeter meter, long slot, long taken, Spent spent, boolean requestCounts, long t) {
        if (!meter.unit().isTokens()) {
            if (!requestCounts) {
                meter.undo(slot, taken, t);
            }
        } else if (spent instanceof Spent.Nothing) {
            meter.correct(slot, taken, 0, t);
        } else if (spent instanceof Spent.Tokens tokens) {
            meter.correct(slot, taken, charging.settled(meter.unit(), taken, tokens), t);
        }
    }

    boolean limitAtOnce() {
        for (var meter : meters) {
            if (meter instanceof AtOnceMeter) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of them may be why a call was turned away. */
    boolean explain(long t) {
        for (var meter : meters) {
            if (meter.dimension().explains(meter.left(t))) {
                return true;
            }
        }
        return false;
    }

    /** Share of the tightest that is left; 1 when there is none. */
    double left(long t) {
        double left = 1;
        for (var meter : meters) {
            left = Math.min(left, meter.left(t));
        }
        return left;
    }

    /** The tightest of a dimension. */
    Reading standing(Dimension dimension, long t) {
        var tightest = Reading.SILENT;
        for (var meter : meters) {
            if (meter.dimension() == dimension) {
                tightest = tightest.tighter(meter.standing(t));
            }
        }
        return tightest;
    }

    /** Milliseconds until the first is used up at the present pace. */
    long exhaustedIn(long t) {
        long in = Meter.NEVER;
        for (var meter : meters) {
            in = Math.min(in, meter.exhaustedIn(t));
        }
        return in;
    }

    double callsUntil(Demand demand, long laterMs, long t) {
        double calls = Double.MAX_VALUE;
        for (var meter : meters) {
            calls = Math.min(calls, meter.callsUntil(charging.reserved(meter.unit(), demand), laterMs, t));
        }
        return calls;
    }

    /** Whether such a call is kept back, and only by too small a share. */
    boolean lackShare(Demand demand, long t) {
        boolean lack = false;
        for (var meter : meters) {
            if (waitFor(meter, demand, t) > 0) {
                if (!meter.lacksShare(charging.reserved(meter.unit(), demand), t)) {
                    return false;
                }
                lack = true;
            }
        }
        return lack;
    }

    void wanted(int calls, long inputTokens, long outputTokens) {
        if (calls != wantedCalls || inputTokens != wantedInput || outputTokens != wantedOutput) {
            wantedCalls = calls;
            wantedInput = inputTokens;
            wantedOutput = outputTokens;
            tellWanted();
        }
    }

    private void tellWanted() {
        for (int i = 0; i < meters.length; i++) {
            long wanted = charging.wanted(meters[i].unit(), wantedCalls, wantedInput, wantedOutput);
            meters[i].share.wanted(wanted - wantedOf[i]);
            wantedOf[i] = wanted;
        }
    }
}
