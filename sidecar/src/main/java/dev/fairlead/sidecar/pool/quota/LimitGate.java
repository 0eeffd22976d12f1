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
    private final BoundLimits configured;
    private String owner;
    private final String model;
    private final Charging charging;
    private final SteadyTime time;
    private final boolean ofKey;
    private final ToldLimits told;
    private final Learned learned = new Learned();
    private final Learned ofAllModels;

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
        this.configured = new BoundLimits(limits, model, charging);
        this.owner = owner;
        this.model = model;
        this.charging = charging;
        this.told = new ToldLimits(charging);
        this.time = time;
        this.ofAllModels = ofAllModels;
        this.ofKey = ofKey;
    }

    /** It goes by another name now. */
    void owner(String newName) {
        owner = newName;
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
        wait = Math.max(wait, configured.waitFor(demand, t));
        return wait == Meter.NEVER ? wait : nowMs + wait;
    }

    @Override
    public Hold reserve(Demand demand, long nowMs) {
        long t = now(nowMs);
        var hold = new Reservation(this, configured.meters(), demand.inputTokens(), told.granted(demand), t);
        hold.sequence = learned.began(t);
        hold.sequenceOfAllModels = ofAllModels.began(t);
        configured.take(hold, demand, t);
        return hold;
    }

    @Override
    public void sent(Hold hold, long nowMs) {
        if (hold instanceof Reservation mine && mine.gate == this) {
            configured.sent(mine, now(nowMs));
        }
    }

    @Override
    public boolean counted(Hold hold, long nowMs) {
        return hold instanceof Reservation mine && mine.gate == this && configured.counted(mine, now(nowMs));
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
        configured.settle(mine, spent, requestCounts, t);
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
            if (!configured.limitAtOnce()) {
                learns.tooManyAtOnce(sequence, t);
            }
        } else if (!told.explains(t) && !configured.explain(t)) {
            learns.tooMany(sequence, t);
        }
    }

    @Override
    public String bindingLimit(Demand demand, long nowMs) {
        long t = now(nowMs);
        var meter = configured.binding(demand, t);
        var binding = meter == null ? null : meter.name();
        long longest = configured.waitFor(demand, t);
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
        return Math.min(left, Math.min(told.left(t), configured.left(t)));
    }

    @Override
    public LimitSnapshot standing(long nowMs) {
        if (!known()) {
            return LimitSnapshot.NOTHING;
        }
        long t = now(nowMs);
        return new LimitSnapshot(
                standing(Dimension.REQUESTS_PER_MINUTE, t),
                standing(Dimension.REQUESTS_PER_DAY, t),
                standing(Dimension.TOKENS_PER_MINUTE, t),
                standing(Dimension.INPUT_TOKENS_PER_MINUTE, t),
                standing(Dimension.OUTPUT_TOKENS_PER_MINUTE, t));
    }

    private Reading standing(Dimension dimension, long t) {
        return told.reading(dimension, t).tighter(configured.standing(dimension, t));
    }

    @Override
    public long exhaustedAt(long nowMs) {
        long t = now(nowMs);
        long in = configured.exhaustedIn(t);
        return in == Meter.NEVER ? in : nowMs + in;
    }

    @Override
    public int callsUntil(Demand demand, long atMs, long nowMs) {
        long t = now(nowMs);
        long later = t + Math.max(0, atMs - nowMs);
        double calls = Math.min(UNLIMITED_CALLS, learned.callsUntil(later, t));
        calls = Math.min(calls, ofAllModels.callsUntil(later, t));
        calls = Math.min(calls, told.callsUntil(demand, later, t));
        calls = Math.min(calls, configured.callsUntil(demand, later, t));
        return (int) Math.max(0, calls);
    }

    @Override
    public boolean known() {
        configured.follow();
        return configured.meters().length > 0 || learned.spoke() || ofAllModels.spoke() || told.spoke();
    }

    @Override
    public boolean lacksShare(Demand demand, long nowMs) {
        long t = now(nowMs);
        return configured.lackShare(demand, t) && learnedWait(t) == 0 && told.waitFor(demand, t) == 0;
    }

    @Override
    public void wanted(int calls, long inputTokens, long outputTokens) {
        configured.follow();
        configured.wanted(calls, inputTokens, outputTokens);
    }

    private long learnedWait(long t) {
        return Math.max(learned.waitFor(t), ofAllModels.waitFor(t));
    }

    private long now(long nowMs) {
        configured.follow();
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
        configured.follow();
    }
}
