package dev.fairlead.operator.manifest;

import dev.fairlead.operator.manifest.schema.Spelling;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides by {@code apiVersion} and {@code kind} what a document is. */
final class Recognition {
    private static final String KUSTOMIZE = "kustomize.config.k8s.io/";
    private static final Set<String> OTHER_CORE_KINDS = Set.of(
            "Binding",
            "ComponentStatus",
            "Endpoints",
            "Event",
            "LimitRange",
            "Node",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "Pod",
            "PodTemplate",
            "ReplicationController",
            "ResourceQuota",
            "Service",
            "ServiceAccount");

    private final Kinds kinds;

    Recognition(Kinds kinds) {
        this.kinds = kinds;
    }

    /** What a document is. */
    sealed interface Outcome {
        /** One of ours. */
        record Read(Kind kind) implements Outcome {}

        /** Somebody else's, and fine. */
        record Ignored(String message) implements Outcome {}

        /** No manifest at all, by design. */
        record Skipped() implements Outcome {}

        /** Nothing that an API server would know. */
        record Wrong(FieldPath path, String message) implements Outcome {}
    }

    Outcome of(RawObject object) {
        if (!object.value().isObject()) {
            return new Outcome.Wrong(
                    FieldPath.ROOT, "not a Kubernetes object: a mapping with apiVersion and kind is expected");
        }
        String apiVersion = object.text("apiVersion");
        String kind = object.text("kind");
        if (apiVersion.startsWith(KUSTOMIZE)) {
            return new Outcome.Skipped();
        }
        if (apiVersion.isEmpty()) {
            return new Outcome.Wrong(FieldPath.of("apiVersion"), "Required value" + hintForVersion(kind));
        }
        if (kind.isEmpty()) {
            return new Outcome.Wrong(FieldPath.of("kind"), "Required value");
        }
        return kinds.find(apiVersion, kind).<Outcome>map(Outcome.Read::new).orElseGet(() -> notOurs(apiVersion, kind));
    }

    private String hintForVersion(String kind) {
        return kinds.all().stream()
                .filter(known -> known.name().equals(kind))
                .findFirst()
                .map(known -> ": " + kind + " has apiVersion " + known.apiVersion())
                .orElse("");
    }

    private Outcome notOurs(String apiVersion, String kind) {
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        var groups = distinct(kinds.all().stream().map(Kind::group));
        if (groups.contains(group)) {
            return ofOurGroup(group, apiVersion, kind);
        }
        var named =
                kinds.all().stream().filter(known -> known.name().equals(kind)).toList();
        String meant = new Spelling(groups).hint(group);
        if (!named.isEmpty() && !group.isEmpty() && !meant.isEmpty()) {
            return new Outcome.Wrong(
                    FieldPath.of("apiVersion"),
                    "no matches for kind \"" + kind + "\" in group \"" + group + "\"" + meant);
        }
        return new Outcome.Ignored("ignored: " + kind + " of " + apiVersion + " has no meaning without a cluster");
    }

    private Outcome ofOurGroup(String group, String apiVersion, String kind) {
        var ours = kinds.all().stream()
                .filter(known -> known.group().equals(group))
                .toList();
        if (ours.stream().noneMatch(known -> known.apiVersion().equals(apiVersion))) {
            var named = kinds.all().stream()
                    .filter(known -> known.name().equals(kind))
                    .toList();
            var versions = distinct((named.isEmpty() ? ours : named).stream().map(Kind::apiVersion));
            return new Outcome.Wrong(
                    FieldPath.of("apiVersion"),
                    "no matches for kind \"" + kind + "\" in version \"" + apiVersion + "\"; known: "
                            + String.join(", ", versions));
        }
        if (group.isEmpty() && OTHER_CORE_KINDS.contains(kind)) {
            return new Outcome.Ignored("ignored: " + kind + " has no meaning without a cluster");
        }
        Set<String> names = new HashSet<>(distinct(ours.stream().map(Kind::name)));
        names.addAll(group.isEmpty() ? OTHER_CORE_KINDS : Set.of());
        String hint = new Spelling(names).hint(kind);
        return new Outcome.Wrong(
                FieldPath.of("kind"),
                "no matches for kind \"" + kind + "\" in version \"" + apiVersion + "\""
                        + (hint.isEmpty() ? "; known: " + sorted(ours) : hint));
    }

    private static String sorted(List<Kind> kinds) {
        return kinds.stream().map(Kind::name).sorted().collect(Collectors.joining(", "));
    }

    private static Collection<String> distinct(Stream<String> texts) {
        return texts.distinct().sorted().toList();
    }
}
