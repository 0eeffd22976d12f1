package dev.fairlead.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.Tenant;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterClientTest {
    private final KubernetesSerialization serialization = ClusterClient.serialization();

    private KeyPool pool(String spec) {
        return serialization.unmarshal(
                "{\"apiVersion\":\"fairlead.dev/v1alpha1\",\"kind\":\"KeyPool\",\"metadata\":{\"name\":\"p\",\"namespace\":\"n\"},"
                        + "\"spec\":" + spec + "}",
                KeyPool.class);
    }

    @Test
    void fieldsOfALaterVersionAreSkipped() {
        var pool = pool("""
                {"provider": {"type": "OpenAI", "region": {"name": "eu"}}, "sharding": [1, 2],
                 "keys": [{"name": "a", "secretRef": {"name": "s", "key": "k", "vault": true}}]}""");

        assertThat(pool.getSpec().getKeys().get(0).getSecretRef().getName()).isEqualTo("s");
        assertThat(Unreadable.in(pool)).isEmpty();
    }

    @Test
    void aWordWhereANumberIsExpectedIsLeftOutAndRemembered() {
        var pool = pool("""
                {"keys": [{"name": "a", "weight": 2}, {"name": "b", "weight": "high"}]}""");

        assertThat(pool.getSpec().getKeys().get(0).getWeight()).isEqualTo(2);
        assertThat(pool.getSpec().getKeys().get(1).getWeight()).isNull();
        assertThat(pool.getSpec().getKeys().get(1).getName()).isEqualTo("b");
        assertThat(Unreadable.in(pool)).containsExactly("spec.keys[1].weight");
    }

    @Test
    void aFractionIsNoWholeNumber() {
        var pool = pool("""
                {"keys": [{"name": "a", "weight": 0.5}]}""");

        assertThat(pool.getSpec().getKeys().get(0).getWeight()).isNull();
        assertThat(Unreadable.in(pool)).containsExactly("spec.keys[0].weight");
    }

    @Test
    void anObjectWhereATextIsExpectedAndATextWhereAnObjectIs() {
        var pool = pool("""
                {"provider": {"type": {"name": "OpenAI"}}, "auth": "None", "coolDown": [1]}""");

        assertThat(pool.getSpec().getProvider().getType()).isNull();
        assertThat(pool.getSpec().getAuth()).isNull();
        assertThat(pool.getSpec().getCoolDown()).isNull();
        assertThat(Unreadable.in(pool)).containsExactlyInAnyOrder("spec.provider.type", "spec.auth", "spec.coolDown");
    }

    @Test
    void aTextWhereAListIsExpectedLeavesTheListEmpty() {
        var route = serialization.unmarshal(
                "{\"metadata\":{\"name\":\"r\",\"namespace\":\"n\"},\"spec\":{\"models\":\"all\",\"limits\":{\"a\":1},"
                        + "\"endpoints\":[\"Models\",{\"name\":\"x\"}]}}",
                AIRoute.class);

        assertThat(route.getSpec().getModels()).isEmpty();
        assertThat(route.getSpec().getLimits()).isEmpty();
        assertThat(route.getSpec().getEndpoints()).containsExactly("Models", null);
        assertThat(Unreadable.in(route)).containsExactlyInAnyOrder("spec.models", "spec.limits", "spec.endpoints[1]");
    }

    @Test
    void aSpecOfAnotherKindAltogetherIsNone() {
        var pool = pool("[1, 2]");

        assertThat(pool.getSpec()).isNull();
        assertThat(Unreadable.in(pool)).containsExactly("spec");
    }

    @Test
    void moreForeignValuesThanAnyoneCouldMeanMakeTheWholeSpecUnreadable() {
        var pool = pool(IntStream.range(0, 200)
                .mapToObj(i -> "{\"name\":\"k" + i + "\",\"weight\":\"high\"}")
                .collect(Collectors.joining(",", "{\"keys\":[", "]}")));

        assertThat(pool.getSpec()).isNull();
        assertThat(Unreadable.in(pool)).containsExactly("spec");
    }

    @Test
    void aForeignStatusIsNobodysBusiness() {
        var tenant = serialization.unmarshal(
                "{\"metadata\":{\"name\":\"t\"},\"spec\":{\"suspended\":true},\"status\":{\"conditions\":\"many\"}}",
                Tenant.class);

        assertThat(tenant.getStatus()).isNull();
        assertThat(tenant.getSpec().getSuspended()).isTrue();
        assertThat(Unreadable.in(tenant)).isEmpty();
    }

    @Test
    void whatAUserWritesInTheNoteCountsForNothing() {
        var tenant = serialization.unmarshal(
                "{\"metadata\":{\"name\":\"t\",\"annotations\":{\"fairlead.dev/unreadable-fields\":\"spec.suspended\",\"a\":\"b\"}},"
                        + "\"spec\":{}}",
                Tenant.class);

        assertThat(Unreadable.in(tenant)).isEmpty();
        assertThat(tenant.getMetadata().getAnnotations()).containsOnlyKeys("a");
    }

    @Test
    void oneForeignObjectDoesNotSpoilTheListThatItStandsIn() {
        var list = serialization.unmarshal("""
                {"apiVersion": "fairlead.dev/v1alpha1", "kind": "KeyPoolList", "metadata": {}, "items": [
                  {"metadata": {"name": "a", "namespace": "n"}, "spec": {"keys": [{"name": "k", "weight": {}}]}},
                  {"metadata": {"name": "b", "namespace": "n"}, "spec": {"keys": [{"name": "k", "weight": 3}]}}]}""", PoolList.class);

        assertThat(list.getItems()).hasSize(2);
        assertThat(Unreadable.in(list.getItems().get(0))).containsExactly("spec.keys[0].weight");
        assertThat(Unreadable.in(list.getItems().get(1))).isEmpty();
    }

    static final class PoolList extends DefaultKubernetesResourceList<KeyPool> {
        private static final long serialVersionUID = 1L;
    }
}
