package dev.fairlead.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigCodecTest {
    private final ConfigCodec codec = new ConfigCodec();

    private static final String POOL = "{\"namespace\":\"a\",\"name\":\"p\",\"provider\":\"OpenAI\","
            + "\"baseUrl\":\"https://api.example/v1\",\"keys\":[{\"name\":\"k\",\"group\":\"g\",\"weight\":1,"
            + "\"fingerprint\":\"abc\",\"secret\":\"sk-very-secret\"}],"
            + "\"proxy\":{\"host\":\"h\",\"port\":1,\"username\":\"u\",\"password\":\"proxy-secret\"}}";

    private SidecarConfig read(String json) throws ConfigException {
        return codec.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_is_written_reads_the_same() throws ConfigException {
        var config = read("{\"version\":1,\"pools\":[" + POOL + "]}");
        assertThat(codec.read(codec.write(config))).isEqualTo(config);
        assertThat(codec.hash(config)).isEqualTo(codec.hash(codec.read(codec.write(config))));
    }

    @Test
    void what_is_left_out_has_a_default_and_what_is_unknown_is_passed_over() throws ConfigException {
        var config = read("{\"version\":1,\"fromTheFuture\":true,\"pools\":[" + POOL + "]}");
        assertThat(config.pools().get(0).waitingRoom().maxWaitMs()).isEqualTo(30_000);
        assertThat(config.pools().get(0).strategy()).isEqualTo("Headroom");
        assertThat(config.workload().tenantWeight()).isEqualTo(1);
        assertThat(read("{\"version\":1,\"workload\":{\"namespace\":\"a\",\"tenant\":\"t\"}}")
                        .workload()
                        .tenantWeight())
                .as("an operator that does not know of weights")
                .isEqualTo(1);
    }

    @Test
    void a_tenants_weight_arrives() throws ConfigException {
        var config = read("{\"version\":1,\"workload\":{\"namespace\":\"a\",\"tenant\":\"t\",\"tenantWeight\":7}}");
        assertThat(config.workload().tenantWeight()).isEqualTo(7);
        assertThat(codec.read(codec.write(config))).isEqualTo(config);
    }

    @Test
    void nothing_secret_survives_redaction_or_stands_in_a_text_form() throws ConfigException {
        var config = read("{\"version\":1,\"pools\":[" + POOL + "]}");
        assertThat(codec.redacted(config).toString()).contains("abc").doesNotContain("very-secret", "proxy-secret");
        assertThat(config.toString()).doesNotContain("very-secret", "proxy-secret");
    }

    @Test
    void every_fault_is_told_with_its_path_and_without_the_input() {
        var faults = List.of(
                List.of("{\"version\":2}", "version"),
                List.of("{\"version\":1,\"workload\":{\"tenantWeight\":-1}}", "workload.tenantWeight"),
                List.of("{\"version\":1,\"pools\":[{\"provider\":\"OpenAI\"}]}", "pools[0].baseUrl"),
                List.of("{\"version\":1,\"pools\":[" + POOL + "," + POOL + "]}", "pools[1]"),
                List.of("{\"version\":1,\"pools\":[" + POOL.replace("https:", "ftp:") + "]}", "pools[0].baseUrl"),
                List.of(
                        "{\"version\":1,\"pools\":[" + POOL.replace("\"sk-very-secret\"", "\"\"") + "]}",
                        "keys[0].secret"),
                List.of("{\"version\":1,\"routes\":[{\"audience\":\"sk-very-secret\"}]}", "routes[0].audience"),
                List.of(
                        "{\"version\":1,\"routes\":[{\"audience\":\"OWN\",\"models\":[{\"name\":\"m\",\"targets\":"
                                + "[{\"name\":\"t\",\"pool\":\"a/none\",\"weight\":1}]}]}]}",
                        "routes[0].models[0].targets[0].pool"),
                List.of("not json", "$"),
                List.of("null", "$"));
        for (var fault : faults) {
            assertThatThrownBy(() -> read(fault.get(0)))
                    .as(fault.get(1))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(fault.get(1))
                    .hasMessageNotContaining("very-secret");
        }
    }
}
