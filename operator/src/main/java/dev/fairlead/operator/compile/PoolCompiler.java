package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.KeyPoolSpec;
import dev.fairlead.api.v1alpha1.Provider;
import dev.fairlead.api.v1alpha1.Selection;
import dev.fairlead.api.v1alpha1.WaitRoom;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Severity;
import dev.fairlead.operator.world.World;
import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import dev.fairlead.sidecar.provider.UnknownProviderException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** KeyPools to what a sidecar needs to call their providers. */
final class PoolCompiler {
    private static final List<String> STRATEGIES = List.of("Headroom", "RoundRobin", "Weighted", "FillFirst");
    private static final List<String> AFFINITIES = List.of("None", "Session", "Prefix");

    private final ProviderProfiles profiles;
    private final World world;
    private final boolean leases;
    private final Findings findings;

    /** @param leases whether there is somebody who leases limits */
    PoolCompiler(ProviderProfiles profiles, World world, boolean leases, Findings findings) {
        this.profiles = profiles;
        this.world = world;
        this.leases = leases;
        this.findings = findings;
    }

    /** Every pool by {@code namespace/name}. */
    Map<String, CompiledPool> compileAll() {
        var compiled = new TreeMap<String, CompiledPool>();
        for (var pool : world.keyPools()) {
            compiled.putIfAbsent(ObjectRef.of(pool).id(), compile(pool));
        }
        return compiled;
    }

    private CompiledPool compile(KeyPool pool) {
        var ref = ObjectRef.of(pool);
        var fields = new Fields(ref, findings);
        fields.unreadable(world.unreadable().getOrDefault(ref, List.of()));
        var spec = pool.getSpec() == null ? new KeyPoolSpec() : pool.getSpec();
        var admittance =
                Admittance.of(ref.namespace(), spec.getAllowedFrom(), "spec.allowedFrom", fields, world.namespaces());
        var provider = spec.getProvider() == null ? new Provider() : spec.getProvider();
        String type = fields.required("spec.provider.type", provider.getType());
        String baseUrl = baseUrl(type, provider, fields);
        String auth = spec.getAuth() == null
                ? "APIKey"
                : fields.word("spec.auth.type", spec.getAuth().getType(), List.of("APIKey", "None"), "APIKey");
        var selection = spec.getSelection() == null ? new Selection() : spec.getSelection();
        String strategy = fields.word("spec.selection.strategy", selection.getStrategy(), STRATEGIES, "Headroom");
        String affinity = fields.word("spec.selection.affinity", selection.getAffinity(), AFFINITIES, "Session");
        var keys = new KeyCompiler(ref.namespace(), world.secrets(), fields).compile(spec, auth);
        var quotas = new QuotaCompiler(fields);
        var groups = quotas.groups(spec.getQuotaGroups());
        if (spec.getKeySelector() == null) {
            quotas.sayWhatNoKeyUses(spec.getQuotaGroups(), keys.usable(), auth.equals("None"));
        }
        boolean limited = !groups.isEmpty() || keys.usable().stream().anyMatch(key -> key.limits() != null);
        var config = new PoolConfig(
                ref.namespace(),
                ref.name(),
                type,
                baseUrl,
                auth,
                keys.usable(),
                strategy,
                new CoolDownCompiler(fields).compile(spec.getCoolDown()),
                waitingRoom(spec.getWait(), fields),
                new ProxyCompiler(ref.namespace(), world.secrets(), fields).compile(spec.getProxy()),
                new CaBundles(ref.namespace(), world, fields).read(provider.getTls()),
                affinity,
                groups,
                coordination(spec, ref, fields, limited));
        return new CompiledPool(admittance, keys, fields.usable() ? Optional.of(config) : Optional.empty());
    }

    private CoordinationConfig coordination(KeyPoolSpec spec, ObjectRef ref, Fields fields, boolean limited) {
        var written =
                new CoordinationCompiler(ref.namespace(), world.secrets(), fields).compile(spec.getCoordination());
        if (leases || written.mode() != CoordinationConfig.Mode.LEASED) {
            return written;
        }
        if (limited) {
            fields.say(
                    Severity.INFO,
                    ConditionType.ACCEPTED,
                    Reason.LEASED_AS_LOCAL,
                    "spec.coordination.mode",
                    "Leased counts as Local without a cluster: this process has every limit whole; where several use "
                            + "the same accounts, mode Redis shares the limits among them");
        }
        return CoordinationConfig.LOCAL;
    }

    private String baseUrl(String type, Provider provider, Fields fields) {
        if (type.isEmpty()) {
            return "";
        }
        try {
            String own = profiles.get(type).defaultBaseUrl();
            if (provider.getBaseURL() != null) {
                return new HttpUrls(fields).root("spec.provider.baseURL", provider.getBaseURL());
            }
            if (own == null) {
                fields.reject(
                        ConditionType.ACCEPTED,
                        Reason.BASE_URL_REQUIRED,
                        "spec.provider.baseURL",
                        "is missing: provider type " + type + " has no address of its own");
                return "";
            }
            return own;
        } catch (UnknownProviderException e) {
            fields.reject(ConditionType.ACCEPTED, Reason.UNKNOWN_PROVIDER, "spec.provider.type", e.getMessage());
            return "";
        }
    }

    private static WaitConfig waitingRoom(WaitRoom given, Fields fields) {
        var standard = WaitConfig.DEFAULT;
        if (given == null) {
            return standard;
        }
        return new WaitConfig(
                fields.millis("spec.wait.maxWait", given.getMaxWait(), 0, standard.maxWaitMs()),
                fields.number("spec.wait.maxDepth", given.getMaxDepth(), 1, standard.maxDepth()),
                fields.bytes("spec.wait.maxBytes", given.getMaxBytes(), standard.maxBytes()));
    }
}
