package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.config.AccountIdentity;
import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.MeterShare;
import dev.fairlead.sidecar.provider.AdmissionRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The limits of all accounts and keys of one pool. */
public final class Quotas {
    /** Clients choose names of models where a route takes any; this bounds what is kept of them. */
    private static final int MOST_ACCOUNT_MODELS = 16_384;

    private static final int MIN_MODELS = 16;
    private static final int MAX_MODELS = 512;
    /** What is not in use any more is remembered of so few of them: who uses a model keeps its gate. */
    private static final int REMEMBERED_ARE_ONE_OF = 4;

    private final AdmissionRule rule;
    private final Carryover carryover;
    private final SteadyTime time = new SteadyTime();
    private final Meters meters = new Meters();
    private final Map<String, Owner> accounts = new HashMap<>();
    private final Map<String, Owner> keys = new HashMap<>();
    private final BoundedMap<Calibration> calibrations = new BoundedMap<>();
    private Map<String, AccountIdentity> identities = Map.of();

    /** Where nothing is known of how the provider counts. */
    public Quotas() {
        this(AdmissionRule.CAUTIOUS);
    }

    /** @param rule how the pool's provider counts */
    public Quotas(AdmissionRule rule) {
        this(rule, Carryover.NOTHING);
    }

    /** @param carryover where leased shares of the process before are, and this one's are kept */
    public Quotas(AdmissionRule rule, Carryover carryover) {
        this.rule = rule;
        this.carryover = carryover;
    }

    /** An account or a key: its limits, and its gates by model. */
    private static final class Owner {
        final Limits limits = new Limits();
        final Learned learned = new Learned();
        final BoundedMap<LimitGate> gates = new BoundedMap<>();
        /** Of an account with keys, {@code null} otherwise. */
        AccountIdentity identity;

        void use(List<Limits.OfClass> classes) {
            limits.use(classes);
            for (var gate : gates.values()) {
                if (gate.busy()) {
                    gate.bind();
                }
            }
        }

        boolean isAnother(AccountIdentity there) {
            return identity != null && there != null && !identity.same(there);
        }

        boolean busy() {
            return gates.values().stream().anyMatch(LimitGate::busy);
        }
    }

    /** Accounts that are no more than their keys go by other names in the configuration that comes; by the former ones. */
    public void rename(Map<String, String> renamed) {
        if (renamed.isEmpty()) {
            return;
        }
        rename(accounts, renamed);
        var ofKeys = new HashMap<String, String>();
        keys.keySet().forEach(prefix -> ofKeys.put(prefix, SharedLimit.renamed(prefix, renamed)));
        rename(keys, ofKeys);
        meters.rename(ofKeys);
    }

    private static void rename(Map<String, Owner> owners, Map<String, String> renamed) {
        var moved = new HashMap<String, Owner>();
        renamed.forEach((from, to) -> {
            var owner = owners.remove(from);
            if (owner != null) {
                owner.gates
                        .values()
                        .forEach(gate -> gate.owner(to.endsWith("/") ? to.substring(0, to.length() - 1) : to));
                moved.put(to, owner);
            }
        });
        owners.putAll(moved);
    }

    /** Uses these limits from now on; what stays the same limit keeps what it has counted. */
    public void configure(PoolConfig config, long nowMs) {
        configure(config, AccountIdentity.of(config.payingKeys(), config.quotaGroups()), nowMs);
    }

    /** The same where it is known whose the accounts are, by name. */
    public void configure(PoolConfig config, Map<String, AccountIdentity> whose, long nowMs) {
        var shared = new HashMap<String, Long>();
        SharedLimit.of(config).forEach(limit -> shared.put(limit.meter(), limit.limit()));
        meters.begin(shared.keySet());
        boolean divided = config.coordination().mode() != CoordinationConfig.Mode.LOCAL;
        identities = whose;
        accounts.entrySet().removeIf(owner -> owner.getValue().isAnother(identities.get(owner.getKey())));
        var ofAccounts = new HashMap<String, List<Limits.OfClass>>();
        for (var group : config.quotaGroups()) {
            var classes = ofAccounts.computeIfAbsent(group.name(), name -> new ArrayList<>());
            for (var limits : group.limits()) {
                var prefix = SharedLimit.ofClass(group.name(), limits);
                classes.add(bind(limits, group.name(), prefix, shared, divided, nowMs));
            }
        }
        var ofKeys = new HashMap<String, List<Limits.OfClass>>();
        for (var key : config.keys()) {
            if (key.limits() != null) {
                var prefix = SharedLimit.ofKey(key);
                ofKeys.put(prefix, List.of(bind(key.limits(), prefix, prefix, shared, divided, nowMs)));
            }
        }
        for (var key :
                config.payingKeys()) { // Boards keep the gates of these accounts, so their books must stay the same.
            if (accounts.containsKey(key.group())) { // Without limits an account needs books from its first call on.
                ofAccounts.computeIfAbsent(key.group(), name -> List.of());
            }
        }
        use(accounts, ofAccounts);
        accounts.forEach((name, owner) -> owner.identity = identities.getOrDefault(name, owner.identity));
        use(keys, ofKeys);
        carryOver(config, nowMs);
    }

