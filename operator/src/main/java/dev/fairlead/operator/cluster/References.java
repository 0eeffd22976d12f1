package dev.fairlead.operator.cluster;

import dev.fairlead.api.v1alpha1.CaBundleRef;
import dev.fairlead.api.v1alpha1.Coordination;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.PoolKey;
import dev.fairlead.api.v1alpha1.Provider;
import dev.fairlead.api.v1alpha1.ProviderTls;
import dev.fairlead.api.v1alpha1.Proxy;
import dev.fairlead.api.v1alpha1.Redis;
import dev.fairlead.api.v1alpha1.SecretKeyRef;
import dev.fairlead.api.v1alpha1.SecretRef;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a KeyPool names: everything that its compilation will ask for. Pure. */
final class References {
    /** All of them lie in the namespace of the pool. */
    Set<DataRef> of(KeyPool pool) {
        var found = new LinkedHashSet<DataRef>();
        var spec = pool.getSpec();
        if (spec == null) {
            return found;
        }
        String namespace = pool.getMetadata().getNamespace();
        spec.getKeys().stream()
                .filter(Objects::nonNull)
                .map(PoolKey::getSecretRef)
                .filter(Objects::nonNull)
                .map(SecretKeyRef::getName)
                .forEach(name -> add(found, DataRef.Kind.SECRET, namespace, name));
        Optional.ofNullable(spec.getKeySelector())
                .flatMap(SelectorText::of)
                .ifPresent(selector -> add(found, DataRef.Kind.SELECTION, namespace, selector));
        Optional.ofNullable(spec.getCoordination())
                .map(Coordination::getRedis)
                .map(Redis::getSecretRef)
                .map(SecretRef::getName)
                .ifPresent(name -> add(found, DataRef.Kind.SECRET, namespace, name));
        Optional.ofNullable(spec.getProxy())
                .map(Proxy::getSecretRef)
                .map(SecretRef::getName)
                .ifPresent(name -> add(found, DataRef.Kind.SECRET, namespace, name));
        Optional.ofNullable(spec.getProvider())
                .map(Provider::getTls)
                .map(ProviderTls::getCaBundleRef)
                .ifPresent(bundle -> add(found, kind(bundle), namespace, bundle.getName()));
        return found;
    }

    private static DataRef.Kind kind(CaBundleRef bundle) {
        return "Secret".equals(bundle.getKind()) ? DataRef.Kind.SECRET : DataRef.Kind.CONFIG_MAP;
    }

    private static void add(Set<DataRef> found, DataRef.Kind kind, String namespace, String name) {
        if (name != null && !name.isBlank()) {
            found.add(new DataRef(kind, namespace, name));
        }
    }
}
