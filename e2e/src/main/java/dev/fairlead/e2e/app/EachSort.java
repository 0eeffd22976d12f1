package dev.fairlead.e2e.app;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import java.io.PrintStream;
import java.util.List;

/** One chat, one stream, one embedding. */
final class EachSort {
    private final OpenAIClient client;
    private final PrintStream out;

    EachSort(OpenAIClient client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    void call() {
        var hello = ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .maxCompletionTokens(12)
                .addUserMessage("Say hello")
                .build();
        var answer = client.chat().completions().create(hello);
        out.println("chat: " + answer.choices().get(0).message().content().orElseThrow());
        try (var stream = client.chat().completions().createStreaming(hello)) {
            long finished = stream.stream()
                    .filter(chunk -> chunk.choices().stream()
                            .anyMatch(choice -> choice.finishReason().isPresent()))
                    .count();
            if (finished != 1) {
                throw new IllegalStateException("the stream has " + finished + " ends");
            }
            out.println("stream: finished");
        }
        var vectors = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("text-embedding-3-small")
                        .inputOfArrayOfStrings(List.of("one", "two"))
                        .build());
        out.println("embeddings: " + vectors.data().size());
    }
}
