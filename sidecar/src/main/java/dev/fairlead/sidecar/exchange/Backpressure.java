package dev.fairlead.sidecar.exchange;

/** Slows the provider down to the speed at which the client reads: nothing piles up between them. */
final class Backpressure {
    private final Exchange exchange;
    private final ProviderCall call;
    private final Deadlines.Entry stalled;
    private boolean paused;

    Backpressure(Exchange exchange, ProviderCall call) {
        this.exchange = exchange;
        this.call = call;
        this.stalled = new Deadlines.Entry(exchange::clientTooSlow);
    }

    /** After each write. */
    void check() {
        if (!paused && exchange.client.full()) {
            paused = true;
            call.pause();
            stalled.dueAt(exchange.shared.loop.nowMs() + exchange.shared.patience.readStallMs());
            exchange.shared.deadlines.watch(stalled);
            exchange.client.whenDrained(this::drained);
        }
    }

    private void drained() {
        if (paused) {
            close();
            call.resume();
        }
    }

    /** Nothing more will be written. */
    void close() {
        paused = false;
        exchange.shared.deadlines.forget(stalled);
    }
}
