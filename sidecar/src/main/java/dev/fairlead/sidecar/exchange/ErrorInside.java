package dev.fairlead.sidecar.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairlead.sidecar.dialect.openai.ProviderError;
import dev.fairlead.sidecar.provider.CallerWords;
import dev.fairlead.sidecar.provider.HeaderLookup;
import dev.fairlead.sidecar.provider.ProviderProfile;
import java.nio.charset.StandardCharsets;

/** An error that a provider reports inside a 200, in a stream or in place of the answer: read by its codes and words. */
final class ErrorInside {
    private static final int TAKEN = 200;
    private static final int UNSAID_STATUS = 502;

    private ErrorInside() {}

    /** The error of an event, or of a larger answer: nothing but its own fields is looked at. */
    static Failure failure(ProviderError error, ProviderProfile provider, CallerWords caller, long nowEpochMs) {
        var fields = JsonNodeFactory.instance.objectNode();
        fields.put("message", error == null ? null : error.message());
        fields.put("type", error == null ? null : error.type());
        fields.put("code", error == null ? null : error.code());
        var body = JsonNodeFactory.instance.objectNode().set("error", fields).toString();
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return failure(
                new ProviderAnswer(status(error), "application/json", null, bytes), provider, caller, nowEpochMs);
    }

    /** @param answer what the client would have been told had the error come with a status of its own */
    static Failure failure(ProviderAnswer answer, ProviderProfile provider, CallerWords caller, long nowEpochMs) {
        // 200 tells the classifier that it has nothing but the body to go by.
        var verdict = provider.classifier().classify(TAKEN, HeaderLookup.NONE, answer.body(), caller, nowEpochMs);
        return new Failure(verdict, answer, null, true);
    }

    /** The status that the error names as its code. */
    static int status(ProviderError error) {
        boolean numeric = error != null && error.code() != null && error.code().matches("[45][0-9]{2}");
        return numeric ? Integer.parseInt(error.code()) : UNSAID_STATUS;
    }
}
