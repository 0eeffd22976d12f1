package dev.fairlead.sidecar.telemetry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The numbers of one event loop, in one flat array. Only that loop adds; anybody may read. Adding is a load and a store: there
 * is one writer, so nothing has to be atomic, and opaque access keeps a reader from seeing half a number or an old one for ever.
 */
final class Cells {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle CELLS;

    static {
        try {
            CELLS = MethodHandles.lookup().findVarHandle(Cells.class, "cells", long[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int FIRST_SIZE = 512;

    private long[] cells = new long[FIRST_SIZE];

    /** Adds to a cell. The event loop only. */
    void add(int index, long amount) {
        long[] now = index < cells.length ? cells : grow(index);
        CELL.setOpaque(now, index, now[index] + amount);
    }

    /** Counts a value into the histogram that begins at {@code index}. The event loop only. */
    void observe(int index, Buckets buckets, long value) {
        add(index + buckets.indexOf(value), 1);
        add(index + buckets.count(), value);
    }

    /** Reads a cell; 0 for one that this loop has not reached yet. Any thread. */
    long get(int index) {
        long[] now = (long[]) CELLS.getAcquire(this);
        return index < now.length ? (long) CELL.getOpaque(now, index) : 0;
    }

    private long[] grow(int index) {
        long[] larger = Arrays.copyOf(cells, Math.max(cells.length * 2, index + 1));
        CELLS.setRelease(this, larger);
        return larger;
    }
}
