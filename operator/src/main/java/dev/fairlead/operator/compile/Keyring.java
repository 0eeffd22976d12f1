package dev.fairlead.operator.compile;

import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Severity;
import dev.fairlead.sidecar.config.KeyConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the keys of one pool. What cannot be used is left out and said; the others pay. */
final class Keyring {
    /** Keys that a pool may have altogether: what a status can count, and what a sidecar is built for. */
    static final int MOST = 1024;

    private final Fields fields;
    private final List<KeyConfig> usable = new ArrayList<>();
    private final List<LeftOutKey> leftOut = new ArrayList<>();
    private final Map<String, String> nameByFingerprint = new HashMap<>();

    Keyring(Fields fields) {
        this.fields = fields;
    }

    /** Takes a key whose name is not taken; one that is there already under another name is left out. */
    void add(KeyConfig key, String path) {
        String twin = nameByFingerprint.putIfAbsent(key.fingerprint(), key.name());
        if (twin == null) {
            usable.add(key);
            return;
        }
        leftOut.add(new LeftOutKey(key.name(), key.group(), Reason.DUPLICATE_KEY));
        fields.say(
                Severity.WARNING,
                ConditionType.RESOLVED_REFS,
                Reason.DUPLICATE_KEY,
                path,
                "'" + key.name() + "' is left out: it is the same key as '" + twin
                        + "', hence the same account, and adds nothing to the pool");
    }

    /** Notes a key that cannot be had. */
    void leaveOut(String name, String group, Reason reason, String path, String why) {
        leftOut.add(new LeftOutKey(name, group, reason));
        fields.error(ConditionType.RESOLVED_REFS, reason, path, "key '" + name + "' is left out: " + why);
    }

    int size() {
        return usable.size() + leftOut.size();
    }

    PoolKeys keys() {
        return new PoolKeys(usable, leftOut);
    }

    /** @param path where keys would have to be */
    void sayWhenNoneIsUsable(String path, String noneThere) {
        if (usable.isEmpty()) {
            fields.error(
                    ConditionType.KEYS_AVAILABLE,
                    Reason.NO_USABLE_KEY,
                    path,
                    (leftOut.isEmpty() ? noneThere : "has no key that can be used")
                            + ": calls are answered with keys_unusable");
        } else if (usable.stream().allMatch(key -> key.weight() == 0)) {
            fields.say(
                    Severity.WARNING,
                    ConditionType.KEYS_AVAILABLE,
                    Reason.NO_USABLE_KEY,
                    path,
                    "has only drained keys (weight 0): calls are answered with keys_unusable");
        }
    }
}
