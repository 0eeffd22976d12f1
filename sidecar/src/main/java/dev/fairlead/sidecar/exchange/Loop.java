package dev.fairlead.sidecar.exchange;

/** One event loop: a thread that owns exchanges, pools and limiters. */
public interface Loop {
    /** Whether the caller is on it. */
    boolean inside();

    /** Runs the task on it: soon, after what is already queued. Never inside this call. */
    void execute(Runnable task);

    /** Runs the task on it after so many milliseconds; used for alarms, not for calls. */
    void after(long delayMs, Runnable task);

    /** Monotonic nanoseconds. */
    long nanoTime();

    /** Wall-clock milliseconds since 1970, for what is shown and for times that others name. */
    long epochMillis();

    /** Monotonic milliseconds. */
    default long nowMs() {
        return nanoTime() / 1_000_000;
    }
}
