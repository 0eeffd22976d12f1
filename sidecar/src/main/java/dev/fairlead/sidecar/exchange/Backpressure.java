package dev.fairlead.sidecar.exchange;

/** Slows the provider down to the speed at which the client reads: nothing piles up between them. */
final class Backpressure {
    private final ClientChannel client;
    private final ProviderCall call;
    private boolean paused;

    Backpressure(ClientChannel client, ProviderCall call) {
        this.client = client;
        this.call = call;
    }

    /** After each write. */
    void check() {
        if (!paused && client.full()) {
            paused = true;
            call.upstream().pause();
            client.whenDrained(() -> {
                paused = false;
                call.upstream().resume();
            });
        }
    }
}
