package dev.fairlead.sidecar.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairlead.sidecar.dialect.openai.ProviderError;
import dev.fairlead.sidecar.provider.HeaderLookup;
import dev.fairlead.sidecar.provider.ProviderProfile;
import java.nio.charset.StandardCharsets;

/** An error that a provider reports inside a 200: read as if it had come with the status that it deserves. */
final class StreamErrors {
    private static final int UNSAID_STATUS = 500;

    private StreamErrors() {}

    static Failure failure(ProviderError error, ProviderProfile provider, long nowEpochMs) {
        var fields = JsonNodeFactory.instance.objectNode();
        fields.put("message", error == null ? null : error.message());
        fields.put("type", error == null ? null : error.type());
        fields.put("code", error == null ? null : error.code());
        var body = JsonNodeFactory.instance.objectNode().set("error", fields).toString();
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        int status = status(error);
        var verdict = provider.classifier().classify(status, HeaderLookup.NONE, bytes, nowEpochMs);
        return new Failure(verdict, new ProviderAnswer(status, "application/json", null, bytes), null);
    }

    private static int status(ProviderError error) {
        if (error == null) {
            return UNSAID_STATUS;
        }
        if (error.code() != null && error.code().matches("[45][0-9]{2}")) {
            return Integer.parseInt(error.code());
        }
        var words = (error.code() + " " + error.type());
        return words.contains("rate_limit") || words.contains("quota") ? 429 : UNSAID_STATUS;
    }
}
