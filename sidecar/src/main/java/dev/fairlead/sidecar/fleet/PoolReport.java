package dev.fairlead.sidecar.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What one process says of one pool.
 *
 * @param pool {@code namespace/name}
 * @param meters every limit that is shared
 * @param rests everything that rests here and may rest elsewhere, too
 * @param pins resources made since the last report
 * @param keys how each key stands
 * @param calling whether calls have gone through it lately: who has not called has no evidence that a key can take calls
 * @param waiting calls in the waiting room
 * @param headroomPercent what is left of the tightest limits over all accounts, 0 to 100; -1 when no limit is known
 * @param exhaustsInMs when nothing is left at the present pace; -1 when it does not come to that
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PoolReport(
        String pool,
        List<MeterReading> meters,
        List<Rest> rests,
        List<Pin> pins,
        List<KeyReading> keys,
        boolean calling,
        int waiting,
        int headroomPercent,
        long exhaustsInMs) {
    public PoolReport {
        meters = meters == null ? List.of() : List.copyOf(meters);
        rests = rests == null ? List.of() : List.copyOf(rests);
        pins = pins == null ? List.of() : List.copyOf(pins);
        keys = keys == null ? List.of() : List.copyOf(keys);
    }
}
