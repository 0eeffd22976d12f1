package dev.fairlead.operator.manifest;

/**
 * Which object.
 *
 * @param kind such as {@code KeyPool}
 * @param namespace empty if the kind has none, or it is not known
 * @param name empty if it is not known
 */
public record ObjectRef(String kind, String namespace, String name) {
    /** {@code KeyPool default/openai}, or {@code Tenant search} for what lives in no namespace. */
    @Override
    public String toString() {
        if (name.isEmpty()) {
            return kind;
        }
        return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
