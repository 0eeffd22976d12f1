package dev.fairlead.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Store;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** An informer tells of its first list and of what comes after it on different threads. */
class DataWatchTest {
    private final List<Secret> stored = new ArrayList<>();
    private final CompletableFuture<Void> listed = new CompletableFuture<>();
    private final List<Supplier<DataState>> readings = new ArrayList<>();

    @Test
    void whoReadsLaterNeverReadsAnOlderState() {
        var ref = new DataRef(DataRef.Kind.SELECTION, "team-a", "pool=openai");
        var watch = new DataWatch<>(ref, informer(), new KeyNamespaces(Set.of("team-a")), readings::add);
        watch.start();
        listed.complete(null);
        var secret = secret();
        stored.add(secret);
        watch.onAdd(secret);

        assertThat(readings).hasSize(2);
        assertThat(names(readings.get(1))).containsExactly("found");
        assertThat(names(readings.get(0)))
                .as("called for the empty list, read last")
                .containsExactly("found");
    }

    private static List<String> names(Supplier<DataState> reading) {
        return ((DataState.Selected) reading.get())
                .secrets().stream().map(found -> found.name()).toList();
    }

    private static Secret secret() {
        var key = Base64.getEncoder().encodeToString("sk-1".getBytes(StandardCharsets.UTF_8));
        return new SecretBuilder()
                .withNewMetadata()
                .withName("found")
                .withNamespace("team-a")
                .endMetadata()
                .withType(DataDecoder.OPAQUE)
                .withData(Map.of("api-key", key))
                .build();
    }

    @SuppressWarnings("unchecked")
    private SharedIndexInformer<Secret> informer() {
        var store = (Store<Secret>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, args) -> List.copyOf(stored));
        return (SharedIndexInformer<Secret>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SharedIndexInformer.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "start" -> listed;
                    case "getStore" -> store;
                    default -> method.getReturnType().isInstance(proxy) ? proxy : null;
                });
    }
}
