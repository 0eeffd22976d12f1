package dev.fairlead.operator.world;

import java.util.Map;
import java.util.TreeMap;

/**
 * A Secret of type Opaque that is looked at for its labels. Of its annotations only ours are kept: others may repeat what the
 * Secret holds, as {@code kubectl apply} does.
 *
 * @param annotations those of {@code fairlead.dev}
 * @param key the entry {@link #ENTRY}, or why there is none
 */
public record LabelledSecret(
        String namespace, String name, Map<String, String> labels, Map<String, String> annotations, Entry key) {
    /** The entry that is the key. */
    public static final String ENTRY = "api-key";

    private static final String OURS = "fairlead.dev/";

    public LabelledSecret {
        labels = Map.copyOf(labels);
        var kept = new TreeMap<>(annotations);
        kept.keySet().removeIf(annotation -> !annotation.startsWith(OURS));
        annotations = Map.copyOf(kept);
    }
}
