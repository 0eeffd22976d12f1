package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One limit of a pool that processes share, as whoever divides it knows it: the same configuration gives the same names
 * everywhere. Safe on every thread.
 *
 * @param meter as {@link dev.fairlead.sidecar.fleet.MeterReading#meter} names it: {@code ACCOUNT/MODELS/FIELD} with the sorted
 *     patterns of the class of models ({@code *} for every model), or {@code ACCOUNT/key FINGERPRINT/FIELD}
 * @param limit for the whole fleet, at least 1
 * @param windowMs in which it counts; 0 for calls at once
 */
public record SharedLimit(String meter, long limit, long windowMs) {
    private static final String OF_KEY = "/key ";

    /** Every limit of a pool, in the order in which the configuration names them. */
    public static Collection<SharedLimit> of(PoolConfig pool) {
        Map<String, SharedLimit> limits = new LinkedHashMap<>();
        for (var group : pool.quotaGroups()) {
            for (var ofClass : group.limits()) {
                addAll(limits, ofClass, ofClass(group.name(), ofClass));
            }
        }
        for (var key : pool.keys()) {
            if (key.limits() != null) {
                addAll(limits, key.limits(), ofKey(key));
            }
        }
        return limits.values();
    }

    private static void addAll(Map<String, SharedLimit> limits, QuotaLimits from, String prefix) {
        for (var dimension : Dimension.values()) {
            Long limit = dimension.of(from);
            if (limit != null) {
                var shared = new SharedLimit(prefix + dimension.field, Math.max(1, limit), dimension.windowMs);
                // Two entries for one class of models: both must hold, so the smaller one does.
                limits.merge(shared.meter, shared, (a, b) -> a.limit <= b.limit ? a : b);
            }
        }
    }

    /** What the names of the meters of a class of models begin with; its models in order, so that another order counts on. */
    static String ofClass(String group, QuotaLimits ofClass) {
        var models = ofClass.models().stream().distinct().sorted().collect(Collectors.joining(","));
        return group + "/" + (models.isEmpty() ? "*" : models) + "/";
    }

    /** What the names of the meters of a key begin with; by its material, so that another name for it counts on. */
    static String ofKey(KeyConfig key) {
        return key.group() + OF_KEY + key.fingerprint() + "/";
    }

    /** The same prefix for a key of one of these accounts, which go by another name now; otherwise the one that it is. */
    static String renamed(String ofKey, Map<String, String> accounts) {
        int end = ofKey.indexOf(OF_KEY);
        var to = accounts.get(ofKey.substring(0, end));
        return to == null ? ofKey : to + ofKey.substring(end);
    }
}
