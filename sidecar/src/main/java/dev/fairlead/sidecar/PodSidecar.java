package dev.fairlead.sidecar;

import dev.fairlead.sidecar.control.ControlClient;
import dev.fairlead.sidecar.control.ControlSettings;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sidecar in a pod: the data plane, its probes on the pod's address, and the client that keeps it in step. */
final class PodSidecar implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PodSidecar.class);
    private static final String LOCALHOST = "127.0.0.1";
    private static final long DRAIN_MS = 30_000;

    private final Sidecar sidecar;
    private final ControlClient control;

    private PodSidecar(Sidecar sidecar, ControlClient control) {
        this.sidecar = sidecar;
        this.control = control;
    }

    /**
     * Serves what was last known to be good, then asks an operator; that none answers is no failure.
     *
     * @throws IOException when an address cannot be listened on or the records' file cannot be opened
     */
    static PodSidecar start(ControlSettings settings, UnaryOperator<String> environment) throws IOException {
        var options = new SidecarOptions(
                LOCALHOST,
                settings.dataPort(),
                LOCALHOST,
                settings.adminPort(),
                1,
                settings.records(),
                settings.podName(),
                DRAIN_MS,
                environment);
        var carryover = ControlClient.carryover(settings);
        var sidecar = Sidecar.start(options, carryover);
        var control = new ControlClient(
                settings, sidecar.vertx(), sidecar.aside(), sidecar.codec(), sidecar::apply, sidecar.fleet());
        boolean restored = control.restore();
        carryover.begun();
        int probes = sidecar.listenForProbes(settings.podIp(), settings.probePort());
        control.start();
        LOG.atInfo()
                .addKeyValue("data", sidecar.dataPort())
                .addKeyValue("admin", sidecar.adminPort())
                .addKeyValue("probes", probes)
                .addKeyValue("lastKnownGood", restored)
                .log("sidecar started");
        return new PodSidecar(sidecar, control);
    }

    /** No news any more, then as {@link Sidecar#close}. */
    @Override
    public void close() {
        LOG.atInfo().log("sidecar drains");
        control.close();
        sidecar.close();
        LOG.atInfo().log("sidecar ended");
    }
}
