package dev.fairlead.sidecar.pool.select;

/** Something that knows where it stands, so that it can be taken out without a search. Called on the pool's home loop. */
public interface Placed {
    /** Where it stands in the one list or heap that holds it, told by {@link #place(int)}; -1 when none does. */
    int place();

    /** Remembers where it stands. */
    void place(int newPlace);
}
