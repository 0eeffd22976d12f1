package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.PoolKey;
import dev.fairlead.api.v1alpha1.SecretKeyRef;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Severity;
import dev.fairlead.sidecar.config.KeyConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys of one pool. A key that cannot be had is left out; the others pay. */
final class KeyCompiler {
    private static final String DEFAULT_ENTRY = "api-key";

    private final Fields fields;
    private final Credentials credentials;

    KeyCompiler(String namespace, EntryLookup secrets, Fields fields) {
        this.fields = fields;
        this.credentials = new Credentials(namespace, secrets);
    }

    List<KeyConfig> compile(List<PoolKey> written, String auth) {
        if (auth.equals("None")) {
            return List.of();
        }
        var keys = new ArrayList<KeyConfig>();
        Map<String, String> nameByFingerprint = new HashMap<>();
        for (int i = 0; i < written.size(); i++) {
            var key = key(written.get(i), "spec.keys[" + i + "]");
            if (key == null) {
                continue;
            }
            String twin = nameByFingerprint.putIfAbsent(key.fingerprint(), key.name());
            if (twin == null) {
                keys.add(key);
            } else {
                fields.say(
                        Severity.WARNING,
                        ConditionType.RESOLVED_REFS,
                        Reason.DUPLICATE_KEY,
                        "spec.keys[" + i + "]",
                        "'" + key.name() + "' is left out: it is the same key as '" + twin
                                + "', hence the same account, and adds nothing to the pool");
            }
        }
        sayWhenNoneIsUsable(keys, written.size());
        return keys;
    }

    private KeyConfig key(PoolKey written, String path) {
        if (written == null) {
            fields.error(ConditionType.ACCEPTED, Reason.INVALID_FIELD, path, "is empty");
            return null;
        }
        String name = written.getName();
        if (name == null || name.isBlank()) {
            fields.error(ConditionType.ACCEPTED, Reason.INVALID_FIELD, path + ".name", "is missing");
            return null;
        }
        var ref = written.getSecretRef() == null ? new SecretKeyRef() : written.getSecretRef();
        var material = credentials.read(ref.getName(), ref.getKey() == null ? DEFAULT_ENTRY : ref.getKey());
        if (material instanceof Credentials.Unusable unusable) {
            fields.error(
                    ConditionType.RESOLVED_REFS,
                    unusable.reason(),
                    path + ".secretRef",
                    "key '" + name + "' is left out: " + unusable.message());
            return null;
        }
        String secret = ((Credentials.Usable) material).secret();
        return new KeyConfig(
                name,
                written.getQuotaGroup() == null || written.getQuotaGroup().isBlank() ? name : written.getQuotaGroup(),
                fields.number(path + ".weight", written.getWeight(), 0, 1),
                Credentials.fingerprint(secret),
                secret);
    }

    private void sayWhenNoneIsUsable(List<KeyConfig> keys, int written) {
        if (keys.isEmpty()) {
            fields.error(
                    ConditionType.KEYS_AVAILABLE,
                    Reason.NO_USABLE_KEY,
                    "spec.keys",
                    "has " + (written == 0 ? "no key" : "no key that can be used")
                            + ": calls are answered with keys_unusable");
        } else if (keys.stream().allMatch(key -> key.weight() == 0)) {
            fields.say(
                    Severity.WARNING,
                    ConditionType.KEYS_AVAILABLE,
                    Reason.NO_USABLE_KEY,
                    "spec.keys",
                    "has only drained keys (weight 0): calls are answered with keys_unusable");
        }
    }
}
