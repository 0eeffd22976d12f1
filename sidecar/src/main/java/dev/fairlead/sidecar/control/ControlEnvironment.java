package dev.fairlead.sidecar.control;

/** The environment of a sidecar in a pod: what injection writes and the sidecar's entry point reads. */
public final class ControlEnvironment {
    /** {@code host:port} of the configuration stream, for example {@code fairlead-config.fairlead-system.svc:8443}. */
    public static final String CONFIG_ADDRESS = "FAIRLEAD_CONFIG_ADDRESS";

    /** PEM certificates that the configuration stream is verified with; the host name is that of the address. */
    public static final String CA_BUNDLE = "FAIRLEAD_CA_BUNDLE";

    /** Path of the projected ServiceAccount token of audience {@link #AUDIENCE}. */
    public static final String TOKEN_FILE = "FAIRLEAD_TOKEN_FILE";

    /** Folder on a tmpfs for the last-known-good configuration and the latest CA bundle. */
    public static final String STATE_DIR = "FAIRLEAD_STATE_DIR";

    /** The pod's address (downward API), where {@value #PROBE_PORT} listens. */
    public static final String POD_IP = "FAIRLEAD_POD_IP";

    /** Optional: how much is logged; debug, info, warn or error. */
    public static final String LOG = "FAIRLEAD_LOG";

    /** Optional: where call records go as JSON lines; a file's path, or {@code -} for standard output. */
    public static final String RECORDS = "FAIRLEAD_RECORDS";

    /** Optional: the pod's name (downward API), by which call records say which sidecar they are of. */
    public static final String POD_NAME = "FAIRLEAD_POD_NAME";

    /** Optional: another port than {@value #DATA_PORT_DEFAULT} for calls; 0 picks one. Injection never writes it. */
    public static final String DATA_PORT = "FAIRLEAD_DATA_PORT";

    /** Optional: another port than {@value #ADMIN_PORT_DEFAULT} for the admin pages; 0 picks one. Injection never writes it. */
    public static final String ADMIN_PORT = "FAIRLEAD_ADMIN_PORT";

    /** Optional: another port than {@value #PROBE_PORT} for probes; 0 picks one. Injection never writes it. */
    public static final String PROBES_PORT = "FAIRLEAD_PROBE_PORT";

    /** The audience of tokens that the configuration stream takes. */
    public static final String AUDIENCE = "fairlead.dev/config";

    /** Where calls are taken, on 127.0.0.1. */
    public static final int DATA_PORT_DEFAULT = 15080;

    /** Where the admin pages are, on 127.0.0.1. */
    public static final int ADMIN_PORT_DEFAULT = 15081;

    /** Where {@code /healthz}, {@code /readyz} and {@code /metrics} are served on the pod's address. */
    public static final int PROBE_PORT = 15021;

    private ControlEnvironment() {}
}
