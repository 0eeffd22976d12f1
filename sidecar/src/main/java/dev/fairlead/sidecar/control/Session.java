package dev.fairlead.sidecar.control;

import dev.fairlead.sidecar.exchange.Loop;
import java.io.IOException;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream from the first packet to the last. Configurations are put into force one after the other off the loop; while one
 * is, only the latest that has come waits, and those in between are never applied. On the loop.
 */
final class Session implements Dialer.Events, FrameSink, Reporting.Way {
    /** An operator pings every 5 s: after three that did not come it is gone, whatever TCP thinks. */
    static final long SILENCE_MS = 15_000;

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final long ACK_AGAIN_MS = 500;

    private final Connector connector;
    private final Loop loop;
    private final Approach approach;
    private final ConfigInForce inForce;
    private final Authorities authorities;
    private final Reporting reporting;
    private final FrameLines lines = new FrameLines(new FrameReader(this));
    private Dialer.Stream stream;
    private InetAddress address;
    private String token;
    private String id;
    private Ack latestAck;
    private boolean ackedAgain;
    private Sent waiting;
    private boolean applying;
    private long heardMs;
    private boolean over;

    @SuppressWarnings("ArrayRecordComponent")
    private record Sent(String hash, byte[] json) {}

    Session(
            Connector connector,
            Loop loop,
            Approach approach,
            ConfigInForce inForce,
            Authorities authorities,
            Reporting reporting) {
        this.connector = connector;
        this.loop = loop;
        this.approach = approach;
        this.inForce = inForce;
        this.authorities = authorities;
        this.reporting = reporting;
    }

    void begin(Dialer dialer, InetAddress to, String with) {
        address = to;
        token = with;
        heardMs = loop.nowMs();
        loop.after(SILENCE_MS, this::listenForSilence);
        stream = dialer.dial(to, with, authorities.pems(), this);
    }

    private void listenForSilence() {
        if (over) {
            return;
        }
        long silentMs = loop.nowMs() - heardMs;
        if (silentMs >= SILENCE_MS) {
            drop("the operator has been silent for " + SILENCE_MS / 1_000 + " s");
        } else {
            loop.after(SILENCE_MS - silentMs, this::listenForSilence);
        }
    }

    @Override
    public void opened() {
        connector.connected(address);
    }

    @Override
    public void received(byte[] chunk) {
        heardMs = loop.nowMs();
        try {
            lines.feed(chunk);
        } catch (MalformedFrameException e) {
            drop(e.getMessage());
        }
    }

    @Override
    public void refused(Dialer.Refusal refusal) {
        if (!over) {
            over = true;
            reporting.closed(this);
            connector.refused(refusal);
        }
    }

    @Override
    public void ended(String reason) {
        drop(reason);
    }

    private void drop(String reason) {
        if (!over) {
            close();
            connector.failed(reason);
        }
    }

    @Override
    public void hello(String newId) {
        id = newId;
    }

    @Override
    public void ping() {
        connector.proven();
    }

    @Override
    public void bye(String reason) {
        if (!over) {
            close();
            connector.saidBye(reason);
        }
    }

    @Override
    public void trust(String caBundle) {
        if (!over) {
            connector.offLoop(() -> authorities.take(caBundle));
        }
    }

    @Override
    public void config(String hash, byte[] json) {
        if (over) {
            return;
        }
        if (id == null) {
            drop("a configuration came before the stream said its name");
            return;
        }
        waiting = new Sent(hash, json);
        applyNext();
    }

    private void applyNext() {
        if (over || applying || waiting == null) {
            return;
        }
        applying = true;
        var sent = waiting;
        waiting = null;
        connector.offLoop(() -> {
            boolean fresh = !inForce.is(sent.hash());
            var verdict = inForce.take(sent.hash(), sent.json());
            var now = currentToken();
            loop.execute(() -> judged(verdict, now));
            // After the acknowledgement is on its way: somebody waits for that.
            if (fresh && verdict.applied()) {
                inForce.keep(sent.hash(), sent.json());
            }
        });
    }

    private String currentToken() {
        try {
            return approach.token();
        } catch (IOException e) {
            return null;
        }
    }

    private void judged(Verdict verdict, String current) {
        applying = false;
        if (!verdict.applied()) {
            LOG.atWarn()
                    .addKeyValue("hash", verdict.hash())
                    .addKeyValue("path", verdict.path())
                    .addKeyValue("message", verdict.message())
                    .log("config refused, the one before stays in force");
        }
        if (over) {
            return;
        }
        if (current != null) {
            token = current;
        }
        boolean first = latestAck == null;
        latestAck = verdict.on(id);
        ackedAgain = false;
        stream.ack(latestAck, token, authorities.pems());
        if (first) {
            reporting.opened(this);
        } else if (verdict.applied()) {
            reporting.configured();
        }
        applyNext();
    }

    @Override
    public String stream() {
        return id;
    }

    @Override
    public void post(byte[] report, Dialer.Answer answer) {
        if (!over) {
            stream.report(report, token, authorities.pems(), answer);
        }
    }

    @Override
    public void ackFailed(int status, String reason) {
        if (over) {
            return;
        }
        if (status >= 400 && status < 500) {
            // The stream is unknown there, or has been told something newer meanwhile: that will be acknowledged, too.
            LOG.atWarn()
                    .addKeyValue("status", status)
                    .addKeyValue("reason", reason)
                    .log("acknowledgement refused");
        } else if (ackedAgain) {
            drop("acknowledgements do not arrive: " + reason);
        } else {
            ackedAgain = true;
            var again = latestAck;
            loop.after(ACK_AGAIN_MS, () -> {
                if (!over && again.equals(latestAck)) {
                    stream.ack(again, token, authorities.pems());
                }
            });
        }
    }

    void close() {
        over = true;
        waiting = null;
        reporting.closed(this);
        if (stream != null) {
            stream.close();
        }
    }
}
