package dev.fairlead.sidecar.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelsPageTest {
    private static final ModelsPage.Entry GPT = new ModelsPage.Entry("gpt-4o", 1_700_000_000, "team-a/chat");

    @Test
    void one_model() {
        assertThat(new String(ModelsPage.one(GPT), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"id\":\"gpt-4o\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"team-a/chat\"}");
    }

    @Test
    void all_models_in_their_order() {
        assertThat(new String(ModelsPage.list(List.of(GPT, new ModelsPage.Entry("a", 0, "b"))), StandardCharsets.UTF_8))
                .isEqualTo("{\"object\":\"list\",\"data\":["
                        + "{\"id\":\"gpt-4o\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"team-a/chat\"},"
                        + "{\"id\":\"a\",\"object\":\"model\",\"created\":0,\"owned_by\":\"b\"}]}");
        assertThat(new String(ModelsPage.list(List.of()), StandardCharsets.UTF_8))
                .isEqualTo("{\"object\":\"list\",\"data\":[]}");
    }

    @Test
    void names_may_hold_anything() throws IOException {
        String name = "a\"b\\c\n\u00e4\ud83d\ude80\u001f";

        assertThat(new ObjectMapper()
                        .readTree(ModelsPage.one(new ModelsPage.Entry(name, 1, name)))
                        .path("id")
                        .textValue())
                .isEqualTo(name);
    }
}
