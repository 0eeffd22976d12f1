package dev.fairlead.sidecar.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.config.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpenAiErrorsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void every_code_is_rendered_as_the_committed_table_says() throws IOException {
        var rendered = new LinkedHashMap<String, String>();
        for (ErrorCode code : ErrorCode.values()) {
            JsonNode error = MAPPER.readTree(OpenAiErrors.body(code, "m", null)).path("error");
            rendered.put(
                    code.code(),
                    code.status() + " " + error.path("type").textValue() + " "
                            + error.path("code").textValue());
        }

        assertThat(rendered).isEqualTo(table());
    }

    @Test
    void has_openais_shape_with_every_field() throws IOException {
        byte[] body = OpenAiErrors.body(
                ErrorCode.INVALID_REQUEST, "Field \"x\"\n\u00e4 \ud83d\ude80 \u0001", "messages[0].x");

        JsonNode error = MAPPER.readTree(body).path("error");

        assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
        assertThat(error.path("message").textValue()).isEqualTo("Field \"x\"\n\u00e4 \ud83d\ude80 \u0001");
        assertThat(error.path("param").textValue()).isEqualTo("messages[0].x");
        assertThat(MAPPER.readTree(OpenAiErrors.body(ErrorCode.NOT_FOUND, "m", null))
                        .path("error")
                        .path("param")
                        .isNull())
                .isTrue();
    }

    @Test
    void a_stream_gets_it_as_its_last_event() {
        byte[] event = OpenAiErrors.event(ErrorCode.UPSTREAM_ERROR, "gone", false);

        assertThat(new String(event, StandardCharsets.UTF_8))
                .isEqualTo("data: {\"error\":{\"message\":\"gone\",\"type\":\"server_error\",\"param\":null,"
                        + "\"code\":\"upstream_error\"}}\n\n");
        assertThat(TapRun.whole(false, event).tap.error())
                .isEqualTo(new ProviderError("gone", "server_error", "upstream_error"));
    }

    @Test
    void an_event_that_was_cut_short_before_it_does_not_swallow_it() {
        byte[] cut = "data: {\"choices\":[{\"delta\":{\"content\":\"He".getBytes(StandardCharsets.UTF_8);
        var tap = TapRun.whole(false, cut).tap;
        byte[] event = OpenAiErrors.event(ErrorCode.UPSTREAM_ERROR, "gone", tap.clientWithinEvent());
        byte[] both = Arrays.copyOf(cut, cut.length + event.length);
        System.arraycopy(event, 0, both, cut.length, event.length);

        TapRun client = TapRun.whole(false, both);

        assertThat(client.tap.garbageSeen()).isTrue();
        assertThat(client.tap.error().message()).isEqualTo("gone");
        assertThat(client.end).isEqualTo(StreamEnd.FAILED);
    }

    private static Map<String, String> table() throws IOException {
        var rows = new LinkedHashMap<String, String>();
        try (InputStream in = OpenAiErrorsTest.class.getResourceAsStream("/dialect/error-codes.tsv")) {
            String table = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            table.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] cells = line.split("\t", -1);
                rows.put(cells[0], String.join(" ", cells[1], cells[2], cells[3]));
            });
        }
        return rows;
    }
}
