package dev.fairlead.sidecar.dialect.openai;

import java.util.Arrays;

/**
 * Things at a provider that only one account knows (responses, their items, encrypted reasoning, conversations), by the hash of
 * their ids: the same in every process, and no id is kept. Bounded; what exceeds the bound is left out. Not safe for several
 * threads as long as it grows.
 */
public final class References {
    /** Nothing. */
    public static final References NONE = new References(0);

    /** A response of more items than this is referred to by its own id, which comes first. */
    static final int MOST_MADE = 64;

    private final int most;
    private long[] hashes = {};
    private int size;

    References(int most) {
        this.most = most;
    }

    /** Adds one that is not there yet, while there is room. */
    void add(long hash) {
        if (size == most || contains(hash)) {
            return;
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.min(most, 2 * size + 4));
        }
        hashes[size++] = hash;
    }

    private boolean contains(long hash) {
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash) {
                return true;
            }
        }
        return false;
    }

    /** How many there are; never fewer later on. */
    public int size() {
        return size;
    }

    /** The hash of one of them, in the order in which they were found. */
    public long at(int index) {
        return hashes[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof References that && Arrays.equals(hashes, 0, size, that.hashes, 0, that.size);
    }

    @Override
    public int hashCode() {
        return size == 0 ? 0 : Long.hashCode(hashes[0]);
    }

    @Override
    public String toString() {
        return "References[" + size + "]";
    }
}
