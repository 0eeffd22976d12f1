package dev.fairlead.sidecar.provider;

/** A response's headers, whatever holds them. */
@FunctionalInterface
public interface HeaderLookup {
    /** No headers. */
    HeaderLookup NONE = name -> null;

    /**
     * The first value of a header.
     *
     * @param name lower case; the lookup ignores case
     * @return {@code null} when absent
     */
    String get(String name);
}
