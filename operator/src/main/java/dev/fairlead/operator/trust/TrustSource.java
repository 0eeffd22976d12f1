package dev.fairlead.operator.trust;

import java.util.Optional;
import java.util.function.Consumer;

/** Where the latest certificates are to be had. Safe on every thread. */
public interface TrustSource {
    /** The latest; empty until a leader has issued the first. */
    Optional<TrustMaterial> current();

    /**
     * PEM of the CAs that pods may carry: the current bundle and those that were trusted before. Nothing is to be verified with
     * it.
     */
    default String everIssued() {
        return current().map(TrustMaterial::caBundle).orElse("");
    }

    /** Calls {@code listener} with every new material; it must not block. */
    void onChange(Consumer<TrustMaterial> listener);
}
