package dev.fairlead.sidecar.control;

import dev.fairlead.sidecar.exchange.Loop;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has one {@link Session} at a time, and after each the next: when, and with whom. On the loop, but for what it says. */
final class Connector {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
    private static final int MAX_SAID = 20;

    private final Loop loop;
    private final Executor worker;
    private final Dialer dialer;
    private final Approach approach;
    private final Backoff backoff;
    private final OperatorAddresses order;
    private final ConfigInForce inForce;
    private final Authorities authorities;
    private final Reporting reporting;
    private final Set<String> said = new HashSet<>();
    private Session session;
    private boolean closed;

    Connector(
            Loop loop,
            Executor worker,
            Dialer dialer,
            Approach approach,
            RandomGenerator random,
            ConfigInForce inForce,
            Authorities authorities,
            Reporting reporting) {
        this.loop = loop;
        this.worker = worker;
        this.dialer = dialer;
        this.approach = approach;
        this.backoff = new Backoff(random);
        this.order = new OperatorAddresses(random);
        this.inForce = inForce;
        this.authorities = authorities;
        this.reporting = reporting;
    }

    /** Only when there is no session. */
    void connect() {
        if (closed) {
            return;
        }
        offLoop(() -> {
            try {
                var addresses = approach.addresses();
                var token = approach.token();
                loop.execute(() -> dial(addresses, token));
            } catch (IOException e) {
                loop.execute(() -> failed(e.getMessage()));
            }
        });
    }

    /** Runs the task where it may block. */
    void offLoop(Runnable task) {
        try {
            worker.execute(task);
        } catch (RejectedExecutionException e) {
            // The sidecar ends; nobody waits for this any more.
        }
    }

    private void dial(List<InetAddress> addresses, String token) {
        if (closed) {
            return;
        }
        session = new Session(this, loop, approach, inForce, authorities, reporting);
        session.begin(dialer, order.next(addresses), token);
    }

    /** The operator has let us in. */
    void connected(InetAddress address) {
        order.good();
        said.clear();
        LOG.atInfo().addKeyValue("operator", address.getHostAddress()).log("config stream opened");
    }

    /** The stream has lasted. */
    void proven() {
        backoff.proven();
    }

    /** There is no stream, or no longer. */
    void failed(String reason) {
        again(backoff.afterFailure());
        say(reason, "config stream lost");
    }

    /** The operator says that the stream is over. */
    void saidBye(String reason) {
        LOG.atInfo().addKeyValue("reason", reason).log("config stream ended");
        again(backoff.afterBye());
    }

    /** The operator does not let us in. */
    void refused(Dialer.Refusal refusal) {
        int status = refusal.status();
        if (status == 401 || status == 403) {
            again(backoff.afterRefusal());
        } else if (refusal.retryAfterMs() >= 0) {
            again(backoff.afterRequest(refusal.retryAfterMs()));
        } else {
            again(backoff.afterFailure());
        }
        say(status + ": " + refusal.message(), "config stream refused");
    }

    /** Once for each reason until a stream opens: an outage of hours must not fill the log. */
    private void say(String reason, String event) {
        boolean first = said.size() < MAX_SAID && said.add(reason);
        (first ? LOG.atWarn() : LOG.atDebug()).addKeyValue("reason", reason).log(event);
    }

    private void again(long delayMs) {
        session = null;
        if (!closed) {
            loop.after(delayMs, this::connect);
        }
    }

    void close() {
        closed = true;
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
