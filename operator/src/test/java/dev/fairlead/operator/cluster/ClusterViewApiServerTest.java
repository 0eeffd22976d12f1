package dev.fairlead.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.LabelledSecret;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.SecretSearch;
import dev.fairlead.operator.world.World;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a real API server decides: rights, types of Secrets, connections that end. */
@ExtendWith(ApiServerExtension.class)
class ClusterViewApiServerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String READABLE = "view-readable";
    private static final String FORBIDDEN = "view-forbidden";
    private static final String OPERATOR = "view-operator";

    private final KubernetesClient admin;
    private final Config config;
    private KubernetesClient client;
    private ClusterView view;
    private Relay relay;

    ClusterViewApiServerTest(ApiServer server) {
        admin = server.client();
        config = server.config();
    }

    @BeforeEach
    void connect() throws IOException {
        for (String name : new String[] {READABLE, FORBIDDEN}) {
            admin.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .serverSideApply();
        }
        grantWatching();
        grantSecrets(READABLE);
        var address = URI.create(config.getMasterUrl());
        relay = new Relay(address.getPort());
        config.setMasterUrl("https://127.0.0.1:" + relay.port() + "/");
        config.setImpersonateUsername("system:serviceaccount:" + READABLE + ":" + OPERATOR);
        config.setWatchReconnectInterval(200);
        client = ClusterClient.connect(config);
        view = new ClusterView(client, Set.of(READABLE, FORBIDDEN));
        view.start();
    }

    private void grantWatching() {
        admin.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(OPERATOR)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("", "fairlead.dev")
                        .withResources("namespaces", "pods", "keypools", "airoutes", "tenants", "subscriptions")
                        .withVerbs("get", "list", "watch")
                        .endRule()
                        .build())
                .serverSideApply();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(OPERATOR)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", OPERATOR)
                        .addNewSubject("", "ServiceAccount", OPERATOR, READABLE)
                        .build())
                .serverSideApply();
    }

    private void grantSecrets(String namespace) {
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(OPERATOR)
                        .withNamespace(namespace)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("secrets", "configmaps")
                        .withVerbs("get", "list", "watch")
                        .endRule()
                        .build())
                .serverSideApply();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(OPERATOR)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", OPERATOR)
                        .addNewSubject("", "ServiceAccount", OPERATOR, READABLE)
                        .build())
                .serverSideApply();
    }

    @AfterEach
    void close() {
        view.close();
        client.close();
        relay.close();
        for (String namespace : new String[] {READABLE, FORBIDDEN}) {
            admin.resources(dev.fairlead.api.v1alpha1.KeyPool.class)
                    .inNamespace(namespace)
                    .delete();
            admin.secrets().inNamespace(namespace).delete();
        }
        admin.rbac().roleBindings().inNamespace(FORBIDDEN).withName(OPERATOR).delete();
        admin.rbac().roles().inNamespace(FORBIDDEN).withName(OPERATOR).delete();
        admin.rbac().clusterRoleBindings().withName(OPERATOR).delete();
        admin.rbac().clusterRoles().withName(OPERATOR).delete();
    }

    private static Entry key(World world, String namespace) {
        return world.secrets().find(namespace, "keys", "api-key");
    }

    private static Reason reason(Entry entry) {
        return ((Entry.Missing) entry).reason();
    }

    private static boolean knows(World world, String namespace, String pool) {
        return world.keyPools().stream()
                .anyMatch(one -> ObjectRef.of(one).equals(new ObjectRef("KeyPool", namespace, pool)));
    }

    private void apply(String namespace, String key) {
        admin.resource(Pools.secret(namespace, "keys", key)).serverSideApply();
    }

    @Test
    void aSecretThatMayNotBeReadStopsNothingAndIsReadWhenItMay() throws InterruptedException {
        apply(FORBIDDEN, "sk-hidden");
        admin.resource(Pools.pool(FORBIDDEN, "openai", "keys")).create();
        apply(READABLE, "sk-1");
        admin.resource(Pools.pool(READABLE, "openai", "keys")).create();

        assertThat(view.awaitSync(LONG)).isTrue();
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(key(view.world(), READABLE)).isEqualTo(new Entry.Value("sk-1"));
            assertThat(key(view.world(), FORBIDDEN)).isInstanceOfSatisfying(Entry.Missing.class, missing -> {
                assertThat(missing.reason()).isEqualTo(Reason.SECRETS_NOT_READABLE);
                assertThat(missing.message())
                        .contains("(403)", "--set 'keyNamespaces={" + FORBIDDEN + "," + READABLE + "}'");
            });
            assertThat(knows(view.world(), FORBIDDEN, "openai")).isTrue();
        });

        grantSecrets(FORBIDDEN);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(key(view.world(), FORBIDDEN)).isEqualTo(new Entry.Value("sk-hidden")));
    }

    @Test
    void aRotatedKeyIsSeenAndADeletedOneIsMissed() throws InterruptedException {
        apply(READABLE, "sk-1");
        admin.resource(Pools.pool(READABLE, "openai", "keys")).create();
        assertThat(view.awaitSync(LONG)).isTrue();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(key(view.world(), READABLE)).isEqualTo(new Entry.Value("sk-1")));

        apply(READABLE, "sk-2");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(key(view.world(), READABLE)).isEqualTo(new Entry.Value("sk-2")));

        admin.secrets().inNamespace(READABLE).withName("keys").delete();
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(reason(key(view.world(), READABLE))).isEqualTo(Reason.SECRET_NOT_FOUND));

        admin.resource(new SecretBuilder(Pools.secret(READABLE, "keys", "x"))
                        .withType("example.com/other")
                        .build())
                .create();
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(reason(key(view.world(), READABLE))).isEqualTo(Reason.SECRET_INVALID));
    }

    @Test
    void whatLabelsSelectIsFoundAsItComesAndGoesAndNothingElseIs() throws InterruptedException {
        create("one", "sk-1", "openai", "Opaque");
        create("other", "sk-2", "anthropic", "Opaque");
        create("token", "sk-3", "openai", "example.com/token");
        admin.resource(selecting(READABLE, "openai")).create();
        view.close();
        view = new ClusterView(client, Set.of(READABLE));
        view.start();
        assertThat(view.awaitSync(LONG)).isTrue();
        assertThat(found(view.world(), READABLE))
                .as("the first world that is compiled has all of them")
                .containsExactlyEntriesOf(Map.of("one", new Entry.Value("sk-1")));
        assertThat(view.watchedData()).as("one watch for all of them").isEqualTo(1);

        create("two", "sk-4", "openai", "Opaque");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(found(view.world(), READABLE)).containsOnlyKeys("one", "two"));

        admin.resource(labelled("one", "sk-5", "openai", "Opaque")).update();
        admin.secrets().inNamespace(READABLE).withName("two").delete();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(found(view.world(), READABLE))
                        .containsExactlyEntriesOf(Map.of("one", new Entry.Value("sk-5"))));

        admin.resource(labelled("one", "sk-5", "anthropic", "Opaque")).update();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(found(view.world(), READABLE)).isEmpty());
    }

    @Test
    void whereNobodyMayLookTheSelectionSaysWhatMendsIt() throws InterruptedException {
        admin.resource(selecting(FORBIDDEN, "openai")).create();
        assertThat(view.awaitSync(LONG)).isTrue();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(view.world().secrets().search(FORBIDDEN, selector("openai")))
                        .isInstanceOfSatisfying(SecretSearch.Refused.class, refused -> {
                            assertThat(refused.reason()).isEqualTo(Reason.SECRETS_NOT_READABLE);
                            assertThat(refused.message()).contains("fairlead.dev/pool=openai", "(403)");
                        }));
        assertThat(view.world().secrets().search("elsewhere", selector("openai")))
                .isInstanceOf(SecretSearch.Refused.class);

        grantSecrets(FORBIDDEN);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(found(view.world(), FORBIDDEN)).isEmpty());
    }

    private static LabelSelector selector(String pool) {
        return new LabelSelectorBuilder()
                .addToMatchLabels("fairlead.dev/pool", pool)
                .build();
    }

    private static dev.fairlead.api.v1alpha1.KeyPool selecting(String namespace, String label) {
        var pool = Pools.pool(namespace, "selecting", "unused");
        pool.getSpec().setKeys(List.of());
        pool.getSpec().setKeySelector(selector(label));
        return pool;
    }

    private void create(String name, String key, String label, String type) {
        admin.resource(labelled(name, key, label, type)).create();
    }

    private static Secret labelled(String name, String key, String label, String type) {
        return new SecretBuilder(Pools.secret(READABLE, name, key))
                .editMetadata()
                .addToLabels("fairlead.dev/pool", label)
                .endMetadata()
                .withType(type)
                .build();
    }

    private static Map<String, Entry> found(World world, String namespace) {
        var search = world.secrets().search(namespace, selector("openai"));
        assertThat(search).isInstanceOf(SecretSearch.Found.class);
        return ((SecretSearch.Found) search)
                .secrets().stream().collect(Collectors.toMap(LabelledSecret::name, LabelledSecret::key));
    }

    @Test
    void aPoolOfAsManyKeysAsItMayHaveIsReadWholeAtOnce() throws InterruptedException {
        var pool = Pools.pool(READABLE, "openai", "keys");
        pool.getSpec()
                .setKeys(IntStream.range(0, 256)
                        .mapToObj(i -> Pools.key("k" + i, "keys-" + i))
                        .toList());
        for (int i = 0; i < 256; i++) {
            admin.resource(Pools.secret(READABLE, "keys-" + i, "sk-" + i)).create();
        }
        admin.resource(pool).create();
        view.close();
        view = new ClusterView(client, Set.of(READABLE));
        view.start();

        assertThat(view.awaitSync(LONG)).isTrue();
        var world = view.world();
        assertThat(knows(world, READABLE, "openai")).isTrue();
        assertThat(IntStream.range(0, 256).mapToObj(i -> world.secrets().find(READABLE, "keys-" + i, "api-key")))
                .allMatch(Entry.Value.class::isInstance);
        assertThat(view.watchedData()).isEqualTo(256);

        admin.resource(Pools.secret(READABLE, "keys-255", "sk-new")).update();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(view.world().secrets().find(READABLE, "keys-255", "api-key"))
                        .isEqualTo(new Entry.Value("sk-new")));
    }

    @Test
    void connectionsThatEndAreMadeAgainAndWhatWasKnownStays() throws InterruptedException {
        apply(READABLE, "sk-1");
        admin.resource(Pools.pool(READABLE, "openai", "keys")).create();
        assertThat(view.awaitSync(LONG)).isTrue();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(key(view.world(), READABLE)).isEqualTo(new Entry.Value("sk-1")));

        relay.cut(false);
        apply(READABLE, "sk-2");
        admin.resource(Pools.pool(READABLE, "second", "keys")).create();
        assertThat(key(view.world(), READABLE)).isEqualTo(new Entry.Value("sk-1"));
        assertThat(view.hasSynced()).isTrue();

        relay.cut(true);
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(key(view.world(), READABLE)).isEqualTo(new Entry.Value("sk-2"));
            assertThat(knows(view.world(), READABLE, "second")).isTrue();
        });
    }

    @Test
    void anApiServerThatIsNotThereYetIsWaitedFor() throws InterruptedException {
        view.close();
        relay.cut(false);
        view = new ClusterView(client, Set.of(READABLE));
        view.start();
        assertThat(view.awaitSync(Duration.ofMillis(500))).isFalse();

        relay.cut(true);
        assertThat(view.awaitSync(LONG)).isTrue();
    }
}
