package dev.fairlead.operator.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InjectionSettingsTest {
    @Test
    void whatIsNotSaidHasADefault() {
        var environment = new HashMap<String, String>();
        environment.put("FAIRLEAD_NAMESPACE", "fairlead-system");
        environment.put("FAIRLEAD_SIDECAR_IMAGE", "registry.example/fairlead:1");
        environment.put("FAIRLEAD_SIDECAR_CPU_LIMIT", " ");
        var settings = InjectionSettings.fromEnvironment(environment::get);
        assertThat(settings.pullPolicy()).isEqualTo("IfNotPresent");
        assertThat(settings.acceptedImages()).isEmpty();
        assertThat(settings.records()).isFalse();
        assertThat(settings.size().cpuLimit()).isNull();
        assertThat(settings.size().memoryLimit()).isEqualTo(new Quantity("192Mi"));
        assertThat(settings.configAddress()).isEqualTo("fairlead-config.fairlead-system.svc:8443");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FAIRLEAD_NAMESPACE               |                 | FAIRLEAD_NAMESPACE is not set",
                "FAIRLEAD_SIDECAR_IMAGE           |                 | FAIRLEAD_SIDECAR_IMAGE is not set",
                "FAIRLEAD_SIDECAR_IMAGE           | an image        | 'an image' is no name of an image",
                "FAIRLEAD_SIDECAR_IMAGES_ACCEPTED | good,b@d        | 'b@d' is no name of an image",
                "FAIRLEAD_SIDECAR_PULL_POLICY     | Sometimes       | FAIRLEAD_SIDECAR_PULL_POLICY is 'Sometimes'",
                "FAIRLEAD_SIDECAR_RECORDS         | /tmp/calls      | FAIRLEAD_SIDECAR_RECORDS is '/tmp/calls': expected nothing, or -",
                "FAIRLEAD_SIDECAR_CPU_REQUEST     | much            | FAIRLEAD_SIDECAR_CPU_REQUEST is 'much'",
                "FAIRLEAD_SIDECAR_CPU_REQUEST     | 1m              | FAIRLEAD_SIDECAR_CPU_REQUEST is '1m'",
                "FAIRLEAD_SIDECAR_CPU_REQUEST     | 3               | FAIRLEAD_SIDECAR_CPU_MAX is '2': expected at least CPU_REQUEST, which is 3",
                "FAIRLEAD_SIDECAR_CPU_LIMIT       | 20m             | FAIRLEAD_SIDECAR_CPU_LIMIT is '20m'",
                "FAIRLEAD_SIDECAR_CPU_LIMIT       | 4               | FAIRLEAD_SIDECAR_CPU_MAX is '2'",
                "FAIRLEAD_SIDECAR_MEMORY_REQUEST  | 1Mi             | FAIRLEAD_SIDECAR_MEMORY_REQUEST is '1Mi'",
                "FAIRLEAD_SIDECAR_MEMORY_LIMIT    | 100Mi           | FAIRLEAD_SIDECAR_MEMORY_LIMIT is '100Mi'",
                "FAIRLEAD_SIDECAR_MEMORY_MAX      | 150Mi           | FAIRLEAD_SIDECAR_MEMORY_MAX is '150Mi'",
            })
    void whatCannotBeIsNamed(String variable, String value, String message) {
        var environment = new HashMap<>(Injection.ENVIRONMENT);
        environment.put(variable, value);
        assertThatThrownBy(() -> InjectionSettings.fromEnvironment(environment::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example/fairlead:1.2.3, true",
        "registry.example/fairlead:1.2.2, true",
        "registry.example/fairlead@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, true",
        "mirror.example/fairlead:1.2.3, true",
        "mirror.example/fairlead:1.2.2, false",
        "registry.example/fairlead/evil:1.2.3, false",
        "registry.example/fairlead-evil:1.2.3, false",
        "registry.example:5000/fairlead:1.2.3, false",
        "fairlead:1.2.3, false",
        "registry.example/fairlead:1.2.3 , true",
        "'registry.example/fairlead:1.2.3\n', false",
        "'', false",
        ", false",
    })
    void imagesAreThoseOfTheRepositoryAndThoseListed(String image, boolean accepted) {
        var environment = new HashMap<>(Injection.ENVIRONMENT);
        environment.put("FAIRLEAD_SIDECAR_IMAGES_ACCEPTED", "mirror.example/fairlead:1.2.3, other.example/x:1");
        assertThat(InjectionSettings.fromEnvironment(environment::get).accepts(image))
                .isEqualTo(accepted);
    }

    @Test
    void theDocumentationListsTheVariablesThatAreRead() throws IOException {
        var asked = new TreeSet<String>();
        InjectionSettings.fromEnvironment(name -> {
            asked.add(name);
            return Injection.ENVIRONMENT.get(name);
        });
        var listed = Files.readAllLines(Path.of("../docs/inject.md")).stream()
                .filter(line -> line.startsWith("| `FAIRLEAD_") && !line.startsWith("| `FAIRLEAD_URL"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(asked);
    }
}
