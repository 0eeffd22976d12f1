package dev.fairlead.operator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.fleet.FleetAnswer;
import dev.fairlead.sidecar.fleet.FleetReport;
import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.fleet.Rest;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A sidecar that uses all it is given, and always wants more. */
final class HungrySidecar {
    private final ObjectMapper json = new ObjectMapper();
    private final String pool;
    private final String meter;
    private final long limit;
    private long number;
    private List<KeyReading> keys = List.of();
    private Map<String, Long> taken = Map.of();
    private volatile long share;
    StreamClient stream;

    HungrySidecar(String pool, String meter, long limit) {
        this.pool = pool;
        this.meter = meter;
        this.limit = limit;
    }

    /** What it holds: nobody answers, and it still does. */
    long share() {
        return share;
    }

    /** It has just called with this key. */
    void takes(String fingerprint) {
        keys = List.of();
        taken = Map.of(fingerprint, 0L);
    }

    void says(KeyReading... readings) {
        keys = List.of(readings);
    }

    /** Reports once; whether it was answered. */
    boolean report() {
        var reading = new MeterReading(meter, limit, share, share, limit);
        var rests = keys.stream()
                .filter(key -> key.state().equals("Parked"))
                .map(key -> new Rest(key.group(), key.fingerprint(), null, key.forMs(), key.reason()))
                .toList();
        var said = new PoolReport(
                pool, List.of(reading), rests, List.of(), keys, false, 1, -1, -1, 0, null, List.of(), taken);
        try {
            var answer = stream.report(
                    json.writeValueAsBytes(new FleetReport(stream.stream(), "run", ++number, List.of(said))));
            if (answer == null) {
                return false;
            }
            for (var ofPool : json.readValue(answer, FleetAnswer.class).pools()) {
                ofPool.shares().forEach(given -> share = given.share());
            }
            return true;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new AssertionError("no answer of ours", e);
        }
    }
}
