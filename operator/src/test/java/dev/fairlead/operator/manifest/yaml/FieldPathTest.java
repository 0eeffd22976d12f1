package dev.fairlead.operator.manifest.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldPathTest {
    @Test
    void isWrittenAsKubernetesWritesIt() {
        var path = FieldPath.of("spec", "models")
                .index(0)
                .field("targets")
                .index(12)
                .field("keyPoolRef");

        assertThat(path).hasToString("spec.models[0].targets[12].keyPoolRef");
        assertThat(FieldPath.of("metadata", "labels").key("a.b/c")).hasToString("metadata.labels[a.b/c]");
        assertThat(FieldPath.ROOT).hasToString("");
    }

    @Test
    void isReadBackFromWhatWasWritten() {
        for (var text : new String[] {"spec.models[0].targets[12].keyPoolRef", "metadata.labels[a.b/c]", "spec", ""}) {
            assertThat(FieldPath.parse(text)).hasToString(text);
        }
        assertThat(FieldPath.parse("spec.keys[3].name"))
                .isEqualTo(FieldPath.of("spec", "keys").index(3).field("name"));
    }

    @Test
    void goesOnWithAnotherPath() {
        var models = FieldPath.of("spec", "models");

        assertThat(models.then(FieldPath.ROOT.index(1).field("name"))).hasToString("spec.models[1].name");
        assertThat(models.parent()).contains(FieldPath.of("spec"));
        assertThat(FieldPath.ROOT.parent()).isEmpty();
        assertThat(FieldPath.ROOT.isRoot()).isTrue();
    }
}
