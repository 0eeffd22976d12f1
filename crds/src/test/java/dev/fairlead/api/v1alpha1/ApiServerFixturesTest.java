package dev.fairlead.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fixture against a real API server, as strict about unknown fields as kubectl is. */
@ExtendWith(ApiServerExtension.class)
class ApiServerFixturesTest {
    private final ApiServer server;

    ApiServerFixturesTest(ApiServer server) {
        this.server = server;
    }

    static List<Fixture> valid() {
        return Fixture.in("valid");
    }

    static List<Fixture> invalid() {
        return Fixture.in("invalid");
    }

    static List<Fixture> defaulted() {
        return Fixture.in("defaulted");
    }

    static Stream<Fixture> validUpdates() {
        return Fixture.in("valid-update").stream()
                .filter(fixture -> fixture.name().endsWith("/before"));
    }

    static Stream<Fixture> invalidUpdates() {
        return Fixture.in("invalid-update").stream()
                .filter(fixture -> fixture.name().endsWith("/before"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("valid")
    void acceptsAndAppliesTheDefaultsOfTheSchema(Fixture fixture) {
        var expected = new Defaults().apply(fixture.tree(), SchemaField.root(plural(fixture)));
        assertThat(spec(stored(fixture))).as(fixture.name()).isEqualTo(expected.path("spec"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defaulted")
    void storesTheShortManifestsAsWrittenOutInFull(Fixture inFull) {
        var fixture = valid().stream()
                .filter(candidate -> candidate.name().equals(inFull.name()))
                .findFirst()
                .orElseThrow();
        assertThat(spec(stored(fixture)))
                .as(fixture.name())
                .isEqualTo(inFull.tree().path("spec"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void refusesForTheExpectedReasonAlone(Fixture fixture) {
        assertRefused(
                fixture,
                () -> call(fixture.resource())
                        .fieldValidation(Validation.STRICT)
                        .create());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("validUpdates")
    void acceptsUpdate(Fixture before) {
        call(before.resource()).fieldValidation(Validation.STRICT).create();
        try {
            var after = after("valid-update", before);
            var expected = new Defaults().apply(after.tree(), SchemaField.root(plural(after)));
            assertThat(spec(call(after.resource())
                            .fieldValidation(Validation.STRICT)
                            .update()))
                    .as(after.name())
                    .isEqualTo(expected.path("spec"));
        } finally {
            call(before.resource()).delete();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidUpdates")
    void refusesUpdateForTheExpectedReasonAlone(Fixture before) {
        call(before.resource()).fieldValidation(Validation.STRICT).create();
        try {
            var after = after("invalid-update", before);
            assertRefused(
                    after,
                    () -> call(after.resource())
                            .fieldValidation(Validation.STRICT)
                            .update());
        } finally {
            call(before.resource()).delete();
        }
    }

    private static void assertRefused(Fixture fixture, Runnable call) {
        var refusal = catchThrowableOfType(KubernetesClientException.class, call::run);
        assertThat(refusal).as("%s was accepted", fixture.name()).isNotNull();
        if (fixture.expect().startsWith("unknown field")) {
            assertThat(refusal.getStatus().getMessage())
                    .as(fixture.name())
                    .endsWith("strict decoding error: " + fixture.expect());
            assertThat(fixture.expect()).contains('"' + fixture.at() + '"');
            return;
        }
        assertThat(refusal.getStatus().getDetails())
                .as("%s: %s", fixture.name(), refusal.getMessage())
                .isNotNull();
        assertThat(refusal.getStatus().getDetails().getCauses())
                .as(fixture.name())
                .filteredOn(cause -> !isNoteAboutRulesLeftOut(cause))
                .allSatisfy(cause -> assertThat(cause.getField()).isEqualTo(fixture.at()))
                .anySatisfy(cause -> assertThat(cause.getMessage()).contains(fixture.expect()));
        if (!fixture.hides().isEmpty()) {
            assertThat(refusal.getMessage()).as(fixture.name()).doesNotContain(fixture.hides());
        }
    }

    /** The server adds that it did not evaluate the rules of an object whose schema is violated. */
    private static boolean isNoteAboutRulesLeftOut(StatusCause cause) {
        return cause.getMessage().contains("some validation rules were not checked");
    }

    private static Fixture after(String folder, Fixture before) {
        var name = before.name().replace("/before", "/after");
        return Fixture.in(folder).stream()
                .filter(fixture -> fixture.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private GenericKubernetesResource stored(Fixture fixture) {
        try {
            call(fixture.resource()).fieldValidation(Validation.STRICT).create();
            return call(fixture.resource()).get();
        } finally {
            call(fixture.resource()).delete();
        }
    }

    private Resource<GenericKubernetesResource> call(GenericKubernetesResource resource) {
        var kind = resource.getKind();
        var context = new ResourceDefinitionContext.Builder()
                .withGroup("fairlead.dev")
                .withVersion("v1alpha1")
                .withKind(kind)
                .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(!kind.equals("Tenant"))
                .build();
        return server.client().genericKubernetesResources(context).resource(resource);
    }

    private static String plural(Fixture fixture) {
        return fixture.resource().getKind().toLowerCase(Locale.ROOT) + "s";
    }

    private JsonNode spec(GenericKubernetesResource resource) {
        var json = server.client().getKubernetesSerialization().asJson(resource);
        return server.client()
                .getKubernetesSerialization()
                .unmarshal(json, JsonNode.class)
                .path("spec");
    }
}
