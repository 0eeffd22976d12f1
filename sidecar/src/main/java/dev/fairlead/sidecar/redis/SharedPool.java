package dev.fairlead.sidecar.redis;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.fleet.Pin;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.pool.quota.SharedLimit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is kept of one pool between two questions. */
final class SharedPool {
    /** More pins than that are forgotten, oldest first, while the server is away. */
    private static final int PINS_KEPT = 1_024;
    /** So many go with one question. */
    private static final int PINS_SENT = 256;

    private final Deque<Pin> pins = new ArrayDeque<>();
    private Map<String, SharedLimit> limits = Map.of();
    private String address;
    private long pinsSeen;
    /** Which question about a limit the server has answered last, by meter. */
    private final Map<String, Long> answered = new HashMap<>();

    void use(PoolConfig config) {
        var at = config.coordination().redis().address();
        if (!at.equals(address)) {
            // Each server counts the pins of its own log, and knows what it was asked itself.
            address = at;
            pinsSeen = 0;
            answered.clear();
        }
        var named = new HashMap<String, SharedLimit>();
        SharedLimit.of(config).forEach(limit -> named.put(limit.meter(), limit));
        limits = named;
        answered.keySet().retainAll(named.keySet());
    }

    Map<String, SharedLimit> limits() {
        return limits;
    }

    void made(List<Pin> newPins) {
        pins.addAll(newPins);
        while (pins.size() > PINS_KEPT) {
            pins.removeFirst();
        }
    }

    List<Pin> unsaid() {
        var some = new ArrayList<Pin>();
        for (var pin : pins) {
            if (some.size() < PINS_SENT) {
                some.add(pin);
            }
        }
        return some;
    }

    /** The server knows the first so many now. */
    void said(int count) {
        for (int i = 0; i < count && !pins.isEmpty(); i++) {
            pins.removeFirst();
        }
    }

    long pinsSeen() {
        return pinsSeen;
    }

    void pinsSeen(long upTo) {
        pinsSeen = upTo;
    }

    /** The server has answered a question, and remembers that unless it loses its memory. */
    void answered(PoolAnswer answer, long number) {
        answer.shares().forEach(share -> answered.put(share.meter(), number));
    }

    /** The number of the last question about a limit that was answered, 0 for none. */
    long answered(String meter) {
        return answered.getOrDefault(meter, 0L);
    }
}
