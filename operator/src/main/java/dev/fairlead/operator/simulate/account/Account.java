package dev.fairlead.operator.simulate.account;

import dev.fairlead.operator.simulate.profile.AccountProfile;
import dev.fairlead.operator.simulate.profile.LatencyProfile;
import dev.fairlead.operator.simulate.profile.LimitScope;
import dev.fairlead.operator.simulate.profile.LimitsProfile;
import dev.fairlead.operator.simulate.profile.ModelProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One account of the simulated provider: decides on calls, and is charged for them. One thread at a time. */
public final class Account {

    private final AccountProfile profile;
    private final String organization;
    private final LimitsProfile limits;
    private final Map<String, MeterSet> meters = new HashMap<>();
    private final List<Consumer> consumers = new ArrayList<>();
    private long spent;
    private int inFlight;

    Account(AccountProfile profile) {
        this.profile = profile;
        this.limits = profile.limits();
        this.organization =
                profile.organization() == null ? "org-" + Fingerprint.of(profile.name(), 24) : profile.organization();
    }

    void join(Consumer consumer) {
        consumers.add(consumer);
    }

    /** As statistics and faults call it. */
    public String name() {
        return profile.name();
    }

    /** As error messages and headers call it. */
    public String organization() {
        return organization;
    }

    /** Its own pace, or null for the provider's. */
    public LatencyProfile latency() {
        return profile.latency();
    }

    /** Whether it may use {@code model}, which a caller named {@code asked}. */
    public boolean mayUse(ModelProfile model, String asked) {
        return profile.models().isEmpty()
                || profile.models().contains(asked)
                || profile.models().contains(model.id())
                || profile.models().contains(model.snapshot());
    }

    /**
     * Lets a call in and charges it, or turns it away.
     *
     * @param tokens what the provider charges at admission
     * @param now microseconds since 1970
     */
    public Admission admit(String model, long tokens, long now) {
        catchUp(now);
        if (profile.quotaExhausted() || (profile.balanceTokens() != null && spent >= profile.balanceTokens())) {
            return new Admission.QuotaExhausted();
        }
        if (limits.concurrency() != null && inFlight >= limits.concurrency()) {
            return new Admission.TooManyAtOnce(limits.concurrency());
        }
        Admission admission = metersOf(model).take(tokens, now);
        if (admission instanceof Admission.Admitted) {
            inFlight++;
        }
        return admission;
    }

    /** An admitted call has ended. */
    public void release() {
        if (inFlight == 0) {
            throw new IllegalStateException("account " + name() + ": released more calls than it admitted");
        }
        inFlight--;
    }

    /** Admitted calls that have not ended. */
    public int inFlight() {
        return inFlight;
    }

    /** Pays for tokens from the balance. */
    public void spend(long tokens) {
        spent += tokens;
    }

    /** What is left for calls of that model. */
    public Headroom headroom(String model, long now) {
        catchUp(now);
        return metersOf(model).headroom(now);
    }

    /** Requests a minute that its limit allows, or 0 if it has none; for a refusal that a fault makes up. */
    public long requestLimit() {
        return limits.requestsPerMinute() == null ? 0 : limits.requestsPerMinute();
    }

    /** Lets the other consumers make every call that was due by now. */
    public void catchUp(long now) {
        while (!consumers.isEmpty()) {
            Consumer next = consumers.get(0);
            if (consumers.size() > 1) {
                next = consumers.stream()
                        .min(Comparator.comparingLong(Consumer::due))
                        .orElseThrow();
            }
            if (next.due() > now) {
                return;
            }
            next.call(metersOf(next.model()));
        }
    }

    /** The others who draw on this account. */
    public List<Consumer> consumers() {
        return List.copyOf(consumers);
    }

    private MeterSet metersOf(String model) {
        String scope = limits.scope() == LimitScope.Model && model != null ? model : "";
        return meters.computeIfAbsent(scope, unused -> new MeterSet(limits));
    }
}
