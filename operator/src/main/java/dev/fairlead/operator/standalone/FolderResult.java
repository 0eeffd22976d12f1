package dev.fairlead.operator.standalone;

import dev.fairlead.operator.world.Severity;
import dev.fairlead.sidecar.config.SidecarConfig;
import java.util.List;

/**
 * What a folder of manifests comes to.
 *
 * @param admitted the objects that count
 * @param config for the workload
 * @param issues what there is to say, in the order of files and lines
 */
public record FolderResult(Admitted admitted, SidecarConfig config, List<Issue> issues) {
    public FolderResult {
        issues = List.copyOf(issues);
    }

    /** Whether something that was written has no effect. */
    public boolean hasErrors() {
        return issues.stream().anyMatch(issue -> issue.severity() == Severity.ERROR);
    }

    /** Whether a sidecar with this configuration could answer any call with more than a shrug. */
    public boolean isUsable() {
        return config.refusal() != null || !config.routes().isEmpty();
    }
}
