package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

/** The straight line: a call goes through, and everything about it is told. */
class CallTest {
    @Test
    void a_call_is_answered_with_the_pools_credential_in_place_of_the_clients() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(
                        200,
                        DataPlane.ANSWER,
                        "x-request-id: req-1",
                        "set-cookie: a=b",
                        "openai-organization: secret"));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "acct-a").build())) {
            var answer = plane.chat(DataPlane.HELLO, "cookie", "c=d", "openai-organization", "org-client");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(DataPlane.ANSWER);
            assertThat(answer.headers().firstValue("x-fairlead-route")).contains("team-a/chat");
            assertThat(answer.headers().firstValue("x-fairlead-target")).contains("main");
            assertThat(answer.headers().firstValue("x-fairlead-attempts").orElseThrow())
                    .startsWith("main=200;");
            assertThat(answer.headers().firstValue("x-request-id")).contains("req-1");
            assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "openai-organization");
            var sent = provider.requests().get(0);
            assertThat(sent.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
            assertThat(sent.header("authorization")).isEqualTo("Bearer sk-main-acct-a");
            assertThat(sent.headers()).doesNotContainKeys("cookie", "openai-organization");
            assertThat(sent.body()).isEqualTo(DataPlane.HELLO);
        }
    }

    @Test
    void the_record_names_the_attempt_and_counts_the_tokens() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "acct-a").build())) {
            plane.chat(DataPlane.HELLO);
            await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));

            assertThat(plane.records().get(0))
                    .contains("\"route\":\"team-a/chat\"", "\"outcome\":\"ok\"", "\"key\":\"acct-a\"")
                    .contains("\"inputTokens\":9", "\"outputTokens\":3")
                    .doesNotContain("sk-", "client-credential", "\"hi\"");
            assertThat(plane.admin("/metrics"))
                    .contains("fairlead_requests_total{endpoint=\"ChatCompletions\",outcome=\"ok\"")
                    .contains("fairlead_leases_leaked_total 0.0");
        }
    }

    @Test
    void a_model_qualified_with_its_route_reaches_the_provider_by_its_own_name() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "acct-a").build())) {
            var body = DataPlane.HELLO.replace("gpt-4o", "team-a/chat/gpt-4o");

            assertThat(plane.chat(body).statusCode()).isEqualTo(200);
            assertThat(provider.requests().get(0).body()).isEqualTo(DataPlane.HELLO);
        }
    }

    @Test
    void embeddings_go_the_same_way() throws Exception {
        var vectors = "{\"object\":\"list\",\"data\":[{\"index\":0,\"embedding\":[0.1,0.2]}],"
                + "\"model\":\"gpt-4o\",\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}";
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, vectors));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "acct-a").build())) {
            var answer = plane.client()
                    .send(
                            plane.request("/v1/embeddings", "{\"model\":\"gpt-4o\",\"input\":\"hi\"}"),
                            java.net.http.HttpResponse.BodyHandlers.ofString());

            assertThat(answer.body()).isEqualTo(vectors);
            assertThat(provider.requests().get(0).line()).startsWith("POST /v1/embeddings ");
        }
    }

    @Test
    void an_answer_larger_than_what_is_gathered_passes_through_whole() throws Exception {
        var large = DataPlane.ANSWER.replace("Hello!", "x".repeat(3_000_000));
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, large));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "acct-a").build())) {
            assertThat(plane.chat(DataPlane.HELLO).body()).isEqualTo(large);
        }
    }
}
