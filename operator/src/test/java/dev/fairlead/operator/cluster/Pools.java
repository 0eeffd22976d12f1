package dev.fairlead.operator.cluster;

import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.KeyPoolSpec;
import dev.fairlead.api.v1alpha1.PoolKey;
import dev.fairlead.api.v1alpha1.Provider;
import dev.fairlead.api.v1alpha1.SecretKeyRef;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Pools of one key each, and the Secrets that hold them under {@code api-key}. */
final class Pools {
    private Pools() {}

    static KeyPool pool(String namespace, String name, String secret) {
        var provider = new Provider();
        provider.setType("OpenAI");
        var spec = new KeyPoolSpec();
        spec.setProvider(provider);
        spec.setKeys(List.of(key("one", secret)));
        var pool = new KeyPool();
        pool.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        pool.setSpec(spec);
        return pool;
    }

    static PoolKey key(String name, String secret) {
        var ref = new SecretKeyRef();
        ref.setName(secret);
        ref.setKey("api-key");
        var key = new PoolKey();
        key.setName(name);
        key.setSecretRef(ref);
        return key;
    }

    static Secret secret(String namespace, String name, String key) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withType("Opaque")
                .addToData("api-key", Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)))
                .build();
    }
}
