package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.fairlead.sidecar.exchange.Patience;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the official SDK makes of a stream that was opened before there was content: comments are nothing to it. */
class SdkStreamTest {
    private static final Patience SOON = new Patience(30_000, 300_000, 60_000, 100);
    private static final long BUDGET = 64 << 20;
    private static final String ROLE = chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    private static final String ANSWER =
            ROLE + chunk("{\"content\":\"Hello\"}", "null") + chunk("{}", "\"stop\"") + "data: [DONE]\n\n";
    private static final String LIMITED =
            "data: {\"error\":{\"message\":\"Rate limit reached\",\"code\":\"rate_limit_exceeded\"}}\n\n";

    private static final ChatCompletionCreateParams HELLO = ChatCompletionCreateParams.builder()
            .model("gpt-4o")
            .addUserMessage("hi")
            .build();

    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":"
                + "[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    /** The first call is taken and fails once its client has a stream; the second is turned away for so long. */
    private FakeProvider provider(String retryAfter) {
        return new FakeProvider((request, exchange) -> {
            switch (calls.incrementAndGet()) {
                case 1 -> {
                    exchange.streamHead();
                    exchange.chunk(ROLE);
                    assertThat(opened.await(10, TimeUnit.SECONDS)).isTrue();
                    exchange.chunk(LIMITED);
                    exchange.lastChunk();
                }
                case 2 -> exchange.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", retryAfter);
                default -> {
                    exchange.streamHead();
                    exchange.chunk(ANSWER);
                    exchange.lastChunk();
                }
            }
        });
    }

    private static OpenAIClient client(DataPlane plane) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + plane.port() + "/v1")
                .apiKey("fairlead")
                .maxRetries(0)
                .build();
    }

    @Test
    void a_stream_that_waits_for_another_key_in_the_middle_is_a_stream_like_any_other() throws Exception {
        try (var provider = provider("retry-after: 1");
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build(), BUDGET, SOON);
                var stream = client(plane).chat().completions().createStreaming(HELLO)) {
            opened.countDown(); // There is a head although no provider has said anything yet.
            var chunks = stream.stream().toList();
            assertThat(chunks).hasSize(3);
            assertThat(chunks.get(1).choices().get(0).delta().content()).contains("Hello");
            assertThat(chunks.get(2).choices().get(0).finishReason()).isPresent();
            assertThat(calls).hasValue(3);
            await().untilAsserted(() ->
                    assertThat(plane.records()).singleElement().asString().contains("\"outcome\":\"ok\""));
        }
    }

    @Test
    void a_stream_that_no_key_can_answer_any_more_is_an_exception_that_says_why() throws Exception {
        try (var provider = provider("retry-after: 100");
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build(), BUDGET, SOON);
                var stream = client(plane).chat().completions().createStreaming(HELLO)) {
            opened.countDown(); // There is a head although no provider has said anything yet.
            assertThatThrownBy(() -> List.copyOf(stream.stream().toList()))
                    .isInstanceOf(OpenAIException.class)
                    .hasMessageContaining("Every key of pool 'team-a/main' rests (2 rate_limit)");
            assertThat(calls).hasValue(2);
        }
    }
}
