package dev.fairlead.sidecar.exchange;

/** A request on its way. */
public interface UpstreamCall {
    /** Gives it up: its connection is closed at once and its listener hears nothing more. */
    void cancel();

    /** Stops reading the answer. */
    void pause();

    /** Reads on. */
    void resume();
}
