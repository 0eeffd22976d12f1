package dev.fairlead.operator.world;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * One whose calls a sidecar carries. Authorisation uses namespace, ServiceAccount and labels; the name is for records.
 *
 * @param name the top controller as {@code Kind/name}
 * @param serviceAccount the ServiceAccount's name, {@code default} where none was chosen
 * @param labels the pod's labels
 */
public record Workload(String namespace, String name, String serviceAccount, Map<String, String> labels)
        implements Comparable<Workload> {

    private static final Comparator<Workload> ORDER = Comparator.comparing(Workload::namespace)
            .thenComparing(Workload::name)
            .thenComparing(Workload::serviceAccount)
            .thenComparing(workload -> new TreeMap<>(workload.labels()).toString());

    public Workload {
        labels = Map.copyOf(labels);
    }

    @Override
    public int compareTo(Workload other) {
        return ORDER.compare(this, other);
    }
}
