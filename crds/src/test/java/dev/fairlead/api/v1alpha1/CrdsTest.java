package dev.fairlead.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CrdsTest {
    @Test
    void offersOneCrdForEachKind() {
        assertThat(Crds.plurals())
                .containsExactlyElementsOf(
                        CrdGeneration.KINDS.stream().map(HasMetadata::getPlural).toList());
        assertThat(Crds.yaml()).hasSameSizeAs(Crds.plurals());
        for (var kind : CrdGeneration.KINDS) {
            assertThat(Crds.yaml(HasMetadata.getPlural(kind)))
                    .contains("name: " + CustomResource.getCRDName(kind) + "\n")
                    .contains("kind: " + kind.getSimpleName() + "\n");
        }
    }

    @Test
    void streamsTheSameBytes() throws IOException {
        try (var stream = Crds.open("tenants")) {
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(Crds.yaml("tenants"));
        }
    }

    @Test
    void namesTheKindsWhenAskedForAnother() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Crds.yaml("tenant"))
                .withMessage("no CRD has the plural 'tenant'; there are [airoutes, keypools, subscriptions, tenants]");
    }
}
