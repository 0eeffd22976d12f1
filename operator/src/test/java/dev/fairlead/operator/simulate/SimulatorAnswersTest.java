package dev.fairlead.operator.simulate;

import static dev.fairlead.operator.simulate.Api.CHAT;
import static dev.fairlead.operator.simulate.Api.EMBEDDINGS;
import static dev.fairlead.operator.simulate.Api.chat;
import static dev.fairlead.operator.simulate.Api.header;
import static dev.fairlead.operator.simulate.Api.json;
import static dev.fairlead.operator.simulate.Api.quotes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatorAnswersTest {

    private static final String KEY = "sk-a-1";

    @RegisterExtension
    static final SimulatorRig RIG = new SimulatorRig(
            "{derivedAccounts: {}, models: [gpt-4o, {id: long, snapshot: long-1, completionTokens: 5000},"
                    + " text-embedding-3-small, '*'], accounts: [{name: narrow, keys: [sk-narrow], models: [gpt-4o]}]}");

    @Test
    void aWholeAnswerLooksLikeTheOriginals() throws Exception {
        HttpResponse<String> response = RIG.api().post(CHAT, KEY, chat(""));
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = json(response);
        assertThat(body.get("id").asText()).matches("chatcmpl-[A-Za-z0-9]{29}");
        assertThat(body.get("object").asText()).isEqualTo("chat.completion");
        assertThat(body.get("system_fingerprint").asText()).matches("fp_[0-9a-f]{10}");
        assertThat(body.at("/choices/0/message/role").asText()).isEqualTo("assistant");
        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        String text = body.at("/choices/0/message/content").asText();
        assertThat(text).hasSize(4 * 16);
        // 3 for the request, 3 for the message, ceil(11 / 4) for its text
        assertThat(body.at("/usage/prompt_tokens").asInt()).isEqualTo(9);
        assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(16);
        assertThat(body.at("/usage/total_tokens").asInt()).isEqualTo(25);
        assertThat(header(response, "x-request-id")).matches("req_[0-9a-f]{32}");
        assertThat(header(response, "openai-organization")).matches("org-[A-Za-z0-9]{24}");
        assertThat(header(response, "openai-version")).isEqualTo("2020-10-01");
        assertThat(header(response, "openai-processing-ms")).matches("\\d+");
        assertThat(header(response, "set-cookie")).contains("domain=.api.openai.com");
        assertThat(header(response, "date")).endsWith(" GMT");
    }

    @Test
    void theSameMessagesGetTheSameTextAndOthersGetAnother() throws Exception {
        String first = text(RIG.api().post(CHAT, KEY, chat("")));
        assertThat(text(RIG.api().post(CHAT, "sk-b-1", chat(",'temperature':1"))))
                .isEqualTo(first);
        assertThat(text(RIG.api().post(CHAT, KEY, chat("").replace("Hello", "Good day"))))
                .isNotEqualTo(first);
    }

    @Test
    void aStreamSaysWhatTheWholeAnswerSays() throws Exception {
        List<JsonNode> events = events(RIG.api().post(CHAT, KEY, chat(",'stream':true")));
        assertThat(events.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(events).hasSize(18).allSatisfy(event -> {
            assertThat(event.get("object").asText()).isEqualTo("chat.completion.chunk");
            assertThat(event.get("id")).isEqualTo(events.get(0).get("id"));
            assertThat(event.has("usage")).isFalse();
        });
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event.at("/choices/0/delta/content").asText("")));
        assertThat(text).hasToString(text(RIG.api().post(CHAT, KEY, chat(""))));
        assertThat(events.get(17).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    @Test
    void usageComesLastWithoutChoicesWhenAsked() throws Exception {
        HttpResponse<String> response = RIG.api()
                .post(CHAT, KEY, chat(",'stream':true,'stream_options':{'include_usage':true},'max_tokens':3"));
        assertThat(header(response, "content-type")).isEqualTo("text/event-stream; charset=utf-8");
        List<JsonNode> events = events(response);
        assertThat(events.get(0).get("usage").isNull()).isTrue();
        assertThat(events.get(4).at("/choices/0/finish_reason").asText()).isEqualTo("length");
        JsonNode last = events.get(5);
        assertThat(last.get("choices")).isEmpty();
        assertThat(last.at("/usage/completion_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void choicesOfOneStreamAreInterleavedAndPaidTogether() throws Exception {
        HttpResponse<String> whole = RIG.api().post(CHAT, KEY, chat(",'n':3,'max_completion_tokens':2"));
        assertThat(json(whole).get("choices")).hasSize(3);
        assertThat(json(whole).at("/usage/completion_tokens").asInt()).isEqualTo(6);
        List<JsonNode> events =
                events(RIG.api().post(CHAT, KEY, chat(",'n':3,'max_completion_tokens':2,'stream':true")));
        for (int choice = 0; choice < 3; choice++) {
            StringBuilder text = new StringBuilder();
            for (JsonNode event : events) {
                if (event.at("/choices/0/index").asInt() == choice) {
                    text.append(event.at("/choices/0/delta/content").asText(""));
                }
            }
            assertThat(text)
                    .hasToString(json(whole)
                            .at("/choices/" + choice + "/message/content")
                            .asText());
        }
    }

    @Test
    void aRequiredToolIsCalledWithArgumentsOfItsSchema() throws Exception {
        String tools = ",'tools':[{'type':'function','function':{'name':'weather','parameters':{'type':'object',"
                + "'properties':{'city':{'type':'string'},'days':{'type':'integer'}},'required':['city','days']}}}]";
        JsonNode required = json(RIG.api().post(CHAT, KEY, chat(tools + ",'tool_choice':'required'")));
        JsonNode call = required.at("/choices/0/message/tool_calls/0");
        assertThat(call.get("id").asText()).matches("call_[A-Za-z0-9]{24}");
        assertThat(call.at("/function/name").asText()).isEqualTo("weather");
        assertThat(call.at("/function/arguments").asText()).isEqualTo("{\"city\":\"text\",\"days\":1}");
        assertThat(required.at("/choices/0/message/content").isNull()).isTrue();
        assertThat(required.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        List<JsonNode> events = events(RIG.api()
                .post(
                        CHAT,
                        KEY,
                        chat(tools
                                + ",'stream':true,'tool_choice':{'type':'function','function':{'name':'weather'}}")));
        assertThat(events.get(0)
                        .at("/choices/0/delta/tool_calls/0/function/name")
                        .asText())
                .isEqualTo("weather");
        StringBuilder arguments = new StringBuilder();
        events.forEach(event -> arguments.append(
                event.at("/choices/0/delta/tool_calls/0/function/arguments").asText("")));
        assertThat(arguments).hasToString(call.at("/function/arguments").asText());
        assertThat(text(RIG.api().post(CHAT, KEY, chat(tools)))).isNotEmpty();
    }

    @Test
    void aStructuredAnswerFollowsItsSchema() throws Exception {
        String format = ",'response_format':{'type':'json_schema','json_schema':{'name':'x','schema':{'type':'object',"
                + "'properties':{'ok':{'type':'boolean'}},'required':['ok']}}}";
        assertThat(text(RIG.api().post(CHAT, KEY, chat(format)))).isEqualTo("{\"ok\":true}");
    }

    @Test
    void aLongAnswerIsStreamedWhole() throws Exception {
        List<JsonNode> events =
                events(RIG.api().post(CHAT, KEY, chat(",'stream':true").replace("gpt-4o", "long")));
        assertThat(events).hasSize(5002);
        assertThat(events.get(7).get("model").asText()).isEqualTo("long-1");
    }

    @Test
    void bothEncodingsOfAnEmbeddingAreTheSameNumbers() throws Exception {
        String request = "{'model':'text-embedding-3-small','input':['one','two','one'],'dimensions':100%s}";
        JsonNode numbers = json(RIG.api().post(EMBEDDINGS, KEY, quotes(request.formatted(""))));
        JsonNode encoded =
                json(RIG.api().post(EMBEDDINGS, KEY, quotes(request.formatted(",'encoding_format':'base64'"))));
        assertThat(numbers.get("data")).hasSize(3);
        for (int i = 0; i < 3; i++) {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder()
                            .decode(encoded.at("/data/" + i + "/embedding").asText()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            JsonNode vector = numbers.at("/data/" + i + "/embedding");
            assertThat(vector).hasSize(100);
            double squares = 0;
            for (JsonNode component : vector) {
                assertThat(bytes.getFloat()).isEqualTo(component.floatValue());
                squares += component.doubleValue() * component.doubleValue();
            }
            assertThat(squares).isCloseTo(1, within(1e-5));
        }
        assertThat(numbers.at("/data/0/embedding")).isEqualTo(numbers.at("/data/2/embedding"));
        assertThat(numbers.at("/data/0/embedding")).isNotEqualTo(numbers.at("/data/1/embedding"));
        assertThat(numbers.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void embeddingsTakeTextAndTokens() throws Exception {
        for (String input : new String[] {"'abcdefgh'", "[1,2]", "[[1,2]]", "['abcd','efgh']"}) {
            String request = quotes("{'model':'text-embedding-3-small','input':" + input + "}");
            JsonNode body = json(RIG.api().post(EMBEDDINGS, KEY, request));
            assertThat(body.at("/usage/total_tokens").asInt()).as(input).isEqualTo(2);
            assertThat(body.at("/data/0/embedding")).as(input).hasSize(1536);
        }
    }

    @Test
    void modelsAreThoseTheAccountMayUse() throws Exception {
        JsonNode all = json(RIG.api().get("/v1/models", KEY));
        assertThat(all.get("data").findValuesAsText("id")).containsExactly("gpt-4o", "long", "text-embedding-3-small");
        JsonNode narrow = json(RIG.api().get("/v1/models", "sk-narrow"));
        assertThat(narrow.get("data").findValuesAsText("id")).containsExactly("gpt-4o");
        assertThat(json(RIG.api().get("/v1/models/gpt-4o", KEY)).get("object").asText())
                .isEqualTo("model");
        assertThat(RIG.api().get("/v1/models/long", "sk-narrow").statusCode()).isEqualTo(404);
    }

    @Test
    void theStarModelAnswersToAnyNameForChatAndEmbeddings() throws Exception {
        JsonNode chat = json(RIG.api().post(CHAT, KEY, chat("").replace("gpt-4o", "whatever-7b")));
        assertThat(chat.get("model").asText()).isEqualTo("whatever-7b");
        JsonNode vector = json(RIG.api().post(EMBEDDINGS, KEY, quotes("{'model':'whatever','input':'x'}")));
        assertThat(vector.at("/data/0/embedding")).hasSize(1536);
    }

    private static String text(HttpResponse<String> response) throws IOException {
        return json(response).at("/choices/0/message/content").asText();
    }

    /** The payloads of a stream that ends as it should. */
    private static List<JsonNode> events(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
        List<JsonNode> events = new ArrayList<>();
        for (String event : response.body().split("\n\n")) {
            assertThat(event).startsWith("data: ");
            if (!event.equals("data: [DONE]")) {
                events.add(Api.JSON.readTree(event.substring(6)));
            }
        }
        return events;
    }
}
