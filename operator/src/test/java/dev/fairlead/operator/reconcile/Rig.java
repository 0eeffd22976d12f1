package dev.fairlead.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.Crds;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.Subscription;
import dev.fairlead.api.v1alpha1.Tenant;
import dev.fairlead.operator.allot.PoolStanding;
import dev.fairlead.operator.cluster.ClusterClient;
import dev.fairlead.operator.leader.Leadership;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.rollout.Rollout;
import dev.fairlead.operator.rollout.RolloutSource;
import dev.fairlead.operator.testing.ShippedRoles;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.KnownEntries;
import dev.fairlead.operator.world.Namespaces;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.World;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Reconcilers with the operator's shipped roles on a real API server. Rollouts come when a test says so, of the objects of its
 * own namespace and the Tenants that begin with its name.
 */
final class Rig implements AutoCloseable, RolloutSource, Acks, Leadership {
    private static final Duration GENEROUS = Duration.ofSeconds(60);

    final KubernetesClient client;
    final String namespace = "statuses-" + UUID.randomUUID().toString().substring(0, 8);
    /** Where the consumers are. */
    final String elsewhere = namespace + "-b";

    final Map<String, Map<String, Entry>> secrets = new ConcurrentHashMap<>();
    final Map<ObjectRef, AckSummary> acks = new ConcurrentHashMap<>();
    private final Map<ObjectRef, List<String>> gone = new ConcurrentHashMap<>();
    volatile boolean leader = true;

    private final KubernetesClient operator;
    private final Clock clock;
    private final List<Runnable> onRollout = new CopyOnWriteArrayList<>();
    private final List<Runnable> onAcks = new CopyOnWriteArrayList<>();
    private final List<Runnable> onStandings = new CopyOnWriteArrayList<>();
    private final List<Runnable> onGained = new CopyOnWriteArrayList<>();
    private final Events events;
    private volatile Rollout latest;
    private Reconcilers reconcilers;

    Rig(ApiServer server, Clock clock) {
        this.client = server.client();
        this.operator = ClusterClient.connect(ShippedRoles.apply(server).operator());
        this.clock = clock;
        this.events = new Events(operator, "operator-0", clock);
        for (var name : List.of(namespace, elsewhere)) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        secrets.put(namespace + "/keys", Map.of("a", new Entry.Value("sk-aaaa")));
    }

    Rig start() {
        reconcilers = new Reconcilers(operator, this, this, standings(), this, events, (kind, result) -> {}, clock);
        reconcilers.start();
        return this;
    }

    void stop() {
        if (reconcilers != null) {
            reconcilers.close();
            reconcilers = null;
        }
    }

    boolean healthy() {
        return reconcilers.problem() == null;
    }

    /** Compiles what the API server has now. */
    void roll() {
        var names = new TreeMap<String, Map<String, String>>();
        names.put(namespace, Map.of());
        names.put(elsewhere, Map.of());
        var world = new World(
                operator.resources(KeyPool.class).inNamespace(namespace).list().getItems(),
                operator.resources(AIRoute.class).inNamespace(namespace).list().getItems(),
                operator.resources(Tenant.class).list().getItems().stream()
                        .filter(tenant -> tenant.getMetadata().getName().startsWith(namespace))
                        .toList(),
                operator.resources(Subscription.class)
                        .inNamespace(elsewhere)
                        .list()
                        .getItems(),
                new KnownEntries(KnownEntries.Kind.SECRET, secrets),
                new KnownEntries(KnownEntries.Kind.CONFIG_MAP, Map.of()),
                new Namespaces(names),
                Set.of(),
                List.of());
        latest = Compiled.rollout(world, latest == null ? 1 : latest.number() + 1);
        onRollout.forEach(Runnable::run);
    }

    void ack(HasMetadata object, AckSummary summary) {
        acks.put(ObjectRef.of(object), summary);
        onAcks.forEach(Runnable::run);
    }

    /** What sidecars say of a pool from now on. */
    void gone(HasMetadata pool, String... models) {
        gone.put(ObjectRef.of(pool), List.of(models));
        onStandings.forEach(Runnable::run);
    }

    private Standings standings() {
        return new Standings() {
            @Override
            public PoolStanding of(ObjectRef pool) {
                var models = gone.getOrDefault(pool, List.of());
                return new PoolStanding(0, List.of(), 0, -1, -1, 0, models);
            }

            @Override
            public void onChange(Runnable listener) {
                onStandings.add(listener);
            }
        };
    }

    void gainLeadership() {
        leader = true;
        onGained.forEach(Runnable::run);
    }

    <R extends HasMetadata> R apply(Class<R> kind, String yaml) {
        var object = client.getKubernetesSerialization().unmarshal(yaml, kind);
        if (!(object instanceof Tenant)) {
            object.getMetadata().setNamespace(object instanceof Subscription ? elsewhere : namespace);
        }
        return client.resource(object).create();
    }

    /** Stores a KeyPool while the API server checks none, as if a later version had written it. */
    GenericKubernetesResource storeUnchecked(String yaml) {
        var serialization = client.getKubernetesSerialization();
        var crds = client.apiextensions().v1().customResourceDefinitions();
        var shipped = serialization.unmarshal(Crds.yaml("keypools"), CustomResourceDefinition.class);
        var lenient = new CustomResourceDefinitionBuilder(shipped).build();
        lenient.getSpec()
                .getVersions()
                .forEach(version -> version.getSchema()
                        .getOpenAPIV3Schema()
                        .getProperties()
                        .put(
                                "spec",
                                new JSONSchemaPropsBuilder()
                                        .withType("object")
                                        .withXKubernetesPreserveUnknownFields(true)
                                        .build()));
        var object = serialization.unmarshal(yaml, GenericKubernetesResource.class);
        try {
            crds.resource(lenient).update();
            await().atMost(GENEROUS)
                    .ignoreExceptions()
                    .until(() -> client.resource(object).create() != null);
        } finally {
            crds.resource(shipped).update();
        }
        return object;
    }

