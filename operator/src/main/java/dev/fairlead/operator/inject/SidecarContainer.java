package dev.fairlead.operator.inject;

import dev.fairlead.sidecar.control.ControlEnvironment;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/** The container that injection writes. What an API server would add by default is written out, so that it compares equal. */
final class SidecarContainer {
    static final List<String> COMMAND = List.of("java", "@/fairlead/sidecar.args");

    /** Where records go: the root file system is read-only, and no other container reads the sidecar's volumes. */
    static final String STANDARD_OUTPUT = "-";

    /** That of the image; said here too, because a pod may choose another (or root) for all its containers. */
    private static final long USER = 65532;

    private final InjectionSettings settings;

    SidecarContainer(InjectionSettings settings) {
        this.settings = settings;
    }

    Container with(String caBundle, ResourceRequirements resources) {
        return new ContainerBuilder()
                .withName(InjectionNames.CONTAINER)
                .withImage(settings.image())
                .withImagePullPolicy(settings.pullPolicy())
                .withCommand(COMMAND)
                .withRestartPolicy(InjectionNames.ALWAYS)
                .withEnv(env(caBundle))
                .withResources(resources)
                .withSecurityContext(restricted())
                .withStartupProbe(probe("/readyz", 1, 120, 2))
                .withReadinessProbe(probe("/readyz", 5, 3, 2))
                .withLivenessProbe(probe("/healthz", 10, 3, 5))
                .withVolumeMounts(mounts())
                .withTerminationMessagePath("/dev/termination-log")
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .build();
    }

    List<EnvVar> env(String caBundle) {
        var env = new ArrayList<>(List.of(
                variable(ControlEnvironment.CONFIG_ADDRESS, settings.configAddress()),
                variable(ControlEnvironment.CA_BUNDLE, caBundle),
                variable(ControlEnvironment.TOKEN_FILE, InjectionNames.TOKEN_MOUNT + "/" + SidecarVolumes.TOKEN_PATH),
                variable(ControlEnvironment.STATE_DIR, InjectionNames.STATE_MOUNT),
                field(ControlEnvironment.POD_IP, "status.podIP")));
        if (settings.records()) {
            env.addAll(recordsEnv());
        }
        return env;
    }

    /** What comes behind it in a pod that was injected while records were on. */
    static List<EnvVar> recordsEnv() {
        return List.of(
                field(ControlEnvironment.POD_NAME, "metadata.name"),
                variable(ControlEnvironment.RECORDS, STANDARD_OUTPUT));
    }

    List<VolumeMount> mounts() {
        return List.of(
                new VolumeMountBuilder()
                        .withName(InjectionNames.TOKEN_VOLUME)
                        .withMountPath(InjectionNames.TOKEN_MOUNT)
                        .withReadOnly(true)
                        .build(),
                new VolumeMountBuilder()
                        .withName(InjectionNames.STATE_VOLUME)
                        .withMountPath(InjectionNames.STATE_MOUNT)
                        .build());
    }

    private static EnvVar field(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef("v1", path)
                .endValueFrom()
                .build();
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    /** What Pod Security "restricted" asks for, and a root file system that nobody writes to. */
    private static SecurityContext restricted() {
        return new SecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    /** On the pod's address: a kubelet cannot reach its localhost. */
    private static Probe probe(String path, int periodSeconds, int failures, int timeoutSeconds) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(ControlEnvironment.PROBE_PORT)
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withFailureThreshold(failures)
                .withSuccessThreshold(1)
                .withTimeoutSeconds(timeoutSeconds)
                .build();
    }
}
