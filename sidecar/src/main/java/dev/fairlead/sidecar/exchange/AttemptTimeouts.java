package dev.fairlead.sidecar.exchange;

/** How long one attempt may take to connect, to begin, and between pieces of a stream: one deadline that moves on with it. */
final class AttemptTimeouts {
    private final Exchange exchange;
    private final ProviderCall call;
    private final Deadlines.Entry phase = new Deadlines.Entry(this::expired);
    private boolean connected;
    private boolean answered;

    AttemptTimeouts(Exchange exchange, ProviderCall call) {
        this.exchange = exchange;
        this.call = call;
    }

    /** TLS and a proxy on the way have limits of their own, which are none of the route's: this one holds for all of it. */
    void connecting() {
        within(connectMs());
        exchange.shared.deadlines.watch(phase);
    }

    long connectMs() {
        return exchange.routing.route().config().timeouts().connectMs();
    }

    void connected() {
        connected = true;
        if (exchange.requestFacts().stream()) {
            within(exchange.routing.route().config().timeouts().firstByteMs());
        } else {
            pause();
        }
    }

    /** The provider has taken the call, and its answer begins. */
    void answered() {
        answered = true;
        goesOn();
    }

    /** A piece of the answer has come, or is asked for again. */
    void goesOn() {
        if (exchange.requestFacts().stream()) {
            within(exchange.routing.route().config().timeouts().streamIdleMs());
        }
    }

    /** Nothing is expected of the provider until it {@link #goesOn}. */
    void pause() {
        phase.dueAt(Long.MAX_VALUE);
    }

    void end() {
        exchange.shared.deadlines.forget(phase);
    }

    private void within(long ms) {
        phase.dueAt(exchange.shared.loop.nowMs() + ms);
    }

    private void expired() {
        var timeouts = exchange.routing.route().config().timeouts();
        if (!connected) {
            call.giveUp(new UpstreamFailure(
                    UpstreamFailure.Kind.NOT_CONNECTED, "no connection within " + timeouts.connectMs() + " ms"));
        } else if (answered) {
            call.giveUp(new UpstreamFailure(
                    UpstreamFailure.Kind.IDLE_TIMEOUT, "the stream was silent for " + timeouts.streamIdleMs() + " ms"));
        } else {
            call.giveUp(new UpstreamFailure(
                    UpstreamFailure.Kind.FIRST_BYTE_TIMEOUT, "no first byte within " + timeouts.firstByteMs() + " ms"));
        }
    }
}
