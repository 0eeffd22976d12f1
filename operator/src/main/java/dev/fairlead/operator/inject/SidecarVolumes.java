package dev.fairlead.operator.inject;

import dev.fairlead.sidecar.control.ControlEnvironment;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;

/** The volumes that injection writes, what an API server would add by default included. */
final class SidecarVolumes {
    static final String TOKEN_PATH = "token";

    static final int COUNT = 2;

    private static final long TOKEN_SECONDS = 3600;
    private static final int READABLE = 0644;

    List<Volume> all() {
        return List.of(token(), state());
    }

    /** A kubelet narrows the mode by itself where the pod has an fsGroup, or one user for all its containers. */
    private static Volume token() {
        return new VolumeBuilder()
                .withName(InjectionNames.TOKEN_VOLUME)
                .withNewProjected()
                .withDefaultMode(READABLE)
                .addNewSource()
                .withNewServiceAccountToken(ControlEnvironment.AUDIENCE, TOKEN_SECONDS, TOKEN_PATH)
                .endSource()
                .endProjected()
                .build();
    }

    private static Volume state() {
        return new VolumeBuilder()
                .withName(InjectionNames.STATE_VOLUME)
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(new Quantity("64Mi"))
                .endEmptyDir()
                .build();
    }
}
