package dev.fairlead.sidecar.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlSettingsTest {
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void asInjectionWritesIt(@TempDir Path folder) {
        environment.put("FAIRLEAD_CONFIG_ADDRESS", "fairlead-config.fairlead-system.svc:8443");
        environment.put("FAIRLEAD_CA_BUNDLE", TestCertificates.get().pem("ca1"));
        environment.put("FAIRLEAD_TOKEN_FILE", "/var/run/fairlead/token/token");
        environment.put("FAIRLEAD_STATE_DIR", folder.toString());
        environment.put("FAIRLEAD_POD_IP", "10.1.2.3");
    }

    @Test
    void whatInjectionWritesIsEnough() {
        var settings = ControlSettings.of(environment::get);
        assertThat(settings.host()).isEqualTo("fairlead-config.fairlead-system.svc");
        assertThat(settings.port()).isEqualTo(8443);
        assertThat(settings.dataPort()).isEqualTo(15080);
        assertThat(settings.adminPort()).isEqualTo(15081);
        assertThat(settings.probePort()).isEqualTo(15021);
        assertThat(settings.records()).isNull();
        assertThat(settings.podName()).isNull();
    }

    @Test
    void anIpV6PodIsWelcome() {
        environment.put("FAIRLEAD_POD_IP", "fd00:10:244::5");
        assertThat(ControlSettings.of(environment::get).podIp()).isEqualTo("fd00:10:244::5");
    }

    @ParameterizedTest
    @CsvSource({
        "FAIRLEAD_CONFIG_ADDRESS",
        "FAIRLEAD_CA_BUNDLE",
        "FAIRLEAD_TOKEN_FILE",
        "FAIRLEAD_STATE_DIR",
        "FAIRLEAD_POD_IP"
    })
    void whatIsMissingIsNamed(String name) {
        environment.remove(name);
        assertThatThrownBy(() -> ControlSettings.of(environment::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + " is not set: injection writes it into the pod");
        environment.put(name, " ");
        assertThatThrownBy(() -> ControlSettings.of(environment::get)).hasMessageStartingWith(name + " is not set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FAIRLEAD_CONFIG_ADDRESS|fairlead-config|expected host:port",
                "FAIRLEAD_CONFIG_ADDRESS|host:0|expected host:port",
                "FAIRLEAD_CONFIG_ADDRESS|host:65536|expected host:port",
                "FAIRLEAD_CONFIG_ADDRESS|https://host:8443|expected host:port",
                "FAIRLEAD_CA_BUNDLE|none|holds no certificate",
                "FAIRLEAD_STATE_DIR|/no/such/folder|expected a folder that can be written",
                "FAIRLEAD_POD_IP|localhost|expected the pod's IP address",
                "FAIRLEAD_DATA_PORT|many|expected a port",
                "FAIRLEAD_PROBE_PORT|65536|expected a port",
            })
    void whatIsWrongIsNamedWithWhatWasExpected(String name, String value, String expected) {
        environment.put(name, value);
        assertThatThrownBy(() -> ControlSettings.of(environment::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " ")
                .hasMessageContaining(expected);
    }
}
