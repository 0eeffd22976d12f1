package dev.fairlead.sidecar.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairlead.sidecar.dialect.openai.ProviderError;
import dev.fairlead.sidecar.provider.CallerWords;
import dev.fairlead.sidecar.provider.HeaderLookup;
import dev.fairlead.sidecar.provider.ProviderProfile;
import java.nio.charset.StandardCharsets;

/** An error that a provider reports inside a 200: read by its codes and words. */
final class StreamErrors {
    private static final int IN_STREAM = 200;
    private static final int UNSAID_STATUS = 502;

    private StreamErrors() {}

    static Failure failure(ProviderError error, ProviderProfile provider, CallerWords caller, long nowEpochMs) {
        var fields = JsonNodeFactory.instance.objectNode();
        fields.put("message", error == null ? null : error.message());
        fields.put("type", error == null ? null : error.type());
        fields.put("code", error == null ? null : error.code());
        var body = JsonNodeFactory.instance.objectNode().set("error", fields).toString();
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        // 200 tells the classifier that it has nothing but the body to go by.
        var verdict = provider.classifier().classify(IN_STREAM, HeaderLookup.NONE, bytes, caller, nowEpochMs);
        return new Failure(verdict, new ProviderAnswer(status(error), "application/json", null, bytes), null, true);
    }

    /** What the client would have been told had the error come with a status of its own. */
    private static int status(ProviderError error) {
        boolean numeric = error != null && error.code() != null && error.code().matches("[45][0-9]{2}");
        return numeric ? Integer.parseInt(error.code()) : UNSAID_STATUS;
    }
}
