package dev.fairlead.operator.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.Subscription;
import dev.fairlead.api.v1alpha1.Tenant;
import dev.fairlead.operator.manifest.ManifestObject;
import dev.fairlead.operator.world.Namespaces;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.operator.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns admitted manifests into the world that a compiler reads. */
public final class ManifestWorld {
    private final ObjectMapper beans = new ObjectMapper();

    /** The world of these manifests, for these workloads. */
    public World of(Admitted admitted, List<Workload> workloads) {
        return new World(
                beans(admitted, "KeyPool", KeyPool.class),
                beans(admitted, "AIRoute", AIRoute.class),
                beans(admitted, "Tenant", Tenant.class),
                beans(admitted, "Subscription", Subscription.class),
                new FolderSecrets(admitted),
                (namespace, name, key) -> admitted.readingOf(new ObjectRef("ConfigMap", namespace, name))
                        .configMaps()
                        .find(namespace, name, key),
                namespaces(admitted),
                admitted.refused(),
                workloads);
    }

    private <T> List<T> beans(Admitted admitted, String kind, Class<T> type) {
        return admitted.ofKind(kind).stream().map(object -> bean(object, type)).toList();
    }

    private <T> T bean(ManifestObject object, Class<T> type) {
        try {
            return beans.treeToValue(object.body(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    object + " has passed its schema, but " + type.getSimpleName() + " cannot hold it", e);
        }
    }

    private static Namespaces namespaces(Admitted admitted) {
        var labels = new HashMap<String, Map<String, String>>();
        for (var namespace : admitted.ofKind("Namespace")) {
            labels.put(
                    namespace.ref().name(), FolderSecrets.texts(namespace.body().at("/metadata/labels")));
        }
        return new Namespaces(labels);
    }
}
