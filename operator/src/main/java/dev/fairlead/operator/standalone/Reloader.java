package dev.fairlead.operator.standalone;

import dev.fairlead.operator.manifest.Manifests;
import dev.fairlead.sidecar.config.ConfigException;
import dev.fairlead.sidecar.config.SidecarConfig;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Brings what is written in a folder to a sidecar, each time it is told that something has changed. What it has to say is said
 * once: a finding that is still there after the next change is not repeated. For one thread.
 */
final class Reloader {
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    private final Supplier<Manifests> read;
    private final FolderCompiler compiler;
    private final ConfigTarget target;
    private Admitted admitted;
    private SidecarConfig inForce;
    private Set<Issue> said;
    private List<String> keptBefore = List.of();

    /** @param first what has been applied, and said, already */
    Reloader(Supplier<Manifests> read, FolderCompiler compiler, ConfigTarget target, FolderResult first) {
        this.read = read;
        this.compiler = compiler;
        this.target = target;
        this.admitted = first.admitted();
        this.inForce = first.config();
        this.said = Set.copyOf(first.issues());
    }

    void reload() {
        var reading = read.get();
        var result = compiler.compile(admitted.after(reading), reading);
        admitted = result.admitted();
        say(result);
        if (!result.config().equals(inForce)) {
            apply(result.config());
        }
    }

    private void apply(SidecarConfig config) {
        try {
            target.apply(config);
            inForce = config;
        } catch (ConfigException e) {
            LOG.atError()
                    .addKeyValue("problem", e.getMessage())
                    .log("configuration refused by the sidecar, the one before stays in force");
        }
    }

    private void say(FolderResult result) {
        for (var issue : result.issues()) {
            if (!said.contains(issue)) {
                log(issue);
            }
        }
        said = Set.copyOf(result.issues());
        var kept = result.admitted().kept();
        if (!kept.isEmpty() && !kept.equals(keptBefore)) {
            LOG.atWarn()
                    .addKeyValue("objects", String.join(", ", kept))
                    .log("kept as they were, as what is written cannot be used");
        }
        keptBefore = kept;
    }

    private static void log(Issue issue) {
        var event = with(issue).addKeyValue("at", issue.source());
        if (!issue.object().isEmpty()) {
            event = event.addKeyValue("object", issue.object());
        }
        if (!issue.path().isEmpty()) {
            event = event.addKeyValue("path", issue.path());
        }
        event.addKeyValue("message", issue.message()).log("manifest finding");
    }

    private static LoggingEventBuilder with(Issue issue) {
        return switch (issue.severity()) {
            case ERROR -> LOG.atError();
            case WARNING -> LOG.atWarn();
            case INFO -> LOG.atInfo();
        };
    }
}
