package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a client may say about its call: how urgent it is, and to which session it belongs. */
class CallHintsTest {
    private static String saying(String word) {
        return DataPlane.HELLO.replace("\"hi\"", "\"" + word + "\"");
    }

    @Test
    void an_urgent_call_goes_before_those_that_have_waited_longer() throws Exception {
        try (var provider = new FakeProvider((request, exchange) ->
                        exchange.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", "retry-after: 2"));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var first = plane.chatAsync(saying("first"), "x-fairlead-priority", "batch");
            await().untilAsserted(() -> assertThat(plane.admin("/debug/keys")).contains("\"waiting\" : 1"));
            var batch = plane.chatAsync(saying("second"), "x-fairlead-priority", "Batch");
            await().untilAsserted(() -> assertThat(plane.admin("/debug/keys")).contains("\"waiting\" : 2"));
            var urgent = plane.chatAsync(saying("urgent"), "x-fairlead-priority", "Interactive");
            await().untilAsserted(() -> assertThat(plane.admin("/debug/keys")).contains("\"waiting\" : 3"));
            provider.now((request, exchange) -> exchange.json(200, DataPlane.ANSWER));

            CompletableFuture.allOf(first, batch, urgent).join();
            assertThat(provider.requests()).hasSize(4);
            assertThat(provider.requests().get(1).body()).contains("urgent");
        }
    }

    @Test
    void a_priority_that_is_none_is_refused_with_the_words_that_are() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var answer = plane.chat(DataPlane.HELLO, "x-fairlead-priority", "urgent");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("x-fairlead-priority must be Interactive, Normal or Batch");
            assertThat(provider.requests()).isEmpty();
        }
    }

    @Test
    void the_record_says_what_a_client_has_said() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(new Configs()
                        .affinity("Session")
                        .pool("main", provider.url(), "a")
                        .build())) {
            var call = DataPlane.HELLO.replaceFirst("\\{", "{\"max_tokens\":500,\"n\":2,");
            plane.chat(
                    call,
                    "x-fairlead-priority",
                    "batch",
                    "x-fairlead-timeout-ms",
                    "9000",
                    "x-fairlead-session",
                    "mine");
            await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));
            assertThat(plane.records().get(0))
                    .contains("\"maxTokens\":1000,\"priority\":\"Batch\",\"timeoutMs\":9000")
                    .containsPattern("\"affinity\":\"[0-9a-f]{16}\"")
                    .doesNotContain("mine");
        }
    }

    @Test
    void a_usual_call_has_no_fields_for_what_it_does_not_say() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            plane.chat(DataPlane.HELLO, "x-fairlead-priority", "Normal");
            await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));
            assertThat(plane.records().get(0)).doesNotContain("maxTokens", "priority", "timeoutMs", "affinity");
        }
    }

    @Test
    void the_calls_of_a_session_stay_at_one_account_and_others_spread() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(new Configs()
                        .affinity("Session")
                        .pool("main", provider.url(), "a", "b", "c", "d")
                        .build())) {
            var ofSession = new HashSet<String>();
            for (int i = 0; i < 12; i++) {
                plane.chat(DataPlane.HELLO, "x-fairlead-session", "conversation-7");
                ofSession.add(provider.requests().get(i).header("authorization"));
            }
            assertThat(ofSession).hasSize(1);

            var ofOthers = new HashSet<String>();
            for (int i = 0; i < 24; i++) {
                plane.chat(DataPlane.HELLO, "x-fairlead-session", "other-" + i);
                ofOthers.add(provider.requests().get(12 + i).header("authorization"));
            }
            assertThat(ofOthers).hasSizeGreaterThan(2);
        }
    }
}
