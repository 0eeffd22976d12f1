package dev.fairlead.operator.simulate.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.simulate.dialect.Demand;
import dev.fairlead.operator.simulate.profile.ModelProfile;
import dev.fairlead.operator.simulate.profile.Profile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Reads a request for a response and makes it. An organization knows the responses that it has made, as long as they are among
 * the newest, and can open the reasoning that was sealed for it; nobody else's.
 */
final class ResponseMaker {
    private static final int REMEMBERED = 100_000;
    private static final String SEAL = "gAAAAAB";

    private final Map<String, String> holders = new LinkedHashMap<>();
    private final int defaultTokens;
    private final Ids ids;
    private final LongSupplier clock;

    ResponseMaker(Profile profile, Ids ids, LongSupplier clock) {
        this.defaultTokens = profile.completionTokens();
        this.ids = ids;
        this.clock = clock;
    }

    Demand read(JsonNode root, ModelProfile model, String name, String organization) {
        var scope = model.id().equals(ModelProfile.ANY) ? name : model.id();
        var input = root.path("input");
        long prompt = TokenEstimate.ofText(input.isTextual() ? input.textValue() : input.toString())
                + TokenEstimate.ofText(root.path("instructions").asText(""));
        long charged = Math.max(prompt, root.path("max_output_tokens").asLong(0));
        boolean stream = root.path("stream").asBoolean(false);
        try {
            var parameters = new Parameters(root);
            parameters.flag("stream");
            long max = parameters.integer("max_output_tokens", 16, Integer.MAX_VALUE, Long.MAX_VALUE);
            known(root.path("previous_response_id"), organization);
            opened(input, organization);
            return new Demand.Metered(
                    scope, stream, prompt, charged, answer(model, name, organization, input, prompt, max));
        } catch (BadParameter e) {
            return new Demand.Invalid(scope, stream, charged, e.error().api());
        }
    }

    private void known(JsonNode previous, String organization) throws BadParameter {
        if (previous.isTextual() && !organization.equals(holders.get(previous.textValue()))) {
            throw new BadParameter(
                    "Previous response with id '" + previous.textValue() + "' not found.",
                    "previous_response_id",
                    "previous_response_not_found");
        }
    }

    private static void opened(JsonNode input, String organization) throws BadParameter {
        for (var item : input) {
            var sealed = item.path("encrypted_content");
            if (sealed.isTextual() && !sealed.textValue().startsWith(SEAL + organization)) {
                throw new BadParameter(
                        "The encrypted content could not be verified. Reason: Encrypted content could not be decrypted or"
                                + " parsed.",
                        null,
                        "invalid_encrypted_content");
            }
        }
    }

    private ResponseAnswer answer(
            ModelProfile model, String name, String organization, JsonNode input, long prompt, long max) {
        var id = ids.hex("resp_", 48);
        holders.put(id, organization);
        if (holders.size() > REMEMBERED) {
            holders.remove(holders.keySet().iterator().next());
        }
        int wanted = model.completionTokens() == null ? defaultTokens : model.completionTokens();
        return new ResponseAnswer(
                id,
                ids.hex("rs_", 48),
                ids.hex("msg_", 48),
                SEAL + organization + ids.hex("_", 64),
                Math.floorDiv(clock.getAsLong(), 1_000_000L),
                model.answerName(name),
                Completion.prose(input.hashCode(), wanted, max),
                prompt);
    }
}
