package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.fleet.Pin;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Which account holds a resource at the provider (a response, encrypted reasoning, a conversation), by the hash of its id. Bounded:
 * of the few places that a hash may stand in, the oldest is given up, and whoever refers to it is sent to the accounts in turn.
 *
 * <p>Safe on every thread without locks: a pool's answers arrive on all loops. It takes no memory before the first resource.
 */
public final class Pins {
    private static final int WAYS = 4;
    private static final int SET_BITS = 14;

    /** How much news is kept for a report; what is told late is found out by asking. */
    private static final int NEWS = 4_096;

    private static final int NEWS_PER_REPORT = 512;
    private static final HexFormat HEX = HexFormat.of();

    private final AtomicReference<AtomicReferenceArray<Entry>> table = new AtomicReference<>();
    private final AtomicReference<AtomicReferenceArray<Entry>> news = new AtomicReference<>();
    private final AtomicLong made = new AtomicLong();
    private long told;

    private record Entry(long resource, String group, long number) {}

    /** The account that holds a resource, {@code null} when that is not known here. */
    public String group(long resource) {
        var entries = table.get();
        if (entries == null) {
            return null;
        }
        int first = first(resource);
        for (int i = first; i < first + WAYS; i++) {
            var entry = entries.get(i);
            if (entry != null && entry.resource == resource) {
                return entry.group;
            }
        }
        return null;
    }

    /** An account of this pool holds the resource: seen in its answer, and news to the fleet. */
    public void remember(long resource, String group) {
        if (!group.equals(group(resource))) {
            long number = made.getAndIncrement();
            var entry = new Entry(resource, group, number);
            put(entry);
            made(news, NEWS).set((int) (number % NEWS), entry);
        }
    }

    private void put(Entry entry) {
        var entries = made(table, WAYS << SET_BITS);
        int place = first(entry.resource);
        long oldest = Long.MAX_VALUE;
        for (int i = first(entry.resource), end = i + WAYS; i < end; i++) {
            var there = entries.get(i);
            long number = there == null ? -1 : there.resource == entry.resource ? -2 : there.number;
            if (number < oldest) {
                oldest = number;
                place = i;
            }
        }
        entries.set(place, entry);
    }

    /** Most pools hold nothing that is pinned. */
    private static AtomicReferenceArray<Entry> made(AtomicReference<AtomicReferenceArray<Entry>> entries, int length) {
        if (entries.get() == null) {
            entries.compareAndSet(null, new AtomicReferenceArray<>(length));
        }
        return entries.get();
    }

    private static int first(long resource) {
        return (int) (resource >>> (Long.SIZE - SET_BITS)) * WAYS;
    }

    /** What was made since the last report, once; for the pool's home loop. */
    List<Pin> news() {
        long now = made.get();
        long from = Math.max(told, now - NEWS);
        long to = Math.min(now, from + NEWS_PER_REPORT);
        told = to;
        var pins = new ArrayList<Pin>((int) (to - from));
        var entries = news.get();
        for (long i = from; entries != null && i < to; i++) {
            var entry = entries.get((int) (i % NEWS));
            if (entry != null) {
                pins.add(new Pin(HEX.toHexDigits(entry.resource), entry.group));
            }
        }
        return pins;
    }

    /** Where others' resources are; what is no pin is passed over. */
    void learn(List<Pin> pins) {
        for (var pin : pins) {
            if (pin != null && pin.group() != null && isHash(pin.resource())) {
                put(new Entry(Long.parseUnsignedLong(pin.resource(), 16), pin.group(), made.get()));
            }
        }
    }

    /**
     * A configuration has come.
     *
     * @param renamed accounts that go by another name now, by the former one
     * @param replaced names that others have now, which hold nothing of what the former ones did
     */
    void follow(Map<String, String> renamed, Set<String> replaced) {
        follow(table.get(), renamed, replaced);
        follow(news.get(), renamed, replaced);
    }

    private static void follow(AtomicReferenceArray<Entry> entries, Map<String, String> renamed, Set<String> replaced) {
        for (int i = 0; entries != null && !replaced.isEmpty() && i < entries.length(); i++) {
            var entry = entries.get(i);
            var name = entry == null ? null : renamed.get(entry.group);
            if (name != null) {
                entries.compareAndSet(i, entry, new Entry(entry.resource, name, entry.number));
            } else if (entry != null && replaced.contains(entry.group)) {
                entries.compareAndSet(i, entry, null);
            }
        }
    }

    private static boolean isHash(String text) {
        return text != null && text.length() == 16 && text.chars().allMatch(HexFormat::isHexDigit);
    }
}
