package dev.fairlead.operator.plan.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fairlead.operator.plan.load.PlannedCall;
import dev.fairlead.sidecar.exchange.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What a virtual provider says: OpenAI's forms with as little in them as a sidecar needs to see. */
final class AnswerTexts {
    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream";

    private static final byte[] FIRST = ascii("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":"
            + "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"a\"},\"finish_reason\":null}]}\n\n");

    private static final byte[] FIRST_OF_RESPONSE = ascii("event: response.output_text.delta\ndata: {\"type\":"
            + "\"response.output_text.delta\",\"output_index\":0,\"content_index\":0,\"delta\":\"a\"}\n\n");

    private AnswerTexts() {}

    static ByteBuf whole(PlannedCall call) {
        return text(
                switch (call.endpoint()) {
                    case EMBEDDINGS ->
                        "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0]}],"
                                + "\"usage\":{\"prompt_tokens\":" + call.inputTokens() + ",\"total_tokens\":"
                                + call.inputTokens() + "}}";
                    case RESPONSES -> response(call);
                    case CHAT_COMPLETIONS, MODELS ->
                        "{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
                                + "{\"role\":\"assistant\",\"content\":\"a\"},\"finish_reason\":\"stop\"}],"
                                + usage(call) + "}";
                });
    }

    static ByteBuf firstEvent(PlannedCall call) {
        return Unpooled.wrappedBuffer(call.endpoint() == Endpoint.RESPONSES ? FIRST_OF_RESPONSE : FIRST);
    }

    static ByteBuf lastEvents(PlannedCall call) {
        return text(
                call.endpoint() == Endpoint.RESPONSES
                        ? "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":"
                                + response(call) + "}\n\n"
                        : "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":"
                                + "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                                + "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[],"
                                + usage(call) + "}\n\n" + "data: [DONE]\n\n");
    }

    /** Without an id: what records of later calls refer to is not in them. */
    private static String response(PlannedCall call) {
        return "{\"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":\"message\","
                + "\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\"}]}],"
                + "\"usage\":{\"input_tokens\":" + call.inputTokens() + ",\"output_tokens\":" + call.outputTokens()
                + ",\"total_tokens\":" + (call.inputTokens() + call.outputTokens()) + "}}";
    }

    static ByteBuf denied(Denied denied, String model) {
        var to = " for " + model + " in organization org-plan on "
                + denied.kind().words() + ": Limit " + denied.limit();
        boolean never = denied.waitMs() == Long.MAX_VALUE;
        var message = never
                ? "Request too large" + to + ", Requested " + denied.requested()
                        + ". The input or output tokens must be reduced in order to run successfully."
                : "Rate limit reached" + to + ", Used " + denied.limit() + ", Requested " + denied.requested()
                        + (denied.waitMs() < 0
                                ? ". Please try again once a request has finished."
                                : ". Please try again in " + denied.waitMs() + "ms.");
        var type = denied.kind().countsRequests() || denied.kind() == LimitKind.CONCURRENCY ? "requests" : "tokens";
        return text("{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type
                + "\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}");
    }

    private static String usage(PlannedCall call) {
        return "\"usage\":{\"prompt_tokens\":" + call.inputTokens() + ",\"completion_tokens\":" + call.outputTokens()
                + ",\"total_tokens\":" + (call.inputTokens() + call.outputTokens()) + "}";
    }

    private static ByteBuf text(String text) {
        return Unpooled.wrappedBuffer(ascii(text));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
