package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.usage.Usage;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** How a provider writes what it answers. */
public enum AnswerFormat {
    /** Chat completions and embeddings: choices, {@code prompt_tokens}, a stream that ends in {@code [DONE]}. */
    CHAT {
        @Override
        AnswerSink sink(Usage usage) {
            return new ChatAnswerSink(usage);
        }
    },
    /** Responses: output items, {@code input_tokens}, typed events of which the last says how it ended. */
    RESPONSES {
        @Override
        AnswerSink sink(Usage usage) {
            return new ResponseSink(usage);
        }
    };

    /** The only event of a stream that was begun and that no provider has answered. */
    public byte[] errorEvent(ErrorCode code, String message) {
        return sink(new Usage()).errorEvent(code, message, false);
    }

    /** The same in the provider's own words: the body of its error. */
    public byte[] errorEvent(String body) {
        var data = body.lines().collect(Collectors.joining("\ndata: ", "data: ", "\n\n"));
        return ((this == RESPONSES ? "event: error\n" : "") + data).getBytes(StandardCharsets.UTF_8);
    }

    abstract AnswerSink sink(Usage usage);
}
