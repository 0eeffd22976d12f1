package dev.fairlead.operator.metrics;

import dev.fairlead.operator.rollout.AckListener;
import dev.fairlead.operator.rollout.Rollout;
import dev.fairlead.operator.rollout.RolloutSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Measures how long new configurations take to the sidecars, on the way of their acknowledgements to whoever keeps the books. What a
 * sidecar acknowledges first on a stream is not measured: it may have been there for hours.
 */
public final class AckTimes implements AckListener {
    private record Acked(String stream, String hash) {}

    private final AckListener books;
    private final LongSupplier nanoTime;
    private final Consumer<Duration> took;
    private final Map<String, Acked> lastOf = new HashMap<>();
    private Map<String, Long> newSince = Map.of();

    /**
     * Listens to {@code rollouts} from now on.
     *
     * @param books hears of everything, first
     * @param nanoTime as {@link System#nanoTime}
     * @param took gets every measurement
     */
    public AckTimes(AckListener books, RolloutSource rollouts, LongSupplier nanoTime, Consumer<Duration> took) {
        this.books = books;
        this.nanoTime = nanoTime;
        this.took = took;
        rollouts.onRollout(() -> rollouts.latest().ifPresent(this::rolledOut));
    }

    private synchronized void rolledOut(Rollout rollout) {
        long now = nanoTime.getAsLong();
        Map<String, Long> next = new HashMap<>();
        rollout.snapshots().values().forEach(snapshot -> {
            Long before = newSince.get(snapshot.hash());
            next.put(snapshot.hash(), before == null ? now : before);
        });
        newSince = next;
    }

    @Override
    public void connected(String podUid, String stream) {
        books.connected(podUid, stream);
        synchronized (this) {
            lastOf.remove(podUid);
        }
    }

    @Override
    public void acked(String podUid, String stream, String hash) {
        books.acked(podUid, stream, hash);
        Long since;
        synchronized (this) {
            Acked before = lastOf.put(podUid, new Acked(stream, hash));
            boolean first = before == null || !before.stream().equals(stream);
            since = first || before.hash().equals(hash) ? null : newSince.get(hash);
        }
        if (since != null) {
            took.accept(Duration.ofNanos(nanoTime.getAsLong() - since));
        }
    }

    @Override
    public void nacked(String podUid, String stream, String hash, String path, String message) {
        books.nacked(podUid, stream, hash, path, message);
    }

    @Override
    public void disconnected(String podUid, String stream) {
        books.disconnected(podUid, stream);
        synchronized (this) {
            Acked last = lastOf.get(podUid);
            if (last != null && last.stream().equals(stream)) {
                lastOf.remove(podUid);
            }
        }
    }
}
