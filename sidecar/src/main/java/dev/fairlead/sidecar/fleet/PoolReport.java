package dev.fairlead.sidecar.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one process says of one pool.
 *
 * @param pool {@code namespace/name}
 * @param meters every limit that is shared
 * @param rests what rests here and may rest elsewhere, too; at most {@link #MOST}, what matters most first
 * @param pins resources made since the last report
 * @param keys how each key stands
 * @param calling whether calls have gone through it lately: who has not called has no evidence that a key can take calls
 * @param waiting calls in the waiting room
 * @param headroomPercent what is left of the tightest limits over all accounts, 0 to 100; -1 when no limit is known
 * @param exhaustsInMs when nothing is left at the present pace; -1 when it does not come to that
 * @param leftOff how many rests and keys are not named, since there are more than are read or fit in: then silence says nothing
 * @param redisUp whether the Redis that divides its limits answers; {@code null} where none does so, or nobody can say yet
 * @param gone models that the provider has said it has no longer, by its names; at most {@link #MOST_GONE}
 * @param taken how many milliseconds ago the latest call began that the provider has taken, by the fingerprint of its key; of keys
 *     where that is no longer ago than {@link #TAKEN_MS}, {@link #MOST} of them at most
 * @param elsewhere how much of each limit this process has used in its window, by meter, nothing where it is nothing; of limits
 *     that somebody else divides than whoever reads this, {@code null} where nobody does or there is too much to tell
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
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int leftOff,
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean redisUp,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> gone,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> taken,
        @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Long> elsewhere) {
    /** So many rests, and so many keys, are read of what one process says of a pool. */
    public static final int MOST = 1_000;
    /** So many models. */
    public static final int MOST_GONE = 64;

    /** Longer than the time between two reports. */
    public static final long TAKEN_MS = 90_000;

    private static final int NEARLY = 7;

    public PoolReport {
        meters = meters == null ? List.of() : List.copyOf(meters);
        rests = rests == null ? List.of() : List.copyOf(rests);
        pins = pins == null ? List.of() : List.copyOf(pins);
        keys = keys == null ? List.of() : List.copyOf(keys);
        gone = gone == null ? List.of() : List.copyOf(gone);
        taken = taken == null ? Map.of() : Map.copyOf(taken);
        elsewhere = elsewhere == null ? null : Map.copyOf(elsewhere);
    }

    /** Whether a headroom that was told is still nearly true. */
    public static boolean isNearly(int toldPercent, int percent) {
        return percent >= 0 && Math.abs(percent - toldPercent) <= NEARLY;
    }

    /** Changes whenever a headroom that was told as a multiple of ten may not be {@link #isNearly} true any more. */
    public static int headroomStep(int percent) {
        return percent < 0 ? -1 : (percent + NEARLY) / 10 + (percent + 9 - NEARLY) / 10;
    }

    /** Of a pool that no Redis divides the limits of and whose models are all there, whole. */
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
        this(pool, meters, rests, pins, keys, calling, waiting, headroomPercent, exhaustsInMs, 0, null, List.of());
    }

    /** Of a pool that has taken no call lately. */
    public PoolReport(
            String pool,
            List<MeterReading> meters,
            List<Rest> rests,
            List<Pin> pins,
            List<KeyReading> keys,
            boolean calling,
            int waiting,
            int headroomPercent,
            long exhaustsInMs,
            int leftOff,
            Boolean redisUp,
            List<String> gone) {
        this(
                pool,
                meters,
                rests,
                pins,
                keys,
                calling,
                waiting,
                headroomPercent,
                exhaustsInMs,
                leftOff,
                redisUp,
                gone,
                Map.of());
    }

    /** Of a pool whose limits nobody else divides. */
    public PoolReport(
            String pool,
            List<MeterReading> meters,
            List<Rest> rests,
            List<Pin> pins,
            List<KeyReading> keys,
            boolean calling,
            int waiting,
            int headroomPercent,
            long exhaustsInMs,
            int leftOff,
            Boolean redisUp,
            List<String> gone,
            Map<String, Long> taken) {
        this(
                pool,
                meters,
                rests,
                pins,
                keys,
                calling,
                waiting,
                headroomPercent,
                exhaustsInMs,
                leftOff,
                redisUp,
                gone,
                taken,
                null);
    }

    /** The same with a word on the Redis that divides its limits. */
    public PoolReport withRedis(boolean up) {
        return new PoolReport(
                pool,
                meters,
                rests,
                pins,
                keys,
                calling,
                waiting,
                headroomPercent,
                exhaustsInMs,
                leftOff,
                up,
                gone,
                taken,
                elsewhere);
    }

    /** All that was used {@link #elsewhere} together: for comparing. */
    public long usedElsewhere() {
        long used = 0;
        for (long each : elsewhere == null ? List.<Long>of() : elsewhere.values()) {
            used += each;
        }
        return used;
    }

    /** The same with the first so many rests, and so many keys. */
    public PoolReport within(int most) {
        int cut = Math.max(0, rests.size() - most) + Math.max(0, keys.size() - most);
        boolean tooMany = elsewhere != null && elsewhere.size() > most;
        return cut == 0 && taken.size() <= most && !tooMany
                ? this
                : new PoolReport(
                        pool,
                        meters,
                        rests.subList(0, Math.min(most, rests.size())),
                        pins,
                        keys.subList(0, Math.min(most, keys.size())),
                        calling,
                        waiting,
                        headroomPercent,
                        exhaustsInMs,
                        leftOff + cut,
                        redisUp,
                        gone,
                        taken.entrySet().stream()
                                .limit(most)
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                        tooMany ? null : elsewhere);
    }
}
