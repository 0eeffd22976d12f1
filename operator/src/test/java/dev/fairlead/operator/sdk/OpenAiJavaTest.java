package dev.fairlead.operator.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official OpenAI library for Java, told nothing but another base URL. */
class OpenAiJavaTest {
    @TempDir
    Path dir;

    private static OpenAIClient client(Whole whole) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(whole.openAiUrl())
                .apiKey("fairlead")
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams hello(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .maxCompletionTokens(12)
                .addUserMessage("Say hello")
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void chat_stream_embeddings_and_models_work_and_both_books_agree(int loops) throws Exception {
        var folder = Files.createDirectory(dir.resolve("manifests" + loops));
        var records = dir.resolve("records" + loops + ".jsonl");
        try (var whole = new Whole(folder, records, loops)) {
            var client = client(whole);

            var answer = client.chat().completions().create(hello("gpt-4o-mini"));
            assertThat(answer.choices().get(0).message().content().orElseThrow())
                    .isNotEmpty();
            assertThat(answer.usage().orElseThrow().completionTokens()).isPositive();

            var chunks = new ArrayList<ChatCompletionChunk>();
            try (var stream = client.chat().completions().createStreaming(hello("gpt-4o-mini"))) {
                stream.stream().forEach(chunks::add);
            }
            assertThat(chunks).hasSizeGreaterThan(3);
            assertThat(chunks)
                    .as("usage was not asked for")
                    .allSatisfy(chunk -> assertThat(chunk.usage()).isEmpty());
            assertThat(chunks.get(chunks.size() - 1).choices().get(0).finishReason())
                    .isPresent();

            var vectors = client.embeddings()
                    .create(EmbeddingCreateParams.builder()
                            .model("text-embedding-3-small")
                            .inputOfArrayOfStrings(List.of("one", "two"))
                            .build());
            assertThat(vectors.data()).hasSize(2);
            assertThat(vectors.data().get(0).embedding()).hasSizeGreaterThan(100);

            assertThat(client.models().list().data())
                    .extracting(model -> model.id())
                    .contains("gpt-4o-mini");
            assertThat(whole.admitted()).isEqualTo(3);
            whole.sidecar.close();
            booksAgree(records, whole.provider.stats());
        }
    }

    /** Every token that the provider counted stands in our records, and no other. */
    private static void booksAgree(Path records, JsonNode stats) throws Exception {
        long in = 0;
        long out = 0;
        for (var line : Files.readAllLines(records)) {
            var usage = new ObjectMapper().readTree(line).path("usage");
            in += usage.path("inputTokens").asLong();
            out += usage.path("outputTokens").asLong();
        }
        long providerIn = 0;
        long providerOut = 0;
        for (var account : stats.path("accounts")) {
            providerIn += account.path("tokensIn").asLong();
            providerOut += account.path("tokensOut").asLong();
        }
        assertThat(in).isEqualTo(providerIn).isPositive();
        assertThat(out).isEqualTo(providerOut).isPositive();
    }

    @Test
    void responses_and_their_streams_work_and_every_turn_finds_the_account_of_the_turn_before() throws Exception {
        try (var whole = new Whole(dir, Files.createTempFile("records", ".jsonl"), 2)) {
            var client = client(whole);
            for (int conversation = 0; conversation < 6; conversation++) {
                var first = client.responses().create(respond("Say hello").build());
                assertThat(first.usage().orElseThrow().outputTokens()).isPositive();

                var ended = new ArrayList<String>();
                try (var stream = client.responses()
                        .createStreaming(respond("And again")
                                .previousResponseId(first.id())
                                .build())) {
                    stream.stream()
                            .forEach(event -> event.completed()
                                    .ifPresent(done -> ended.add(done.response().id())));
                }
                assertThat(ended).hasSize(1);

                var third = client.responses()
                        .create(respond("Once more")
                                .previousResponseId(ended.get(0))
                                .build());
                assertThat(third.id()).startsWith("resp_");
            }
            assertThat(whole.admitted()).as("nobody was asked in vain").isEqualTo(18);
        }
    }

    private static ResponseCreateParams.Builder respond(String text) {
        return ResponseCreateParams.builder().model("gpt-4o-mini").input(text);
    }

    @Test
    void what_no_account_knows_is_a_bad_request_of_the_sdk_that_says_what_to_do() throws Exception {
        try (var whole = new Whole(dir, Files.createTempFile("records", ".jsonl"), 1)) {
            assertThatThrownBy(() -> client(whole)
                            .responses()
                            .create(respond("And?")
                                    .previousResponseId("resp_gone")
                                    .build()))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("Send the whole conversation instead");
        }
    }

    @Test
    void an_error_of_ours_is_an_error_of_the_sdk() throws Exception {
        try (var whole = new Whole(dir, Files.createTempFile("records", ".jsonl"), 1)) {
            assertThatThrownBy(() -> client(whole).chat().completions().create(hello("no-such-model")))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("no-such-model");
        }
    }

    @Test
    void limits_at_the_provider_do_not_reach_the_sdk() throws Exception {
        try (var whole = new Whole(dir, Files.createTempFile("records", ".jsonl"), 1)) {
            whole.provider.addFaults("[{\"kind\":\"rateLimit\",\"count\":3,\"retryAfter\":\"200ms\"}]");

            var answer = client(whole).chat().completions().create(hello("gpt-4o-mini"));

            assertThat(answer.choices()).hasSize(1);
        }
    }
}
