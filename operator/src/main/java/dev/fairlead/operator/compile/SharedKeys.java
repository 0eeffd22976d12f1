package dev.fairlead.operator.compile;

import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Severity;
import dev.fairlead.sidecar.config.PoolConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Says which keys stand in more than one pool: one account, whose limits each of the pools counts whole. Looks at one namespace
 * at a time, so that nobody learns which keys others have.
 */
final class SharedKeys {
    private record Material(String namespace, String baseUrl, String fingerprint) {}

    private record Place(PoolConfig pool, String key) {}

    private final Map<Material, Place> first = new HashMap<>();
    private final Findings findings;

    private SharedKeys(Findings findings) {
        this.findings = findings;
    }

    /** @param pools in the order of their names */
    static void say(Collection<PoolConfig> pools, Findings findings) {
        var shared = new SharedKeys(findings);
        pools.forEach(shared::look);
    }

    private void look(PoolConfig pool) {
        for (var key : pool.keys()) {
            var here = new Place(pool, key.name());
            var material = new Material(pool.namespace(), pool.baseUrl(), key.fingerprint());
            var there = first.putIfAbsent(material, here);
            if (there != null) {
                say(here, there);
                say(there, here);
            }
        }
    }

    private void say(Place here, Place there) {
        var pool = here.pool();
        var fields = new Fields(new ObjectRef("KeyPool", pool.namespace(), pool.name()), findings);
        fields.say(
                Severity.WARNING,
                ConditionType.RESOLVED_REFS,
                Reason.KEY_IN_SEVERAL_POOLS,
                "spec",
                "'" + here.key() + "' is the same key as '" + there.key() + "' of KeyPool "
                        + there.pool().name()
                        + ", hence the same account: each of the two pools counts its limits whole");
    }
}
