package dev.fairlead.sidecar;

import java.util.function.UnaryOperator;

/**
 * How a sidecar runs; what it serves is its configuration.
 *
 * @param listenHost address of the data port
 * @param listenPort 0 picks one
 * @param adminHost address of the admin port
 * @param adminPort 0 picks one
 * @param eventLoops threads for calls, at least 1
 * @param records where call records go as JSON lines: a file's path, {@code -} for standard output, {@code null} for nowhere
 * @param pod the pod's name, said in every record; {@code null} outside a cluster
 * @param drainTimeoutMs how long running calls may go on when the sidecar ends
 * @param environment the process's environment, for {@code HTTPS_PROXY} and {@code NO_PROXY}
 */
public record SidecarOptions(
        String listenHost,
        int listenPort,
        String adminHost,
        int adminPort,
        int eventLoops,
        String records,
        String pod,
        long drainTimeoutMs,
        UnaryOperator<String> environment) {

    /** Outside a cluster. */
    public SidecarOptions(
            String listenHost,
            int listenPort,
            String adminHost,
            int adminPort,
            int eventLoops,
            String records,
            long drainTimeoutMs,
            UnaryOperator<String> environment) {
        this(listenHost, listenPort, adminHost, adminPort, eventLoops, records, null, drainTimeoutMs, environment);
    }

    /** On localhost, on ports that are free, without records. */
    public static SidecarOptions onFreePorts() {
        return new SidecarOptions("127.0.0.1", 0, "127.0.0.1", 0, 1, null, 30_000, name -> null);
    }
}
