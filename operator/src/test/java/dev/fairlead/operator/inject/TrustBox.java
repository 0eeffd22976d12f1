package dev.fairlead.operator.inject;

import dev.fairlead.operator.trust.TrustMaterial;
import dev.fairlead.operator.trust.TrustSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Certificates as a test has them. */
final class TrustBox implements TrustSource {
    private final List<Consumer<TrustMaterial>> listeners = new CopyOnWriteArrayList<>();
    private volatile TrustMaterial current;

    void set(TrustMaterial material) {
        current = material;
        listeners.forEach(listener -> listener.accept(material));
    }

    @Override
    public Optional<TrustMaterial> current() {
        return Optional.ofNullable(current);
    }

    @Override
    public void onChange(Consumer<TrustMaterial> listener) {
        listeners.add(listener);
    }
}
