package dev.fairlead.sidecar.control;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.fleet.FleetAnswer;
import dev.fairlead.sidecar.fleet.MeterShare;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The shares that a process was given last, for the one that follows it in the same container.
 *
 * @param shares each with what was used of it by then
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record KeptShares(List<Kept> shares) {
    private static final ObjectMapper JSON = new ObjectMapper();

    KeptShares {
        shares = shares == null ? List.of() : List.copyOf(shares);
    }

    /** One of them. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Kept(String pool, String meter, long share, long used) {
        private static final String OF_A_DAY = "PerDay";

        /** Whether what was used of it is used for longer than anybody will wait. */
        boolean lastsADay() {
            return meter.endsWith(OF_A_DAY);
        }
    }

    static KeptShares of(List<PoolReport> asked, FleetAnswer answer) {
        Map<String, Long> used = new HashMap<>();
        asked.forEach(pool ->
                pool.meters().forEach(reading -> used.put(pool.pool() + " " + reading.meter(), reading.used())));
        var kept = new ArrayList<Kept>();
        for (var pool : answer.pools()) {
            for (var given : pool.shares()) {
                kept.add(new Kept(
                        pool.pool(),
                        given.meter(),
                        given.share(),
                        used.getOrDefault(pool.pool() + " " + given.meter(), 0L)));
            }
        }
        return new KeptShares(kept);
    }

    byte[] written() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("shares that cannot be written", e);
        }
    }

    static KeptShares read(byte[] json) throws IOException {
        return JSON.readValue(json, KeptShares.class);
    }

    /** What is left of them now that nobody knows any more when the rest was used. */
    List<PoolAnswer> left() {
        return answers(false);
    }

    /** As they were given, where what was used of them is free again. */
    List<PoolAnswer> afterAMinute() {
        return answers(true);
    }

    private List<PoolAnswer> answers(boolean whole) {
        Map<String, List<MeterShare>> byPool = new HashMap<>();
        for (var kept : shares) {
            long share = whole && !kept.lastsADay() ? kept.share() : Math.max(0, kept.share() - kept.used());
            byPool.computeIfAbsent(kept.pool(), unseen -> new ArrayList<>()).add(new MeterShare(kept.meter(), share));
        }
        var answers = new ArrayList<PoolAnswer>();
        byPool.forEach((pool, given) -> answers.add(new PoolAnswer(pool, given, List.of(), List.of())));
        return answers;
    }
}
