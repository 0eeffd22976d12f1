package dev.fairlead.operator.simulate.openai;

import dev.fairlead.operator.simulate.account.Account;
import dev.fairlead.operator.simulate.dialect.Reply;
import dev.fairlead.operator.simulate.profile.ModelKind;
import dev.fairlead.operator.simulate.profile.ModelProfile;
import dev.fairlead.operator.simulate.profile.Profile;
import java.util.List;
import java.util.Optional;

/** The models of the provider, as one account sees them. */
final class Models {

    private static final long CREATED = 1_715_367_049L;

    private final Profile profile;

    Models(Profile profile) {
        this.profile = profile;
    }

    /** The model that an account means by {@code name}, if it may use one. */
    Optional<ModelProfile> find(Account account, String name) {
        return profile.model(name).filter(model -> account.mayUse(model, name));
    }

    Reply list(Account account) {
        StringBuilder json = new StringBuilder("{\"object\":\"list\",\"data\":[");
        String comma = "";
        for (ModelProfile model : profile.models()) {
            if (!model.id().equals(ModelProfile.ANY) && account.mayUse(model, model.id())) {
                describe(json.append(comma), model, model.id());
                comma = ",";
            }
        }
        return json(json.append("]}"));
    }

    Reply describe(Account account, String name) {
        return find(account, name)
                .map(model -> json(describe(new StringBuilder(), model, name)))
                .orElseGet(() -> OpenAiError.invalidRequest(
                                404, "The model '" + name + "' does not exist", "model", "model_not_found")
                        .edge());
    }

    static Reply unknown(String name) {
        return OpenAiError.invalidRequest(
                        404,
                        "The model `" + name + "` does not exist or you do not have access to it.",
                        null,
                        "model_not_found")
                .edge();
    }

    static Reply notForChat() {
        return OpenAiError.invalidRequest(
                        404,
                        "This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you"
                                + " mean to use v1/completions?",
                        "model",
                        null)
                .edge();
    }

    static Reply notForEmbeddings() {
        return OpenAiError.invalidRequest(403, "You are not allowed to generate embeddings from this model", null, null)
                .edge();
    }

    static boolean canChat(ModelProfile model) {
        return model.kind() != ModelKind.Embedding;
    }

    static boolean canEmbed(ModelProfile model) {
        return model.kind() != ModelKind.Chat;
    }

    private static StringBuilder describe(StringBuilder json, ModelProfile model, String name) {
        JsonText.quoted(json.append("{\"id\":"), name);
        json.append(",\"object\":\"model\",\"created\":").append(CREATED);
        return JsonText.quoted(json.append(",\"owned_by\":"), model.ownedBy()).append('}');
    }

    private static Reply json(StringBuilder json) {
        return new Reply(200, "application/json", json.toString(), List.of());
    }
}
