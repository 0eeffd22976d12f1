package dev.fairlead.operator.simulate.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.simulate.dialect.Demand;
import dev.fairlead.operator.simulate.profile.ModelProfile;
import dev.fairlead.operator.simulate.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Reads a chat request and makes its answer. */
final class ChatMaker {

    private final int defaultTokens;
    private final Ids ids;
    private final LongSupplier clock;
    private final String fingerprint;

    ChatMaker(Profile profile, Ids ids, LongSupplier clock) {
        this.defaultTokens = profile.completionTokens();
        this.ids = ids;
        this.clock = clock;
        this.fingerprint = ids.hex("fp_", 10);
    }

    Demand read(JsonNode root, ModelProfile model, String name) {
        String scope = model.id().equals(ModelProfile.ANY) ? name : model.id();
        long prompt = TokenEstimate.ofChat(root);
        long charged = Math.max(prompt, Math.max(asked(root, "max_tokens"), asked(root, "max_completion_tokens")));
        try {
            ChatRequest request = ChatRequest.of(root);
            fitsWindow(model, prompt);
            return new Demand.Metered(scope, request.stream(), prompt, charged, answer(request, model, name, prompt));
        } catch (BadParameter e) {
            boolean stream = root.path("stream").asBoolean(false);
            return new Demand.Invalid(scope, stream, charged, e.error().api());
        }
    }

    private ChatAnswer answer(ChatRequest request, ModelProfile model, String name, long prompt) {
        ChatHead head = new ChatHead(
                ids.completion(), Math.floorDiv(clock.getAsLong(), 1_000_000L), model.answerName(name), fingerprint);
        int wanted = model.completionTokens() == null ? defaultTokens : model.completionTokens();
        List<Completion> choices = new ArrayList<>(request.choices());
        for (int index = 0; index < request.choices(); index++) {
            choices.add(choice(request, index, wanted));
        }
        return new ChatAnswer(head, choices, prompt, request.includeUsage());
    }

    private Completion choice(ChatRequest request, int index, int wanted) {
        if (request.tool() != null) {
            return Completion.toolCall(request.tool(), ids.toolCall(), request.maxTokens());
        }
        return request.schema() != null
                ? Completion.structured(request.schema(), request.maxTokens())
                : Completion.prose(request.textSeed() + index, wanted, request.maxTokens());
    }

    private static void fitsWindow(ModelProfile model, long prompt) throws BadParameter {
        if (model.contextWindow() != null && prompt > model.contextWindow()) {
            throw new BadParameter(
                    "This model's maximum context length is " + model.contextWindow()
                            + " tokens. However, your messages resulted in " + prompt
                            + " tokens. Please reduce the length of the messages.",
                    "messages",
                    "context_length_exceeded");
        }
    }

    private static long asked(JsonNode root, String name) {
        JsonNode value = root.path(name);
        return value.isIntegralNumber() && value.canConvertToInt() ? Math.max(0, value.longValue()) : 0;
    }
}
