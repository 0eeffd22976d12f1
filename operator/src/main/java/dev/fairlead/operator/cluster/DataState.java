package dev.fairlead.operator.cluster;

import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.LabelledSecret;
import java.util.List;
import java.util.Map;

/** What is known of a Secret or ConfigMap that is watched. */
sealed interface DataState {
    /** Nothing yet: the API server has been asked. */
    record Awaited() implements DataState {}

    /** The API server has said that there is none. */
    record Absent() implements DataState {}

    /** It was read; the entries say themselves where one is of no use. */
    record Present(Map<String, Entry> entries) implements DataState {
        public Present {
            entries = Map.copyOf(entries);
        }
    }

    /** What the labels select, all of it; nothing is such an answer, too. */
    record Selected(List<LabelledSecret> secrets) implements DataState {
        public Selected {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * It is there, but nothing of it may be used.
     *
     * @param message a clause that reads on after the object: {@code is of type ..}
     */
    record Unusable(String message) implements DataState {}

    /**
     * It cannot be read, or not now.
     *
     * @param message a clause that reads on after the object: {@code may not be read: ..}
     */
    record Unreadable(String message) implements DataState {}
}
