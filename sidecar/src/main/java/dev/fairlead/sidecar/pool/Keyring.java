package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys and accounts of a pool over all its configurations: what stays the same key or account keeps its state. */
final class Keyring {
    private static final KeyConfig ANONYMOUS = new KeyConfig("none", "none", 1, "none", "");

    private final List<Key> keys = new ArrayList<>();
    private final Map<String, QuotaGroup> groups = new HashMap<>();

    void configure(PoolConfig config) {
        var wanted = config.auth().equals("None") ? List.of(ANONYMOUS) : config.keys();
        var known = new LinkedHashMap<String, Key>();
        keys.forEach(key -> known.put(identity(key.config()), key));
        keys.clear();
        for (var keyConfig : wanted) {
            var group = groups.computeIfAbsent(keyConfig.group(), QuotaGroup::new);
            var key = known.remove(identity(keyConfig));
            if (key == null) {
                key = new Key(keyConfig, group);
            } else {
                key.configure(keyConfig, group);
            }
            keys.add(key);
        }
        // What is gone takes no new calls; those on their way keep their lease on it.
        known.values().forEach(Key::retire);
        groups.keySet().retainAll(keys.stream().map(key -> key.group().name()).toList());
    }

    List<Key> keys() {
        return keys;
    }

    Iterable<QuotaGroup> groups() {
        return groups.values();
    }

    /** The material in an account: the same key moved to another account has that account's limits, not its old ones. */
    private static String identity(KeyConfig key) {
        return key.group() + "\n" + key.fingerprint();
    }
}