    private void carryOver(PoolConfig config, long nowMs) {
        boolean leased = config.coordination().mode() == CoordinationConfig.Mode.LEASED;
        for (var meter : meters.all()) {
            if (!leased) {
                meter.endCarryOver();
            } else if (!meter.carriesOver()) {
                meter.carryOver(carryover.line(config.id(), meter.name()), time.at(nowMs));
            }
        }
    }

    /** The process has these limits no longer. */
    public void close() {
        meters.all().forEach(Meter::endCarryOver);
    }

    private Limits.OfClass bind(
            QuotaLimits limits, String owner, String prefix, Map<String, Long> sizes, boolean divided, long nowMs) {
        var bound = new ArrayList<Meter>();
        for (var dimension : Dimension.values()) {
            if (dimension.of(limits) != null) {
                var name = prefix + dimension.field;
                long size = sizes.get(name);
                var meter = meters.of(name, dimension, owner, limits.models(), nowMs);
                meter.use(size, dimension == Dimension.REQUESTS_PER_MINUTE ? burst(limits, size) : 0, divided);
                bound.add(meter);
            }
        }
        return new Limits.OfClass(new ModelPatterns(limits.models()), bound);
    }

    private long burst(QuotaLimits limits, long requestsPerMinute) {
        if (limits.burst() != null) {
            // A minute's calls at once: the window alone holds that, and a share that has grown is of use at once.
            return limits.burst() >= requestsPerMinute ? 0 : Math.max(1, limits.burst());
        }
        return rule.burstMs() == 0 ? 0 : Math.max(1, requestsPerMinute * rule.burstMs() / 60_000);
    }

    /** Who is not named any more is forgotten when the last call has ended. */
    private static void use(Map<String, Owner> owners, Map<String, List<Limits.OfClass>> limits) {
        owners.entrySet()
                .removeIf(owner ->
                        !limits.containsKey(owner.getKey()) && !owner.getValue().busy());
        owners.forEach((name, owner) -> owner.use(limits.getOrDefault(name, List.of())));
        limits.forEach((name, classes) -> {
            if (!owners.containsKey(name)) {
                var owner = new Owner();
                owner.use(classes);
                owners.put(name, owner);
            }
        });
    }

    /** Of how many models a pool of so many accounts keeps what it has learned. */
    public static int mostModels(int accounts) {
        return Math.max(MIN_MODELS, Math.min(MAX_MODELS, MOST_ACCOUNT_MODELS / Math.max(1, accounts)));
    }

    /** How many accounts and keys it keeps books of. */
    int owners() {
        return accounts.size() + keys.size();
    }

    /** What calls of an account for a model count in. Follows every configuration; the engine may keep it. */
    public Gate account(String group, String model) {
        var owner = accounts.computeIfAbsent(group, name -> {
            var made = new Owner();
            made.identity = identities.get(name);
            return made;
        });
        return gate(owner, group, model, false);
    }

    /**
     * What calls with this key count in beside {@link #account}. Follows configurations in which the key has limits; to be asked
     * for again when it had none.
     */
    public Gate key(KeyConfig key, String model) {
        var name = SharedLimit.ofKey(key);
        var owner = keys.get(name);
        return owner == null ? OpenGate.OPEN : gate(owner, name.substring(0, name.length() - 1), model, true);
    }

    private Gate gate(Owner owner, String name, String model, boolean ofKey) {
        var gate = owner.gates.get(model);
        if (gate == null) {
            var calibration = calibrations.get(model);
            if (calibration == null) {
                calibration = new Calibration();
                calibrations.put(model, calibration, MAX_MODELS, unused -> true);
            }
            gate = new LimitGate(
                    owner.limits, name, model, new Charging(rule, calibration), time, owner.learned, ofKey);
            owner.gates.put(model, gate, mostModels(owners()) / REMEMBERED_ARE_ONE_OF, LimitGate::idle);
        }
        return gate;
    }

    /** How each shared limit stands, with what {@link Gate#wanted} was last told; nothing where limits are not shared. */
    public List<MeterReading> readings(long nowMs) {
        long t = time.at(nowMs);
        var readings = new ArrayList<MeterReading>();
        for (var meter : meters.all()) {
            if (meter.share.divided()) {
                readings.add(meter.reading(t));
            }
        }
        return readings;
    }

    /** How much of each shared limit this process has used in its window, by meter; of what it has used nothing of, nothing. */
    public Map<String, Long> used(long nowMs) {
        long t = time.at(nowMs);
        var all = new HashMap<String, Long>();
        for (var meter : meters.all()) {
            long used = meter.share.divided() ? meter.used(t) : 0;
            if (used > 0) {
                all.put(meter.name(), used);
            }
        }
        return all;
    }

    /** Nobody gives more than what there is, until {@link #share} says otherwise. */
    public void alone() {
        meters.all().forEach(meter -> meter.share.alone());
    }

    /** From now on this process holds so much of a limit; of one that it does not know, nothing. True when that changes anything. */
    public boolean share(MeterShare share, long nowMs) {
        var meter = meters.get(share.meter());
        return meter != null && meter.give(share.share(), time.at(nowMs));
    }
}
