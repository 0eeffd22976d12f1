package dev.fairlead.operator.serve;

import dev.fairlead.operator.trust.TrustMaterial;
import dev.fairlead.operator.trust.TrustSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Certificates that a test issues. */
public final class FakeTrust implements TrustSource {
    private final List<Consumer<TrustMaterial>> listeners = new CopyOnWriteArrayList<>();
    private volatile TrustMaterial material;

    public void set(TrustMaterial next) {
        material = next;
        listeners.forEach(listener -> listener.accept(next));
    }

    @Override
    public Optional<TrustMaterial> current() {
        return Optional.ofNullable(material);
    }

    @Override
    public void onChange(Consumer<TrustMaterial> listener) {
        listeners.add(listener);
    }
}