    KeyPool pool(String name, String secret) {
        return apply(KeyPool.class, """
                apiVersion: fairlead.dev/v1alpha1
                kind: KeyPool
                metadata: {name: %s}
                spec: {provider: {type: OpenAI}, keys: [{name: a, secretRef: {name: %s, key: a}}]}
                """.formatted(name, secret));
    }

    AIRoute route(String name, String pool, String access) {
        return apply(AIRoute.class, """
                apiVersion: fairlead.dev/v1alpha1
                kind: AIRoute
                metadata: {name: %s}
                spec:
                  models: [{name: gpt-4o, targets: [{name: main, keyPoolRef: {name: %s}}]}]
                  access: {mode: %s}
                """.formatted(name, pool, access));
    }

    Subscription subscription(String name, String route) {
        return apply(Subscription.class, """
                apiVersion: fairlead.dev/v1alpha1
                kind: Subscription
                metadata: {name: %s}
                spec: {routeRef: {name: %s, namespace: %s}}
                """.formatted(name, route, namespace));
    }

    Tenant tenant(String suffix) {
        return apply(Tenant.class, """
                apiVersion: fairlead.dev/v1alpha1
                kind: Tenant
                metadata: {name: %s-%s}
                spec: {namespaces: [%s, %s]}
                """.formatted(namespace, suffix, namespace, elsewhere));
    }

    <R extends HasMetadata> R now(R object) {
        return client.resource(object).get();
    }

    /** What {@code kubectl wait --for=condition=TYPE=STATUS} waits for. */
    <R extends CustomResource<?, ?>> R awaits(R object, ConditionType type, String said) {
        await().atMost(GENEROUS)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(Compiled.said(conditions(now(object)), type))
                        .as("%s of %s", type.text(), ObjectRef.of(object))
                        .isEqualTo(said));
        return now(object);
    }

    static List<Condition> conditions(CustomResource<?, ?> object) {
        var statuses = new ArrayList<Condition>();
        if (object instanceof KeyPool pool) {
            statuses.addAll(new KeyPoolStatuses(Clock.systemUTC(), Standings.NONE).conditionsOf(pool.getStatus()));
        } else if (object instanceof AIRoute route) {
            statuses.addAll(new AIRouteStatuses(Clock.systemUTC(), Standings.NONE).conditionsOf(route.getStatus()));
        } else if (object instanceof Tenant tenant) {
            statuses.addAll(new TenantStatuses(Clock.systemUTC()).conditionsOf(tenant.getStatus()));
        } else if (object instanceof Subscription subscription) {
            statuses.addAll(new SubscriptionStatuses(Clock.systemUTC()).conditionsOf(subscription.getStatus()));
        }
        return statuses;
    }

    /** Events about an object, as {@code type/reason}. */
    List<String> eventsOf(HasMetadata object) {
        return rawEventsOf(object).stream()
                .map(event -> event.getType() + "/" + event.getReason())
                .sorted()
                .toList();
    }

    List<Event> rawEventsOf(HasMetadata object) {
        String where = object.getMetadata().getNamespace();
        return client.v1().events().inNamespace(where == null ? "default" : where).list().getItems().stream()
                .filter(event -> object.getMetadata()
                        .getUid()
                        .equals(event.getInvolvedObject().getUid()))
                .toList();
    }

    /** The cells that {@code kubectl get} shows, by column; without AGE. */
    Map<String, String> row(String path, String name) {
        var http = client.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(client.getMasterUrl() + "apis/fairlead.dev/v1alpha1/" + path)
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .build();
        var table = client.getKubernetesSerialization()
                .unmarshal(http.sendAsync(request, String.class).join().body(), JsonNode.class);
        var cells = new TreeMap<String, String>();
        for (var row : table.path("rows")) {
            if (row.at("/cells/0").asText().equals(name)) {
                for (int i = 1; i < row.path("cells").size(); i++) {
                    cells.put(
                            table.path("columnDefinitions").path(i).path("name").asText(),
                            row.path("cells").path(i).asText());
                }
            }
        }
        cells.remove("AGE");
        return cells;
    }

    @Override
    public Optional<Rollout> latest() {
        return Optional.ofNullable(latest);
    }

    @Override
    public void onRollout(Runnable listener) {
        onRollout.add(listener);
    }

    @Override
    public AckSummary summaryOf(ObjectRef object) {
        return acks.getOrDefault(object, AckSummary.NONE);
    }

    @Override
    public void onChange(Runnable listener) {
        onAcks.add(listener);
    }

    @Override
    public boolean mayWrite() {
        return leader;
    }

    @Override
    public void onGained(Runnable listener) {
        onGained.add(listener);
    }

    @Override
    public void close() {
        stop();
        events.close();
        operator.close();
        client.resources(Tenant.class).list().getItems().stream()
                .filter(tenant -> tenant.getMetadata().getName().startsWith(namespace))
                .forEach(tenant -> client.resource(tenant).delete());
        for (var kind : List.of(KeyPool.class, AIRoute.class, Subscription.class)) {
            client.resources(kind).inNamespace(namespace).delete();
            client.resources(kind).inNamespace(elsewhere).delete();
        }
    }
}
