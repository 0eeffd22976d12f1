package dev.fairlead.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.AIRouteSpec;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.KeyPoolStatus;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class ClusterViewTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    KubernetesMockServer server;
    KubernetesClient user;

    private final AtomicInteger changes = new AtomicInteger();
    private KubernetesClient client;
    private ClusterView view;

    @BeforeEach
    void connect() {
        client = ClusterClient.connect(user.getConfiguration());
        view = new ClusterView(client, Set.of("team-a", "team-b"));
        view.onChange(() -> changes.incrementAndGet());
    }

    @AfterEach
    void close() {
        view.close();
        client.close();
    }

    private void start() throws InterruptedException {
        view.start();
        assertThat(view.awaitSync(LONG)).isTrue();
        assertThat(view.hasSynced()).isTrue();
        // Whoever waits may be quicker than the listener.
        await().atMost(LONG).untilAsserted(() -> assertThat(changes).hasValueGreaterThanOrEqualTo(1));
    }

    private void eventually(Consumer<World> check) {
        await().atMost(LONG).untilAsserted(() -> check.accept(view.world()));
    }

    private static Entry key(World world, String namespace, String secret) {
        return world.secrets().find(namespace, secret, "api-key");
    }

    private static Reason reason(Entry entry) {
        return ((Entry.Missing) entry).reason();
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("team-a")
                .withName(name)
                .withLabels(Map.of("fairlead.dev/injected", "true", "app", "chat"))
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("chat")
                .endSpec()
                .build();
    }

    private static AIRoute route(String name) {
        var route = new AIRoute();
        route.setMetadata(
                new ObjectMetaBuilder().withNamespace("team-a").withName(name).build());
        route.setSpec(new AIRouteSpec());
        return route;
    }

    @Test
    void whatIsThereBeforeTheStartIsThereWhenItHasSynced() throws InterruptedException {
        user.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("team-a")
                        .withLabels(Map.of("tier", "gold"))
                        .endMetadata()
                        .build())
                .create();
        user.resource(Pools.secret("team-a", "keys", "sk-1")).create();
        user.resource(Pools.pool("team-a", "openai", "keys")).create();
        user.resource(route("chat")).create();
        user.resource(pod("chat-0")).create();

        start();

        var world = view.world();
        assertThat(world.keyPools()).hasSize(1);
        assertThat(world.routes()).hasSize(1);
        assertThat(world.namespaces().labelsOf("team-a")).containsEntry("tier", "gold");
        assertThat(world.workloads()).hasSize(1);
        assertThat(key(world, "team-a", "keys")).isEqualTo(new Entry.Value("sk-1"));
        assertThat(changes).hasValueGreaterThanOrEqualTo(1);
    }

    @Test
    void aPoolMayComeBeforeItsSecretAndAnyOtherOrder() throws InterruptedException {
        start();

        user.resource(Pools.pool("team-a", "openai", "keys")).create();
        eventually(world -> {
            assertThat(world.keyPools()).hasSize(1);
            assertThat(reason(key(world, "team-a", "keys"))).isEqualTo(Reason.SECRET_NOT_FOUND);
        });

        user.resource(Pools.secret("team-a", "keys", "sk-1")).create();
        eventually(world -> assertThat(key(world, "team-a", "keys")).isEqualTo(new Entry.Value("sk-1")));
    }

    @Test
    void aRotatedKeyADeletedAndARecreatedSecretAreSeen() throws InterruptedException {
        user.resource(Pools.secret("team-a", "keys", "sk-1")).create();
        user.resource(Pools.pool("team-a", "openai", "keys")).create();
        start();

        int before = changes.get();
        user.resource(Pools.secret("team-a", "keys", "sk-2")).update();
        eventually(world -> assertThat(key(world, "team-a", "keys")).isEqualTo(new Entry.Value("sk-2")));
        await().atMost(LONG).untilAsserted(() -> assertThat(changes).hasValueGreaterThan(before));

        user.secrets().inNamespace("team-a").withName("keys").delete();
        eventually(world -> assertThat(reason(key(world, "team-a", "keys"))).isEqualTo(Reason.SECRET_NOT_FOUND));

        user.resource(Pools.secret("team-a", "keys", "sk-3")).create();
        eventually(world -> assertThat(key(world, "team-a", "keys")).isEqualTo(new Entry.Value("sk-3")));
    }

    @Test
    void secretsAreWatchedWhileAPoolNamesThemAndNoLonger() throws InterruptedException {
        user.resource(Pools.secret("team-a", "keys", "sk-1")).create();
        user.resource(Pools.secret("team-a", "others", "sk-2")).create();
        user.resource(Pools.pool("team-a", "openai", "keys")).create();
        user.resource(Pools.pool("team-a", "second", "keys")).create();
        start();
        assertThat(view.watchedData()).isEqualTo(1);

        user.resource(Pools.pool("team-a", "openai", "others")).update();
        eventually(world -> assertThat(key(world, "team-a", "others")).isEqualTo(new Entry.Value("sk-2")));
        assertThat(view.watchedData()).isEqualTo(2);

        user.resource(Pools.pool("team-a", "second", "others")).update();
        await().atMost(LONG).untilAsserted(() -> assertThat(view.watchedData()).isEqualTo(1));

        user.resources(KeyPool.class).inNamespace("team-a").delete();
        await().atMost(LONG).untilAsserted(() -> assertThat(view.watchedData()).isZero());
        eventually(world -> assertThat(world.keyPools()).isEmpty());
    }

    @Test
    void aPoolThatMovesToAnotherSecretIsNeverWithoutAKey() throws InterruptedException {
        user.resource(Pools.secret("team-a", "old", "sk-1")).create();
        user.resource(Pools.secret("team-a", "new", "sk-2")).create();
        user.resource(Pools.pool("team-a", "openai", "old")).create();
        start();
        view.world();

        user.resource(Pools.pool("team-a", "openai", "new")).update();

        eventually(world -> {
            String named = world.keyPools()
                    .get(0)
                    .getSpec()
                    .getKeys()
                    .get(0)
                    .getSecretRef()
                    .getName();
            assertThat(key(world, "team-a", named)).as(named).isInstanceOf(Entry.Value.class);
            assertThat(named).isEqualTo("new");
        });
    }

    @Test
    void aNamespaceWhoseSecretsMayNotBeReadIsNotAskedForAny() throws InterruptedException {
        user.resource(Pools.secret("elsewhere", "keys", "sk-1")).create();
        user.resource(Pools.pool("elsewhere", "openai", "keys")).create();
        start();

        assertThat(view.watchedData()).isZero();
        assertThat(reason(key(view.world(), "elsewhere", "keys"))).isEqualTo(Reason.SECRETS_NOT_READABLE);
    }

    @Test
    void aForeignSecretTypeIsSaid() throws InterruptedException {
        user.resource(new SecretBuilder(Pools.secret("team-a", "keys", "sk-1"))
                        .withType("kubernetes.io/tls")
                        .build())
                .create();
        user.resource(Pools.pool("team-a", "openai", "keys")).create();
        start();

        assertThat(reason(key(view.world(), "team-a", "keys"))).isEqualTo(Reason.SECRET_INVALID);
    }

    @Test
    void podsComeAndGoByTheirUid() throws InterruptedException {
        start();
        var created = user.resource(pod("chat-0")).create();
        String uid = created.getMetadata().getUid();

        await().atMost(LONG).untilAsserted(() -> assertThat(view.find(uid)).isPresent());
        assertThat(view.workloadOf(uid))
                .hasValueSatisfying(workload -> assertThat(workload.name()).isEqualTo("Pod/chat-0"));

        user.pods().inNamespace("team-a").withName("chat-0").delete();
        await().atMost(LONG).untilAsserted(() -> assertThat(view.find(uid)).isEmpty());
        eventually(world -> assertThat(world.workloads()).isEmpty());
    }

    @Test
    void statusesAndHeartbeatsAreNoChange() throws InterruptedException {
        user.resource(Pools.pool("elsewhere", "openai", "keys")).create();
        var created = user.resource(pod("chat-0")).create();
        start();
        int before = changes.get();

        user.resources(KeyPool.class)
                .inNamespace("elsewhere")
                .withName("openai")
                .editStatus(pool -> {
                    var status = new KeyPoolStatus();
                    status.setObservedGeneration(7L);
                    pool.setStatus(status);
                    return pool;
                });
        user.pods()
                .inNamespace("team-a")
                .withName("chat-0")
                .editStatus(pod -> new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase("Running")
                        .endStatus()
                        .build());
        // Both have been seen: this one comes after them.
        await().atMost(LONG)
                .until(() -> view.find(created.getMetadata().getUid())
                        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                        .isPresent());
        eventually(world -> assertThat(world.keyPools().get(0).getStatus()).isNotNull());

        assertThat(changes).hasValue(before);
    }

    @Test
    void anObjectOfALaterVersionIsKnownAsFarAsItCanBeRead() throws InterruptedException {
        create(raw("before", Map.of("provider", Map.of("type", "OpenAI"), "keys", "all")));
        start();
        create(raw("after", Map.of("provider", 7, "sharding", Map.of())));
        user.resource(Pools.pool("elsewhere", "normal", "keys")).create();

        eventually(world -> {
            assertThat(world.keyPools()).hasSize(3);
            assertThat(world.unreadable())
                    .containsOnly(
                            Map.entry(new ObjectRef("KeyPool", "elsewhere", "before"), List.of("spec.keys")),
                            Map.entry(new ObjectRef("KeyPool", "elsewhere", "after"), List.of("spec.provider")));
        });
    }

    private void create(GenericKubernetesResource raw) {
        user.genericKubernetesResources(CustomResourceDefinitionContext.fromCustomResourceType(KeyPool.class))
                .inNamespace("elsewhere")
                .resource(raw)
                .create();
    }

    private static GenericKubernetesResource raw(String name, Map<String, Object> spec) {
        var raw = new GenericKubernetesResource();
        raw.setApiVersion("fairlead.dev/v1alpha1");
        raw.setKind("KeyPool");
        raw.setMetadata(new ObjectMetaBuilder()
                .withNamespace("elsewhere")
                .withName(name)
                .build());
        raw.setAdditionalProperty("spec", spec);
        return raw;
    }
}
