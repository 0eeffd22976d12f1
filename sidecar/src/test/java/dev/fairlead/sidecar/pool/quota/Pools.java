package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.CoordinationConfig.Mode;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import java.util.List;

/** Pools as the tests of limits need them. */
final class Pools {
    private Pools() {}

    /** One account named {@code acct} with these limits. */
    static PoolConfig limited(QuotaLimits... limits) {
        return pool(Mode.LOCAL, List.of(key(null)), limits);
    }

    /** The same, where this process has only a share. */
    static PoolConfig shared(QuotaLimits... limits) {
        return pool(Mode.LEASED, List.of(key(null)), limits);
    }

    static PoolConfig pool(Mode mode, List<KeyConfig> keys, QuotaLimits... limits) {
        return new PoolConfig(
                "ns",
                "pool",
                "OpenAICompatible",
                "http://127.0.0.1",
                null,
                keys,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(new QuotaGroupConfig("acct", List.of(limits))),
                new CoordinationConfig(mode, null));
    }

    static KeyConfig key(QuotaLimits limits) {
        return new KeyConfig("k1", "acct", 1, "0123456789ab", "secret", 0, List.of(), limits, null);
    }

    static QuotaLimits rpm(long limit) {
        return new QuotaLimits(List.of(), limit, null, null, null, null, null, null, null);
    }

    static QuotaLimits rpm(long limit, long burst) {
        return new QuotaLimits(List.of(), limit, null, null, null, null, null, null, burst);
    }

    static QuotaLimits tpm(long limit) {
        return new QuotaLimits(List.of(), null, null, null, null, limit, null, null, null);
    }

    static QuotaLimits atOnce(long limit) {
        return new QuotaLimits(List.of(), null, null, null, null, null, null, limit, null);
    }
}
