package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.LimitSnapshot.Reading;
import dev.fairlead.sidecar.provider.Scope;
import dev.fairlead.sidecar.provider.Tag;
import dev.fairlead.sidecar.provider.Verdict;

/** The limits that calls of an account, or of a key, for one model count in: configured, told by headers, and learned. */
final class LimitGate implements Gate {
    private final Limits limits;
    private final String owner;
    private final String model;
    private final Charging charging;
    private final SteadyTime time;
    private final boolean ofKey;
    private final ToldLimits told;
    private final Learned learned = new Learned();
    private final Learned ofAllModels;
    private Meter[] meters = {};
    private long[] wantedOf = {};
    private int version = -1;
    private int wantedCalls;
    private long wantedInput;
    private long wantedOutput;

    /**
     * @param owner the account, or the account and the key
     * @param ofAllModels what was learned of its owner whatever the model
     * @param ofKey whether it is a key's, beside its account's, which has learned from each call already
     */
    LimitGate(
            Limits limits,
            String owner,
            String model,
            Charging charging,
            SteadyTime time,
            Learned ofAllModels,
            boolean ofKey) {
        this.limits = limits;
        this.owner = owner;
        this.model = model;
        this.charging = charging;
        this.told = new ToldLimits(charging);
        this.time = time;
        this.ofAllModels = ofAllModels;
        this.ofKey = ofKey;
    }

    /** Whether nothing would be lost if it were made anew. */
    boolean idle() {
        long t = time.last();
        return learned.idle() && !learned.speaks(t) && !told.speaks(t);
    }

    @Override
    public long opensAt(Demand demand, long nowMs) {
        long t = now(nowMs);
        long wait = Math.max(learnedWait(t), told.waitFor(demand, t));
        for (var meter : meters) {
            wait = Math.max(wait, waitFor(meter, demand, t));
        }
        return wait == Meter.NEVER ? wait : nowMs + wait;
    }

    @Override
    public Hold reserve(Demand demand, long nowMs) {
        long t = now(nowMs);
        var hold = new Reservation(this, meters, demand.inputTokens(), told.granted(demand), t);
        hold.sequence = learned.began(t);
        hold.sequenceOfAllModels = ofAllModels.began(t);
        for (int i = 0; i < meters.length; i++) {
            var meter = meters[i];
            hold.taken[i] = meter.capped(charging.reserved(meter.unit(), demand));
            hold.slots[i] = meter.take(hold.taken[i], t);
        }
        return hold;
    }

    @Override
    public void cut(Hold hold) {
        if (hold instanceof Reservation mine && mine.gate == this) {
            mine.cut = true;
        }
    }

    @Override
    public void settle(Hold hold, Spent spent, boolean requestCounts, long nowMs) {
        if (!(hold instanceof Reservation mine) || mine.gate != this || !mine.settle()) {
            return;
        }
        long t = now(nowMs);
        learned.ended();
        ofAllModels.ended();
        if (!ofKey && spent instanceof Spent.Tokens tokens) {
            charging.calibration().learn(mine.estimate, tokens.inputTokens(), tokens.outputTokens());
        }
        told.settled(mine.asked, spent, requestCounts);
        for (var meter : meters) {
            if (meter.unit() == Dimension.Unit.CALLS) {
                meter.ended(t - mine.beganMs, mine.cut, t);
            }
        }
        for (int i = 0; i < mine.meters.length; i++) {
            settle(mine.meters[i], mine.slots[i], mine.taken[i], spent, requestCounts, t);
        }
    }

    private void settle(Meter meter, long slot, long taken, Spent spent, boolean requestCounts, long t) {
        switch (meter.unit()) {
            case CALLS -> {}
            case REQUESTS -> {
                if (!requestCounts) {
                    meter.undo(slot, taken, t);
                }
            }
            case INPUT, OUTPUT, TOKENS -> {
                if (spent instanceof Spent.Nothing) {
                    meter.correct(slot, taken, 0, t);
                } else if (spent instanceof Spent.Tokens tokens) {
                    meter.correct(slot, taken, charging.settled(meter.unit(), taken, tokens), t);
                }
            }
        }
    }

    @Override
    public void corrected(LimitSnapshot said, Hold hold, long nowMs) {
        if (ofKey || said.equals(LimitSnapshot.NOTHING) || !(hold instanceof Reservation mine) || mine.gate != this) {
            return;
        }
        told.heard(said, mine.asked, now(nowMs));
    }

    @Override
    public void limited(Verdict verdict, Hold hold, long nowMs) {
        boolean tellsOfLoad = verdict.clazz() == FailureClass.RATE_LIMIT
                && !verdict.has(Tag.OVERSIZE)
                && !verdict.has(Tag.SIZE_DEPENDENT);
        if (!tellsOfLoad || !(hold instanceof Reservation mine) || mine.gate != this) {
            return;
        }
        long t = now(nowMs);
        boolean wide = verdict.scope() == Scope.GROUP || verdict.scope() == Scope.KEY;
        var learns = wide ? ofAllModels : learned;
        long sequence = wide ? mine.sequenceOfAllModels : mine.sequence;
        if (verdict.has(Tag.CONCURRENCY)) {
            if (!limitsAtOnce()) {
                learns.tooManyAtOnce(sequence, t);
            }
        } else if (!explained(t)) {
            learns.tooMany(sequence, t);
        }
    }

