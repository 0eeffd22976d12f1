package dev.fairlead.operator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NamespacesTest {
    @Test
    void everyNamespaceCarriesItsName() {
        var namespaces = new Namespaces(Map.of("known", Map.of("tier", "gold")));
        assertThat(namespaces.labelsOf("known"))
                .containsOnly(Map.entry("tier", "gold"), Map.entry("kubernetes.io/metadata.name", "known"));
        assertThat(namespaces.labelsOf("other")).containsOnly(Map.entry("kubernetes.io/metadata.name", "other"));
    }

    @Test
    void nobodyBorrowsAnotherNamespacesName() {
        var namespaces = new Namespaces(Map.of("sly", Map.of(Namespaces.NAME_LABEL, "platform")));
        assertThat(namespaces.labelsOf("sly")).containsEntry(Namespaces.NAME_LABEL, "sly");
    }
}
