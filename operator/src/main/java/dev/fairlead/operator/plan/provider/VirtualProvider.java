package dev.fairlead.operator.plan.provider;

import dev.fairlead.operator.plan.load.CallBodies;
import dev.fairlead.operator.plan.load.PlannedCall;
import dev.fairlead.operator.plan.virtual.VirtualLoop;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.exchange.Upstream;
import dev.fairlead.sidecar.exchange.UpstreamCall;
import dev.fairlead.sidecar.exchange.UpstreamListener;
import dev.fairlead.sidecar.exchange.UpstreamRequest;
import dev.fairlead.sidecar.provider.ProviderProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * The provider of one pool: knows whose account a key is, lets calls in as far as the account's limits allow, and answers the
 * call that the request's {@code tracestate} numbers. Where manifests give no limits it lets everything in.
 */
public final class VirtualProvider implements Upstream {
    /** The request header that carries a planned call's number. */
    public static final String CALL_NUMBER = "tracestate";

    /** Providers whose limit headers mean what ours say: allowance that flows back, per minute. */
    private static final Set<String> TELL_LIMITS = Set.of("OpenAI", "AzureOpenAI", "OpenAICompatible");

    /** Requests need a moment to their provider, not always the same: two that leave at the right distance arrive at another. */
    private static final int MOST_UNDERWAY_MICROS = 3_000;

    private final SplittableRandom underway = new SplittableRandom(1);
    private final VirtualLoop loop;
    private final LongFunction<PlannedCall> calls;
    private final long refusalMs;
    private final boolean tellsLimits;
    private final Map<String, KeyConfig> byCredential = new HashMap<>();
    private final Map<String, VirtualAccount> accounts = new LinkedHashMap<>();
    private final Map<String, VirtualAccount> keys = new LinkedHashMap<>();
    private long admitted;
    private long refused;

    /**
     * @param calls the planned call of a number
     * @param refusalMs how long a refusal takes
     */
    public VirtualProvider(
            VirtualLoop loop,
            PoolConfig pool,
            ProviderProfile profile,
            LongFunction<PlannedCall> calls,
            long refusalMs) {
        this.loop = loop;
        this.calls = calls;
        this.refusalMs = refusalMs;
        this.tellsLimits = TELL_LIMITS.contains(pool.provider());
        var rule = profile.admission();
        for (var group : pool.quotaGroups()) {
            accounts.put(group.name(), new VirtualAccount(group.name(), group.limits(), rule));
        }
        for (var key : pool.keys()) {
            accounts.computeIfAbsent(key.group(), name -> new VirtualAccount(name, List.of(), rule));
            keys.put(
                    key.name(),
                    new VirtualAccount(owner(key), key.limits() == null ? List.of() : List.of(key.limits()), rule));
            if (profile.auth() != null && key.secret() != null) {
                byCredential.put(profile.auth().value(key.secret()), key);
            }
        }
    }

    /** What {@link LimitUse#owner} says of a limit that is a single key's. */
    public static String owner(KeyConfig key) {
        return "key " + key.name();
    }

    @Override
    public UpstreamCall send(UpstreamRequest request, UpstreamListener listener) {
        var call = calls.apply(number(request.headers()));
        var answer =
                new Answering(this, call, limitsOf(request.credential(), CallBodies.model(request.body())), listener);
        loop.atMicros(loop.micros() + underway.nextInt(MOST_UNDERWAY_MICROS), answer::arrive);
        return answer;
    }

    private static long number(List<CharSequence> headers) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).toString().equals(CALL_NUMBER)) {
                return Long.parseLong(headers.get(i + 1).toString());
            }
        }
        throw new IllegalStateException("a request without " + CALL_NUMBER + ": it is none of the plan's");
    }

    private List<LimitClass> limitsOf(String credential, String model) {
        var key = credential == null ? null : byCredential.get(credential);
        if (key == null) {
            return accounts.size() == 1 ? accounts.values().iterator().next().of(model) : List.of();
        }
        var limits = new ArrayList<>(accounts.get(key.group()).of(model));
        limits.addAll(keys.get(key.name()).of(model));
        return limits;
    }

    VirtualLoop loop() {
        return loop;
    }

    long refusalMs() {
        return refusalMs;
    }

    boolean tellsLimits() {
        return tellsLimits;
    }

    void admitted() {
        admitted++;
    }

    void refused() {
        refused++;
    }

    /** Calls that it let in. */
    public long admittedCalls() {
        return admitted;
    }

    /** Calls that it turned away for a limit. */
    public long refusedCalls() {
        return refused;
    }

    /** What became of every limit, accounts first. */
    public List<LimitUse> uses(long lengthMs) {
        var uses = new ArrayList<LimitUse>();
        accounts.values().forEach(account -> uses.addAll(account.uses(lengthMs)));
        keys.values().forEach(key -> uses.addAll(key.uses(lengthMs)));
        return uses;
    }
}
