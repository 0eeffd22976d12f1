package dev.fairlead.operator.inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the volumes that are the sidecar's alone. */
final class VolumesEdit implements PodEdit {
    private final ObjectMapper json;
    private final List<Volume> volumes = new SidecarVolumes().all();

    VolumesEdit(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public List<PatchOperation> operations(Pod pod) {
        var present = pod.getSpec().getVolumes();
        if (present.isEmpty()) {
            return List.of(PatchOperation.add("/spec/volumes", json.valueToTree(volumes)));
        }
        var names = present.stream().map(Volume::getName).collect(Collectors.toSet());
        return volumes.stream()
                .filter(volume -> !names.contains(volume.getName()))
                .map(volume -> PatchOperation.add("/spec/volumes/-", json.valueToTree(volume)))
                .toList();
    }
}
