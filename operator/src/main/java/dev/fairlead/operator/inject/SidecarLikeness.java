package dev.fairlead.operator.inject;

import dev.fairlead.sidecar.control.ControlEnvironment;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether a container is what injection writes, as far as it decides what runs in it and who else gets at its files.
 * Resources, probes' times and the like may differ: others adjust them for good reasons.
 */
final class SidecarLikeness {
    /** Where the API server itself mounts its own token into every container, ours included. */
    private static final String API_TOKEN_MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static final String API_TOKEN_VOLUME = "kube-api-access-";

    private final InjectionSettings settings;
    private final SidecarContainer written;
    private final Predicate<String> issuedBundle;

    /** @param issuedBundle whether a CA bundle is one of ours */
    SidecarLikeness(InjectionSettings settings, Predicate<String> issuedBundle) {
        this.settings = settings;
        this.written = new SidecarContainer(settings);
        this.issuedBundle = issuedBundle;
    }

    /** How it differs, without any value of its environment or command: what is no sidecar may hold keys there. */
    Optional<String> objection(Container container) {
        if (!settings.accepts(container.getImage())) {
            return Optional.of("its image is '" + container.getImage() + "', expected '" + settings.image()
                    + "', another tag of that repository, or a listed one");
        }
        if (!InjectionNames.ALWAYS.equals(container.getRestartPolicy())) {
            return Optional.of("its restartPolicy is not Always");
        }
        return unless(
                        container.getCommand().equals(SidecarContainer.COMMAND),
                        "its command is not " + SidecarContainer.COMMAND)
                .or(() -> unless(container.getArgs().isEmpty(), "it has args, expected none"))
                .or(() -> envObjection(container.getEnv()))
                .or(() -> unless(container.getEnvFrom().isEmpty(), "it has envFrom, expected none"))
                .or(() -> unless(
                        mountNames(written.mounts()).equals(mountNames(ours(container))),
                        "it mounts the volumes " + mountNames(ours(container)) + ", expected "
                                + mountNames(written.mounts())))
                .or(() -> unless(
                        new HashSet<>(written.mounts()).equals(new HashSet<>(ours(container))),
                        "it mounts its volumes with other paths or options than injection writes"))
                .or(() -> unless(container.getVolumeDevices().isEmpty(), "it has volumeDevices, expected none"))
                .or(() -> unless(container.getLifecycle() == null, "it has lifecycle hooks, expected none"))
                .or(() -> unless(
                        container.getWorkingDir() == null
                                || container.getWorkingDir().isEmpty(),
                        "it has a workingDir, expected none"))
                .or(() -> unless(
                        probes(container).allMatch(probe -> probe.getExec() == null),
                        "a probe of it runs a command, expected none"));
    }

    /** Records may be on or off, whatever they are now: pods live longer than settings. */
    private Optional<String> envObjection(List<EnvVar> actual) {
        var names = names(actual);
        var expected = new ArrayList<>(written.env(""));
        expected.removeAll(SidecarContainer.recordsEnv());
        SidecarContainer.recordsEnv().stream()
                .filter(variable -> names.contains(variable.getName()))
                .forEach(expected::add);
        if (!names.equals(names(expected))) {
            return Optional.of("its env has the names " + names + ", expected " + names(expected));
        }
        for (int i = 0; i < actual.size(); i++) {
            var variable = actual.get(i);
            boolean same = variable.getName().equals(ControlEnvironment.CA_BUNDLE)
                    ? variable.getValueFrom() == null && issuedBundle.test(Objects.toString(variable.getValue(), ""))
                    : variable.equals(expected.get(i));
            if (!same) {
                return Optional.of("its env has a value of " + variable.getName() + " that is not Fairlead's");
            }
        }
        return Optional.empty();
    }

    private static List<String> names(List<EnvVar> env) {
        return env.stream().map(EnvVar::getName).toList();
    }

    private static List<VolumeMount> ours(Container container) {
        return container.getVolumeMounts().stream()
                .filter(mount -> !isApiToken(mount))
                .toList();
    }

    private static boolean isApiToken(VolumeMount mount) {
        return API_TOKEN_MOUNT.equals(mount.getMountPath())
                && mount.getName() != null
                && mount.getName().startsWith(API_TOKEN_VOLUME)
                && Boolean.TRUE.equals(mount.getReadOnly());
    }

    private static List<String> mountNames(List<VolumeMount> mounts) {
        var names = new ArrayList<>(mounts.stream().map(VolumeMount::getName).toList());
        names.sort(null);
        return names;
    }

    private static Stream<Probe> probes(Container container) {
        return Stream.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())
                .filter(Objects::nonNull);
    }

    private static Optional<String> unless(boolean fine, String otherwise) {
        return fine ? Optional.empty() : Optional.of(otherwise);
    }
}
