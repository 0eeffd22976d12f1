package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelsTest {
    @Test
    void the_models_are_listed_and_shown_one_by_one() throws Exception {
        try (var plane = new DataPlane(
                new Configs().pool("main", "http://127.0.0.1:1/v1", "a").build())) {
            assertThat(plane.get("/v1/models").body()).contains("\"object\":\"list\"", "\"id\":\"gpt-4o\"");
            assertThat(plane.get("/v1/models/gpt-4o").body()).contains("\"object\":\"model\"", "\"id\":\"gpt-4o\"");
            assertThat(plane.get("/v1/models/none").statusCode()).isEqualTo(404);
        }
    }
}
