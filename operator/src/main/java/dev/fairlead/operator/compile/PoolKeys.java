package dev.fairlead.operator.compile;

import dev.fairlead.sidecar.config.KeyConfig;
import java.util.List;

/**
 * The keys of one pool: those that are written in it, in their order, then those that its selector finds, by name.
 *
 * @param usable what sidecars get
 */
public record PoolKeys(List<KeyConfig> usable, List<LeftOutKey> leftOut) {
    public PoolKeys {
        usable = List.copyOf(usable);
        leftOut = List.copyOf(leftOut);
    }
}
