package dev.fairlead.operator.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;

/** Who comes first among objects of one kind: the older, then by namespace and name. */
final class OldestFirst implements Comparator<HasMetadata> {
    private static final Comparator<String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());
    private static final Comparator<HasMetadata> ORDER = Comparator.comparing(OldestFirst::created)
            .thenComparing(object -> object.getMetadata().getNamespace(), TEXT)
            .thenComparing(object -> object.getMetadata().getName(), TEXT);

    @Override
    public int compare(HasMetadata one, HasMetadata other) {
        return ORDER.compare(one, other);
    }

    /** Objects that never were in a cluster have no time: they come after those that were. */
    private static Instant created(HasMetadata object) {
        String stamp = object.getMetadata().getCreationTimestamp();
        try {
            return stamp == null ? Instant.MAX : OffsetDateTime.parse(stamp).toInstant();
        } catch (DateTimeException e) {
            return Instant.MAX;
        }
    }
}
