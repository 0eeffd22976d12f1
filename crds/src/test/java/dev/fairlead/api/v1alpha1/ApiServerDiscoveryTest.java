package dev.fairlead.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code kubectl get} shows, asked of a real API server. */
@ExtendWith(ApiServerExtension.class)
class ApiServerDiscoveryTest {
    private final ApiServer server;

    ApiServerDiscoveryTest(ApiServer server) {
        this.server = server;
    }

    @Test
    void kindsHaveShortNamesThatNobodyElseUsesAndOneCategory() {
        var kinds = server.client().getApiResources("fairlead.dev/v1alpha1").getResources().stream()
                .filter(resource -> !resource.getName().contains("/"))
                .toList();
        assertThat(kinds)
                .extracting(APIResource::getKind, APIResource::getShortNames, APIResource::getNamespaced)
                .containsExactlyInAnyOrder(
                        tuple("AIRoute", List.of("airt"), true),
                        tuple("KeyPool", List.of("kpool"), true),
                        tuple("Subscription", List.of("aisub"), true),
                        tuple("Tenant", List.of("aitn"), false));
        assertThat(kinds).allSatisfy(kind -> assertThat(kind.getCategories()).containsExactly("fairlead"));
    }

    @Test
    void poolsShowTheirState() {
        var pool = create(KeyPool.class, "keypool-six-lines");
        var status = new KeyPoolStatus();
        var keys = new KeyCounts();
        keys.setTotal(5);
        keys.setAvailable(3);
        keys.setParked(1);
        keys.setInvalid(1);
        keys.setSummary("3/5");
        status.setKeys(keys);
        var parked = new KeyState();
        parked.setName("a");
        parked.setQuotaGroup("acct-a");
        parked.setState("Parked");
        parked.setReason("rate_limit");
        parked.setUntil("2026-12-31T00:00:00Z");
        parked.setFingerprint("0123456789ab");
        status.setKeyStates(List.of(parked));
        status.setNextReset("2026-12-31T00:00:00Z");
        status.setHeadroomPercent(40);
        status.setExhaustsIn("<10m");
        status.setSidecars("12/12");
        status.setObservedGeneration(1L);
        status.setConditions(List.of(condition("Ready", "True")));
        pool.setStatus(status);
        server.client().resource(pool).updateStatus();
        assertThat(row("namespaces/default/keypools", "openai"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "READY", "True",
                        "PROVIDER", "OpenAI",
                        "KEYS", "3/5",
                        "PARKED", "1",
                        "NEXT-RESET", "2026-12-31T00:00:00Z",
                        "HEADROOM", "40",
                        "EXHAUSTS-IN", "<10m",
                        "SIDECARS", "12/12"));
        assertThat(server.client().resource(pool).get().getStatus().getKeyStates())
                .containsExactly(parked);
        assertThat(columns("namespaces/default/keypools"))
                .containsExactly(
                        "Name",
                        "READY",
                        "PROVIDER",
                        "KEYS",
                        "PARKED",
                        "NEXT-RESET",
                        "HEADROOM",
                        "EXHAUSTS-IN",
                        "SIDECARS",
                        "AGE");
        server.client().resource(pool).delete();
    }

    @Test
    void routesShowTheirState() {
        var route = create(AIRoute.class, "airoute-ten-lines");
        var status = new AIRouteStatus();
        status.setModels(1);
        status.setTargets(3);
        status.setSidecars("7/8");
        status.setObservedGeneration(1L);
        status.setConditions(List.of(condition("Accepted", "True"), condition("Ready", "False")));
        route.setStatus(status);
        server.client().resource(route).updateStatus();
        assertThat(row("namespaces/default/airoutes", "chat"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "READY", "False", "MODELS", "1", "TARGETS", "3", "ACCESS", "Namespace", "SIDECARS", "7/8"));
        assertThat(columns("namespaces/default/airoutes"))
                .containsExactly("Name", "READY", "MODELS", "TARGETS", "ACCESS", "SIDECARS", "AGE");
        server.client().resource(route).delete();
    }

    @Test
    void tenantsShowTheirState() {
        var tenant = create(Tenant.class, "tenant-everything");
        var status = new TenantStatus();
        status.setNamespaces(2);
        status.setSubscriptions(3);
        status.setObservedGeneration(1L);
        status.setConditions(List.of(condition("Ready", "True")));
        tenant.setStatus(status);
        server.client().resource(tenant).updateStatus();
        assertThat(row("tenants", "everything"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("READY", "True", "NAMESPACES", "2", "SUBS", "3", "SUSPENDED", "true"));
        assertThat(columns("tenants")).containsExactly("Name", "READY", "NAMESPACES", "SUBS", "SUSPENDED", "AGE");
        server.client().resource(tenant).delete();
    }

    @Test
    void subscriptionsShowTheirStateAndAnEndThatLiesAhead() {
        var subscription = create(Subscription.class, "subscription-everything");
        var status = new SubscriptionStatus();
        status.setObservedGeneration(1L);
        status.setExpires("2026-12-31T00:00:00Z");
        status.setConditions(List.of(condition("Approved", "False"), condition("Ready", "True")));
        subscription.setStatus(status);
        server.client().resource(subscription).updateStatus();
        assertThat(row("namespaces/default/subscriptions", "everything"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ROUTE", "chat", "APPROVED", "False", "READY", "True", "EXPIRES", "2026-12-31T00:00:00Z"));
        assertThat(columns("namespaces/default/subscriptions"))
                .containsExactly("Name", "ROUTE", "APPROVED", "READY", "EXPIRES", "AGE");
        server.client().resource(subscription).delete();
    }

    private static Condition condition(String type, String status) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason("Tried")
                .withMessage("Set by a test.")
                .withObservedGeneration(1L)
                .withLastTransitionTime("2026-01-01T00:00:00Z")
                .build();
    }

    private <T extends CustomResource<?, ?>> T create(Class<T> kind, String fixture) {
        var text = Fixture.in("valid").stream()
                .filter(candidate -> candidate.name().equals(fixture))
                .findFirst()
                .orElseThrow()
                .text();
        return server.client()
                .resource(server.client().getKubernetesSerialization().unmarshal(text, kind))
                .create();
    }

    private List<String> columns(String path) {
        return table(path)
                .path("columnDefinitions")
                .valueStream()
                .map(column -> column.path("name").asText())
                .toList();
    }

    /** The cells of an object by column, without its name and age. */
    private Map<String, String> row(String path, String name) {
        var table = table(path);
        var columns = columns(path);
        var cells = new TreeMap<String, String>();
        for (var row : table.path("rows")) {
            if (row.at("/cells/0").asText().equals(name)) {
                for (int i = 1; i < columns.size() - 1; i++) {
                    cells.put(columns.get(i), row.path("cells").path(i).asText());
                }
            }
        }
        return cells;
    }

    private JsonNode table(String path) {
        var http = server.client().getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(server.client().getMasterUrl() + "apis/fairlead.dev/v1alpha1/" + path)
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .build();
        var body = http.sendAsync(request, String.class).join().body();
        return server.client().getKubernetesSerialization().unmarshal(body, JsonNode.class);
    }
}