    @Override
    public String bindingLimit(Demand demand, long nowMs) {
        long t = now(nowMs);
        String binding = null;
        long longest = 0;
        for (var meter : meters) {
            long wait = waitFor(meter, demand, t);
            if (wait > longest) {
                longest = wait;
                binding = meter.name();
            }
        }
        long toldWait = told.waitFor(demand, t);
        if (toldWait > longest) {
            longest = toldWait;
            binding = owner + "/" + model + "/" + told.binding(demand, t).field + " as the provider's headers say";
        }
        return learnedWait(t) > longest ? owner + "/" + model + "/learned from refusals" : binding;
    }

    @Override
    public double headroom(long nowMs) {
        long t = now(nowMs);
        double left = Math.min(learned.left(t), ofAllModels.left(t));
        left = Math.min(left, told.left(t));
        for (var meter : meters) {
            left = Math.min(left, meter.left(t));
        }
        return left;
    }

    @Override
    public LimitSnapshot standing(long nowMs) {
        long t = now(nowMs);
        return new LimitSnapshot(
                standing(Dimension.REQUESTS_PER_MINUTE, t),
                standing(Dimension.REQUESTS_PER_DAY, t),
                standing(Dimension.TOKENS_PER_MINUTE, t),
                standing(Dimension.INPUT_TOKENS_PER_MINUTE, t),
                standing(Dimension.OUTPUT_TOKENS_PER_MINUTE, t));
    }

    private Reading standing(Dimension dimension, long t) {
        var tightest = told.reading(dimension, t);
        for (var meter : meters) {
            if (meter.dimension() == dimension) {
                tightest = tightest.tighter(meter.standing(t));
            }
        }
        return tightest;
    }

    @Override
    public long exhaustedAt(long nowMs) {
        long t = now(nowMs);
        long in = Meter.NEVER;
        for (var meter : meters) {
            in = Math.min(in, meter.exhaustedIn(t));
        }
        return in == Meter.NEVER ? in : nowMs + in;
    }

    @Override
    public int callsUntil(Demand demand, long atMs, long nowMs) {
        long t = now(nowMs);
        long later = t + Math.max(0, atMs - nowMs);
        double calls = Math.min(UNLIMITED_CALLS, learned.callsUntil(later, t));
        calls = Math.min(calls, ofAllModels.callsUntil(later, t));
        calls = Math.min(calls, told.callsUntil(demand, later, t));
        for (var meter : meters) {
            calls = Math.min(calls, meter.callsUntil(charging.reserved(meter.unit(), demand), later, t));
        }
        return (int) Math.max(0, calls);
    }

    @Override
    public boolean known() {
        bind();
        return meters.length > 0 || learned.spoke() || ofAllModels.spoke() || told.spoke();
    }

    @Override
    public boolean lacksShare(Demand demand, long nowMs) {
        long t = now(nowMs);
        boolean lacks = false;
        for (var meter : meters) {
            if (waitFor(meter, demand, t) > 0) {
                if (!meter.lacksShare(charging.reserved(meter.unit(), demand), t)) {
                    return false;
                }
                lacks = true;
            }
        }
        return lacks && learnedWait(t) == 0 && told.waitFor(demand, t) == 0;
    }

    @Override
    public void wanted(int calls, long inputTokens, long outputTokens) {
        bind();
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
            meters[i].wanted(wanted - wantedOf[i]);
            wantedOf[i] = wanted;
        }
    }

    private long waitFor(Meter meter, Demand demand, long t) {
        var unit = meter.unit();
        return meter.waitFor(charging.reserved(unit, demand), charging.atLeast(unit, demand), t);
    }

    private long learnedWait(long t) {
        return Math.max(learned.waitFor(t), ofAllModels.waitFor(t));
    }

    private boolean limitsAtOnce() {
        for (var meter : meters) {
            if (meter.unit() == Dimension.Unit.CALLS) {
                return true;
            }
        }
        return false;
    }

    /** Whether a limit that somebody names may be why a call was turned away. */
    private boolean explained(long t) {
        if (told.explains(t)) {
            return true;
        }
        for (var meter : meters) {
            if (meter.dimension().explains(meter.left(t))) {
                return true;
            }
        }
        return false;
    }

    private long now(long nowMs) {
        bind();
        return time.at(nowMs);
    }

    /** Whether calls that it has let pass are on their way. */
    boolean busy() {
        return !learned.idle();
    }

    /**
     * Follows a change of the configuration, at the next call so that nobody need know all gates: but at once if it is busy, since
     * its calls count in a limit of calls at once that has just appeared.
     */
    void bind() {
        if (version != limits.version()) {
            version = limits.version();
            for (int i = 0; i < meters.length; i++) {
                meters[i].wanted(-wantedOf[i]);
                meters[i].alsoUnderway(-learned.underway());
            }
            meters = limits.of(model);
            wantedOf = new long[meters.length];
            for (var meter : meters) {
                meter.alsoUnderway(learned.underway());
            }
            tellWanted();
        }
    }
}
