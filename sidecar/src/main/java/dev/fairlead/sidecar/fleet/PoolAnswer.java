package dev.fairlead.sidecar.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What the fleet says to one process of one pool.
 *
 * @param pool {@code namespace/name}
 * @param shares of the limits that were asked for
 * @param rests what others were told to let rest
 * @param pins where others' resources are
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PoolAnswer(String pool, List<MeterShare> shares, List<Rest> rests, List<Pin> pins) {
    public PoolAnswer {
        shares = shares == null ? List.of() : List.copyOf(shares);
        rests = rests == null ? List.of() : List.copyOf(rests);
        pins = pins == null ? List.of() : List.copyOf(pins);
    }
}
