package dev.fairlead.operator.world;

/** Where the entries of Secrets, or of ConfigMaps, are found. Answers from memory: it neither blocks nor fails. */
@FunctionalInterface
public interface EntryLookup {
    /** One entry of one object: its text, or why there is none. */
    Entry find(String namespace, String name, String key);
}
