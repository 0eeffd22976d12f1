package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.CoolDown;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.KeyPoolSpec;
import dev.fairlead.api.v1alpha1.Provider;
import dev.fairlead.api.v1alpha1.WaitRoom;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.World;
import dev.fairlead.sidecar.config.CoolDownConfig;
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
    private final ProviderProfiles profiles;
    private final World world;
    private final Findings findings;

    PoolCompiler(ProviderProfiles profiles, World world, Findings findings) {
        this.profiles = profiles;
        this.world = world;
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
        String strategy = spec.getSelection() == null
                ? "Headroom"
                : fields.word(
                        "spec.selection.strategy",
                        spec.getSelection().getStrategy(),
                        List.of("Headroom", "RoundRobin"),
                        "Headroom");
        var config = new PoolConfig(
                ref.namespace(),
                ref.name(),
                type,
                baseUrl,
                auth,
                new KeyCompiler(ref.namespace(), world.secrets(), fields).compile(spec.getKeys(), auth),
                strategy,
                coolDown(spec.getCoolDown(), fields),
                waitingRoom(spec.getWait(), fields),
                new ProxyCompiler(ref.namespace(), world.secrets(), fields).compile(spec.getProxy()),
                new CaBundles(ref.namespace(), world, fields).read(provider.getTls()));
        return new CompiledPool(admittance, fields.usable() ? Optional.of(config) : Optional.empty());
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

    private static CoolDownConfig coolDown(CoolDown given, Fields fields) {
        var standard = CoolDownConfig.DEFAULT;
        if (given == null) {
            return standard;
        }
        return new CoolDownConfig(
                fields.millis("spec.coolDown.default", given.getDefault(), 1, standard.defaultMs()),
                fields.millis("spec.coolDown.max", given.getMax(), 1, standard.maxMs()));
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
