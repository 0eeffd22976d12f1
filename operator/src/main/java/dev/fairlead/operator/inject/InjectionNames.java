package dev.fairlead.operator.inject;

/** The names that injection reads from pods and writes into them: part of the API. */
public final class InjectionNames {
    /** Label of namespaces and pods: {@value #ENABLED} or {@value #DISABLED}. */
    public static final String INJECT_LABEL = "fairlead.dev/inject";

    /** Asks for a sidecar. */
    public static final String ENABLED = "enabled";

    /** Declines one; on a pod it beats its namespace. */
    public static final String DISABLED = "disabled";

    /** Label that injection writes, by which injected pods are watched. */
    public static final String INJECTED_LABEL = "fairlead.dev/injected";

    /** Annotation: CPU of this pod's sidecar. */
    public static final String CPU_ANNOTATION = "fairlead.dev/sidecar-cpu";

    /** Annotation: memory of this pod's sidecar. */
    public static final String MEMORY_ANNOTATION = "fairlead.dev/sidecar-memory";

    /** Annotation: {@value #SKIP} leaves the environment of the application's containers alone. */
    public static final String ENV_ANNOTATION = "fairlead.dev/env";

    /** The one value of {@link #ENV_ANNOTATION}. */
    public static final String SKIP = "skip";

    /** The sidecar's container. */
    public static final String CONTAINER = "fairlead";

    /** The volume with the sidecar's token. */
    public static final String TOKEN_VOLUME = "fairlead-token";

    /** The volume with the sidecar's last-known-good configuration. */
    public static final String STATE_VOLUME = "fairlead-state";

    static final String TOKEN_MOUNT = "/var/run/fairlead/token";
    static final String STATE_MOUNT = "/var/run/fairlead/state";
    static final String DEFAULT_CONTAINER_ANNOTATION = "kubectl.kubernetes.io/default-container";
    static final String MIRROR_ANNOTATION = "kubernetes.io/config.mirror";
    static final String ALWAYS = "Always";

    private InjectionNames() {}

    /** Whether a volume of that name is the sidecar's; {@code null} is nobody's. */
    static boolean isOurVolume(String name) {
        return TOKEN_VOLUME.equals(name) || STATE_VOLUME.equals(name);
    }
}
