package dev.fairlead.operator.serve;

import java.util.HashMap;
import java.util.Map;

/** How many bytes of posts that have not come whole yet are held: bounded for each pod, and over all of them. */
final class Bodies {
    static final long MOST = 32L << 20;
    static final long MOST_OF_POD = 2L << 20;

    private final Map<String, Long> byPod = new HashMap<>();
    private long held;

    /** Whether there is room for so many more of that pod; if so, {@link #leave} has to follow. */
    boolean enter(String pod, int bytes) {
        long ofPod = byPod.getOrDefault(pod, 0L) + bytes;
        if (ofPod > MOST_OF_POD || held + bytes > MOST) {
            return false;
        }
        byPod.put(pod, ofPod);
        held += bytes;
        return true;
    }

    void leave(String pod, int bytes) {
        held -= bytes;
        byPod.computeIfPresent(pod, (key, ofPod) -> ofPod <= bytes ? null : ofPod - bytes);
    }

    long held() {
        return held;
    }
}
