package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.Pin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which account knows which resource: the latest of one pool, and the latest of each pod. Who asks for an older one must try. */
final class PinBook {
    static final int MOST = 10_000;
    /** One pod cannot push out what others have said. */
    static final int MOST_OF_POD = 1_000;

    private static final int MOST_TOLD = 1_000;
    private static final int LONGEST_ID = 64;

    /** In the order in which they came. */
    private final TreeMap<Long, Known> pins = new TreeMap<>();

    private final Map<String, Deque<Long>> byPod = new HashMap<>();
    private long last;

    /** @param lost whether its pod has forgotten it since */
    private record Known(Pin pin, String from, boolean lost, long number) {}

    /** The next process of a pod knows nothing of what the last one said. */
    void restarted(String pod) {
        for (long at : byPod.getOrDefault(pod, new ArrayDeque<>())) {
            pins.computeIfPresent(at, (unused, known) -> new Known(known.pin, pod, true, known.number));
        }
    }

    void tell(Pin pin, String from, SharedPool pool, long number) {
        if (pin.resource() == null
                || pin.resource().length() > LONGEST_ID
                || !pool.accounts().containsKey(pin.group())) {
            return;
        }
        var its = byPod.get(from);
        if (its != null && its.size() >= MOST_OF_POD) {
            pins.remove(its.removeFirst());
        } else if (pins.size() >= MOST) {
            forgetOldest();
        }
        pins.put(++last, new Known(pin, from, false, number));
        byPod.computeIfAbsent(from, unseen -> new ArrayDeque<>()).addLast(last);
    }

    private void forgetOldest() {
        var oldest = pins.pollFirstEntry().getValue();
        byPod.computeIfPresent(oldest.from(), (pod, its) -> {
            its.removeFirst();
            return its.isEmpty() ? null : its;
        });
    }

    /** What others have told since: the latest, if that is much. */
    List<Pin> since(long number, String to) {
        var news = new ArrayList<Pin>();
        for (var known : pins.descendingMap().values()) {
            if (known.number <= number || news.size() >= MOST_TOLD) {
                break;
            }
            if (known.lost || !known.from.equals(to)) {
                news.add(known.pin);
            }
        }
        return news;
    }

    int size() {
        return pins.size();
    }
}
