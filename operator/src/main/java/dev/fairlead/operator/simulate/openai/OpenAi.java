package dev.fairlead.operator.simulate.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fairlead.operator.simulate.account.Account;
import dev.fairlead.operator.simulate.account.Headroom;
import dev.fairlead.operator.simulate.dialect.Demand;
import dev.fairlead.operator.simulate.dialect.Dialect;
import dev.fairlead.operator.simulate.dialect.Endpoint;
import dev.fairlead.operator.simulate.dialect.Inbound;
import dev.fairlead.operator.simulate.dialect.Refusal;
import dev.fairlead.operator.simulate.dialect.Reply;
import dev.fairlead.operator.simulate.profile.ModelProfile;
import dev.fairlead.operator.simulate.profile.Profile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** OpenAI's API under {@code /v1}. */
public final class OpenAi implements Dialect {

    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final String MODELS = "/v1/models";

    private final ObjectReader json;
    private final Models models;
    private final ChatMaker chats;
    private final ResponseMaker responses;
    private final RefusalBodies refusals = new RefusalBodies();
    private final OpenAiHeaders headers;

    /**
     * @param clock microseconds since 1970
     */
    public OpenAi(Profile profile, LongSupplier clock) {
        Ids ids = new Ids(profile.seed());
        this.models = new Models(profile);
        this.chats = new ChatMaker(profile, ids, clock);
        this.responses = new ResponseMaker(profile, ids, clock);
        this.headers = new OpenAiHeaders(ids);
        int longest = Math.toIntExact(profile.maxRequestBytes());
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxStringLength(longest).build())
                .build();
        this.json = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .reader();
    }

    @Override
    public Endpoint endpointOf(String path) {
        if (path.equals(CHAT)) {
            return Endpoint.CHAT;
        }
        if (path.equals(RESPONSES)) {
            return Endpoint.RESPONSES;
        }
        if (path.equals(EMBEDDINGS)) {
            return Endpoint.EMBEDDINGS;
        }
        return path.equals(MODELS) || path.startsWith(MODELS + "/") ? Endpoint.MODELS : Endpoint.OTHER;
    }

    @Override
    public String credential(UnaryOperator<String> header) {
        String authorization = header.apply("authorization");
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        String key = authorization.substring(7).strip();
        return key.isEmpty() ? null : key;
    }

    @Override
    public Demand read(Inbound call, byte[] body) {
        Endpoint endpoint = endpointOf(call.path());
        if (endpoint == Endpoint.OTHER) {
            return free(OpenAiError.invalidRequest(
                            404, "Invalid URL (" + call.method() + " " + call.path() + ")", null, null)
                    .edge());
        }
        if (!call.method().equals(endpoint == Endpoint.MODELS ? "GET" : "POST")) {
            return free(OpenAiError.invalidRequest(
                            405,
                            "Not allowed to " + call.method() + " on " + call.path()
                                    + ". (HINT: Perhaps you meant to use a different HTTP method?)",
                            null,
                            null)
                    .edge());
        }
        return endpoint == Endpoint.MODELS ? free(listing(call)) : paid(endpoint, call, body);
    }

    private Reply listing(Inbound call) {
        Account account = call.caller().account();
        return call.path().equals(MODELS)
                ? models.list(account)
                : models.describe(account, call.path().substring(MODELS.length() + 1));
    }

    private Demand paid(Endpoint endpoint, Inbound call, byte[] body) {
        JsonNode root;
        try {
            root = json.readTree(body);
        } catch (IOException e) {
            return free(unparsable().edge());
        }
        if (!root.isObject() && !root.isMissingNode()) {
            return free(unparsable().edge());
        }
        String name = root.path("model").asText(null);
        if (name == null || name.isEmpty()) {
            return free(OpenAiError.invalidRequest(400, "you must provide a model parameter", null, null)
                    .edge());
        }
        if (!root.get("model").isTextual()) {
            return free(Parameters.wrongType("model", "a string", root.get("model"))
                    .error()
                    .api());
        }
        Optional<ModelProfile> model = models.find(call.caller().account(), name);
        if (model.isEmpty()) {
            return new Demand.Free(name, Models.unknown(name));
        }
        if (endpoint == Endpoint.EMBEDDINGS) {
            return embeddings(root, model.get(), name);
        }
        if (!Models.canChat(model.get())) {
            return new Demand.Free(name, Models.notForChat());
        }
        return endpoint == Endpoint.CHAT
                ? chats.read(root, model.get(), name)
                : responses.read(
                        root, model.get(), name, call.caller().account().organization());
    }

    private static Demand embeddings(JsonNode root, ModelProfile model, String name) {
        if (!Models.canEmbed(model)) {
            return new Demand.Free(name, Models.notForEmbeddings());
        }
        String scope = model.id().equals(ModelProfile.ANY) ? name : model.id();
        try {
            EmbeddingRequest request = EmbeddingRequest.of(root, model);
            EmbeddingAnswer answer = new EmbeddingAnswer(model.answerName(name), request);
            return new Demand.Metered(scope, false, request.tokens(), request.tokens(), answer);
        } catch (BadParameter e) {
            return new Demand.Invalid(
                    scope, false, EmbeddingRequest.estimate(root), e.error().api());
        }
    }

    private static Demand free(Reply reply) {
        return new Demand.Free(null, reply);
    }

    private static OpenAiError unparsable() {
        return OpenAiError.invalidRequest(
                400,
                "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP"
                        + " library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid"
                        + " JSON. If you have trouble figuring out how to fix this, please contact us through our help"
                        + " center at help.openai.com.)",
                null,
                null);
    }

    @Override
    public Reply refusal(Refusal refusal) {
        return refusals.of(refusal);
    }

    @Override
    public List<Reply.Header> limitHeaders(Headroom headroom) {
        return headers.limits(headroom);
    }

    @Override
    public List<Reply.Header> commonHeaders(Account account, long processingMillis) {
        return headers.common(account, processingMillis);
    }

    @Override
    public String streamType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    public String streamError(String bodyOrNull) {
        String body = bodyOrNull != null
                ? bodyOrNull
                : new OpenAiError(
                                500,
                                "The server had an error while processing your request. Sorry about that!",
                                "server_error",
                                null,
                                null)
                        .compact();
        return "data: " + body + "\n\n";
    }
}
