package dev.fairlead.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

class BeansTest {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "AIRoute", AIRoute.class,
            "KeyPool", KeyPool.class,
            "Subscription", Subscription.class,
            "Tenant", Tenant.class);

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    static List<Fixture> valid() {
        return Fixture.in("valid");
    }

    static List<Fixture> future() {
        return Fixture.in("future");
    }

    static Stream<Fixture> all() {
        return Stream.of("valid", "invalid", "valid-update", "invalid-update", "defaulted")
                .flatMap(folder -> Fixture.in(folder).stream());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void holdEverythingThatAManifestSays(Fixture fixture) {
        var written = SERIALIZATION.unmarshal(SERIALIZATION.asJson(decode(fixture)), JsonNode.class);
        assertThat(withoutEmptyLists(written)).as(fixture.name()).isEqualTo(withoutEmptyLists(fixture.tree()));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void areEqualWhenTheySayTheSame(Fixture fixture) {
        var one = decode(fixture);
        var other = decode(fixture);
        assertThat(spec(one))
                .as(fixture.name())
                .isEqualTo(spec(other))
                .hasSameHashCodeAs(spec(other))
                .hasToString(spec(other).toString());
    }

    @ParameterizedTest
    @MethodSource("future")
    void surviveFieldsAndValuesOfALaterVersion(Fixture fixture) {
        var resource = decode(fixture);
        assertThat(resource.getMetadata().getName()).as(fixture.name()).isEqualTo("future");
        assertThat(spec(resource)).as(fixture.name()).isNotNull();
    }

    @Test
    void keepTheUnknownValueForWhoeverReportsIt() {
        var pool = (KeyPool) decode(future("keypool"));
        assertThat(pool.getSpec().getProvider().getType()).isEqualTo("Quantum");
        assertThat(pool.getStatus().getKeys().getSummary()).isEqualTo("1/1");
        assertThat(pool.getStatus().getConditions().get(0).getStatus()).isEqualTo("Perhaps");
        var route = (AIRoute) decode(future("airoute"));
        assertThat(route.getSpec().getFallback().getWhen()).containsExactly("Boredom");
    }

    @Test
    void haveEmptyListsWhereAManifestHasNoneButKeepFallbackWhenApart() {
        var pool = SERIALIZATION.unmarshal("kind: KeyPool\nspec: {keys: null}", KeyPool.class);
        assertThat(pool.getSpec().getKeys()).isEmpty();
        assertThat(new AIRouteSpec().getModels()).isEmpty();
        assertThat(new Fallback().getWhen()).isNull();
        assertThat(SERIALIZATION.unmarshal("when: []", Fallback.class).getWhen())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void fixturesReadTheSameInYaml11AsInYaml12(Fixture fixture) {
        assertThat(SERIALIZATION.convertValue(new Yaml().load(fixture.text()), JsonNode.class))
                .as(fixture.name())
                .isEqualTo(fixture.tree());
    }

    private static Fixture future(String name) {
        return future().stream()
                .filter(fixture -> fixture.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private HasMetadata decode(Fixture fixture) {
        return SERIALIZATION.unmarshal(
                fixture.text(), KINDS.get(fixture.tree().path("kind").asText()));
    }

    private static Object spec(HasMetadata resource) {
        return ((CustomResource<?, ?>) resource).getSpec();
    }

    /** The beans do not tell an empty list from an absent one, except in fallback.when. */
    private static JsonNode withoutEmptyLists(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .removeIf(field -> field.getValue().isArray()
                            && field.getValue().isEmpty()
                            && !field.getKey().equals("when"));
        }
        node.forEach(BeansTest::withoutEmptyLists);
        return node;
    }
}
