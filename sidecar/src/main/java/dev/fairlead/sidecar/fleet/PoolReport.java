package dev.fairlead.sidecar.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param redisUp whether the Redis that divides its limits answers; {@code null} where none does so, or nobody can say yet
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
        long exhaustsInMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean redisUp) {
    public PoolReport {
        meters = meters == null ? List.of() : List.copyOf(meters);
        rests = rests == null ? List.of() : List.copyOf(rests);
        pins = pins == null ? List.of() : List.copyOf(pins);
        keys = keys == null ? List.of() : List.copyOf(keys);
    }

    /** Of a pool that no Redis divides the limits of. */
    public PoolReport(
            String pool,
            List<MeterReading> meters,
            List<Rest> rests,
            List<Pin> pins,
            List<KeyReading> keys,
            boolean calling,
            int waiting,
            int headroomPercent,
            long exhaustsInMs) {
        this(pool, meters, rests, pins, keys, calling, waiting, headroomPercent, exhaustsInMs, null);
    }

    /** The same with a word on the Redis that divides its limits. */
    public PoolReport withRedis(boolean up) {
        return new PoolReport(pool, meters, rests, pins, keys, calling, waiting, headroomPercent, exhaustsInMs, up);
    }
}
