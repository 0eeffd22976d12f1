package dev.fairlead.operator.world;

import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;

/** Where the entries of Secrets, or of ConfigMaps, are found. Answers from memory: it neither blocks nor fails. */
@FunctionalInterface
public interface EntryLookup {
    /** One entry of one object: its text, or why there is none. */
    Entry find(String namespace, String name, String key);

    /**
     * The Secrets of a namespace whose labels match, and perhaps others. None where nobody looks by labels, as for ConfigMaps.
     *
     * @param selector not empty
     */
    default SecretSearch search(String namespace, LabelSelector selector) {
        return new SecretSearch.Found(List.of());
    }
}
