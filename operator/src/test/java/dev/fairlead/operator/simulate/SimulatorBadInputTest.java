package dev.fairlead.operator.simulate;

import static dev.fairlead.operator.simulate.Api.CHAT;
import static dev.fairlead.operator.simulate.Api.EMBEDDINGS;
import static dev.fairlead.operator.simulate.Api.chat;
import static dev.fairlead.operator.simulate.Api.error;
import static dev.fairlead.operator.simulate.Api.header;
import static dev.fairlead.operator.simulate.Api.quotes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.simulate.profile.ProfileReader;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorBadInputTest {

    private static final String KEY = "sk-a-1";

    @RegisterExtension
    static final SimulatorRig RIG =
            new SimulatorRig("{derivedAccounts: {limits: {requestsPerMinute: 1000, tokensPerMinute: 100000}},"
                    + " maxRequestBytes: 100000}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'messages':[] | messages | empty_array | Invalid 'messages': empty array. Expected an array with"
                        + " minimum length 1, but got an empty array instead.",
                "'messages':'hi' | messages | invalid_type | Invalid type for 'messages': expected an array of objects,"
                        + " but got a string instead.",
                "'messages':['hi'] | messages[0] | invalid_type | Invalid type for 'messages[0]': expected an object,"
                        + " but got a string instead.",
                "'user':'me' | messages | missing_required_parameter | Missing required parameter: 'messages'.",
                "'messages':[{'content':'hi'}] | messages[0].role | missing_required_parameter | Missing required"
                        + " parameter: 'messages[0].role'.",
                "'messages':[{'role':'robot','content':'hi'}] | messages[0].role | invalid_value | Invalid value:"
                        + " 'robot'.",
                "'messages':[{'role':'user','content':5}] | messages[0].content | invalid_type | Invalid type for"
                        + " 'messages[0].content': expected one of a string or array of objects, but got an integer"
                        + " instead.",
                "M,'max_tokens':0 | max_tokens | integer_below_minimum_value | Invalid 'max_tokens': integer below"
                        + " minimum value. Expected a value >= 1, but got 0 instead.",
                "M,'max_tokens':'9' | max_tokens | invalid_type | Invalid type for 'max_tokens': expected an integer,"
                        + " but got a string instead.",
                "M,'max_tokens':9,'max_completion_tokens':9 | max_tokens | invalid_parameter_combination | Setting",
                "M,'n':129 | n | integer_above_maximum_value | Invalid 'n': integer above maximum value.",
                "M,'temperature':2.5 | temperature | decimal_above_maximum_value | Invalid 'temperature': decimal above"
                        + " maximum value. Expected a value <= 2, but got 2.5 instead.",
                "M,'stream':'yes' | stream | invalid_type | Invalid type for 'stream': expected a boolean, but got a"
                        + " string instead.",
                "M,'stream_options':{'include_usage':true} | stream_options | null | The 'stream_options' parameter is"
                        + " only allowed when 'stream' is enabled.",
                "M,'tool_choice':'required' | tool_choice | null | Invalid value for 'tool_choice'",
                "M,'top_k':5 | null | null | Unrecognized request argument supplied: top_k",
                "M,'response_format':{'type':'xml'} | response_format.type | invalid_value | Invalid value: 'xml'."
            })
    void aBadParameterIsChargedAndRefusedInTheOriginalsWords(String fields, String param, String code, String message)
            throws Exception {
        String body = quotes(
                "{'model':'gpt-4o'," + fields.replace("M,", "'messages':[{'role':'user','content':'hi'}],") + "}");
        HttpResponse<String> response = RIG.api().post(CHAT, KEY, body);
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = error(response);
        assertThat(error.get("message").asText()).startsWith(message);
        assertThat(error.get("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.get("param").asText()).isEqualTo(param);
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(header(response, "x-ratelimit-remaining-requests")).isEqualTo("999");
        assertThat(RIG.simulator().stats().at("/accounts/a/refused").asInt()).isEqualTo(1);
        assertThat(RIG.simulator().stats().at("/accounts/a/inFlight").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'' | '$.input' is invalid.",
                "[] | '$.input' is invalid.",
                "[''] | '$.input' is invalid.",
                "{} | '$.input' is invalid.",
                "[1,'x'] | '$.input' is invalid.",
                "'x','dimensions':-1 | -1 is less than the minimum of 1 - 'dimensions'",
                "'x','dimensions':5000 | Invalid value for 'dimensions' = 5000.",
                "'x','encoding_format':'hex' | Invalid value: 'hex'."
            })
    void badEmbeddingRequestsAreRefused(String input, String message) throws Exception {
        HttpResponse<String> response =
                RIG.api().post(EMBEDDINGS, KEY, quotes("{'model':'text-embedding-3-small','input':" + input + "}"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response).get("message").asText()).startsWith(message);
    }

    @Test
    void tooManyOrTooLongInputsAreRefused() throws Exception {
        String many = "[" + String.join(",", Collections.nCopies(2049, "'a'")) + "]";
        assertThat(error(RIG.api()
                                .post(
                                        EMBEDDINGS,
                                        KEY,
                                        quotes("{'model':'text-embedding-3-small','input':" + many + "}")))
                        .get("message")
                        .asText())
                .startsWith("Invalid 'input': array too long.");
        String lengthy = "a".repeat(8193 * 4);
        assertThat(error(RIG.api()
                                .post(
                                        EMBEDDINGS,
                                        KEY,
                                        quotes("{'model':'text-embedding-3-small','input':'" + lengthy + "'}")))
                        .get("message")
                        .asText())
                .startsWith("This model's maximum context length is 8192 tokens, however you requested 8193 tokens");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'model': | We could not parse the JSON body of your request.",
                "[] | We could not parse the JSON body of your request.",
                "{'model':'gpt-4o'} {} | We could not parse the JSON body of your request.",
                "{} | you must provide a model parameter",
                "'' | We could not parse the JSON body of your request.",
                "{'model':null} | you must provide a model parameter",
                "{'model':7} | Invalid type for 'model': expected a string, but got an integer instead."
            })
    void whatIsNoRequestIsRefusedAndNotCharged(String body, String message) throws Exception {
        HttpResponse<String> response = RIG.api().post(CHAT, KEY, quotes(body));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response).get("message").asText()).startsWith(message);
        assertThat(header(response, "x-ratelimit-remaining-requests")).isNull();
        assertThat(RIG.simulator().stats().at("/accounts/a/admitted").asInt()).isZero();
    }

    @Test
    void anEmptyBodyHasNoModel() throws Exception {
        assertThat(error(RIG.api().post(CHAT, KEY, "")).get("message").asText())
                .isEqualTo("you must provide a model parameter");
    }

    @Test
    void tenThousandNestedArraysAreNoRequest() throws Exception {
        assertThat(RIG.api().post(CHAT, KEY, "[".repeat(10_000)).statusCode()).isEqualTo(400);
    }

    @Test
    void anUnknownModelIs404() throws Exception {
        HttpResponse<String> response = RIG.api().post(CHAT, KEY, chat("").replace("gpt-4o", "gpt-9"));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("""
                        {
                            "error": {
                                "message": "The model `gpt-9` does not exist or you do not have access to it.",
                                "type": "invalid_request_error",
                                "param": null,
                                "code": "model_not_found"
                            }
                        }
                        """);
        assertThat(RIG.api().get("/v1/models/gpt-9", KEY).statusCode()).isEqualTo(404);
    }

    @Test
    void aModelIsOnlyForItsOwnEndpoint() throws Exception {
        HttpResponse<String> chat = RIG.api().post(CHAT, KEY, chat("").replace("gpt-4o", "text-embedding-3-small"));
        assertThat(chat.statusCode()).isEqualTo(404);
        assertThat(chat.body()).contains("This is not a chat model");
        assertThat(RIG.api()
                        .post(EMBEDDINGS, KEY, quotes("{'model':'gpt-4o','input':'x'}"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPromptLongerThanTheWindowIsRefused() throws Exception {
        try (Simulator small = Simulator.start(SimulatorOptions.onFreePort()
                .withProfile(new ProfileReader()
                        .parse("p", "{derivedAccounts: {}, models: [{id: gpt-4o, contextWindow: 8}]}")))) {
            JsonNode error = error(Api.of(small).post(CHAT, KEY, chat("")));
            assertThat(error.get("code").asText()).isEqualTo("context_length_exceeded");
            assertThat(error.get("message").asText())
                    .isEqualTo("This model's maximum context length is 8 tokens. However, your messages resulted in 9"
                            + " tokens. Please reduce the length of the messages.");
        }
    }

    @Test
    void credentialsAreJudgedFirst() throws Exception {
        HttpResponse<String> none = RIG.api().post(CHAT, null, "{");
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(error(none).get("message").asText()).startsWith("You didn't provide an API key.");
        assertThat(error(none).get("code").isNull()).isTrue();
        HttpResponse<String> wrong = RIG.api().post(CHAT, "pk-0123456789abcdef", "{");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(error(wrong).get("code").asText()).isEqualTo("invalid_api_key");
        assertThat(error(wrong).get("message").asText())
                .isEqualTo("Incorrect API key provided: pk-01234*******cdef. You can find your API key at"
                        + " https://platform.openai.com/account/api-keys.");
        assertThat(RIG.api()
                        .send(RIG.api().request("/v1/models").header("authorization", "Basic c2stYS0x"))
                        .statusCode())
                .isEqualTo(401);
        JsonNode unknown = RIG.simulator().stats().get("unknownCallers");
        assertThat(unknown.get("requests").asInt()).isEqualTo(3);
        assertThat(unknown.at("/statuses/401").asInt()).isEqualTo(3);
    }

    @Test
    void unknownPathsAndMethodsAreRefused() throws Exception {
        HttpResponse<String> path = RIG.api().post("/v1/chat", KEY, "{}");
        assertThat(path.statusCode()).isEqualTo(404);
        assertThat(error(path).get("message").asText()).isEqualTo("Invalid URL (POST /v1/chat)");
        HttpResponse<String> method = RIG.api().get(CHAT, KEY);
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(error(method).get("message").asText())
                .isEqualTo("Not allowed to GET on /v1/chat/completions. (HINT: Perhaps you meant to use a different"
                        + " HTTP method?)");
    }

    @Test
    void aBodyTooLongIs413WhetherDeclaredOrNot() throws Exception {
        byte[] body = new byte[100_001];
        Arrays.fill(body, (byte) ' ');
        HttpResponse<String> declared = RIG.api()
                .send(RIG.api()
                        .request(CHAT)
                        .header("authorization", "Bearer " + KEY)
                        .POST(BodyPublishers.ofByteArray(body)));
        assertThat(declared.statusCode()).isEqualTo(413);
        assertThat(error(declared).get("message").asText())
                .isEqualTo("Maximum content size limit (100000) exceeded (100001 bytes read)");
        HttpResponse<String> chunked = RIG.api()
                .send(RIG.api()
                        .request(CHAT)
                        .header("authorization", "Bearer " + KEY)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(RIG.api().post(CHAT, KEY, chat("")).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNotHttpGetsAPageOfTheEdge() throws Exception {
        try (RawCall call = new RawCall(RIG.simulator())) {
            assertThat(call.send("NONSENSE\r\n\r\n").readAll()).contains(" 400 Bad Request\r\n", "text/html");
        }
        try (RawCall call = new RawCall(RIG.simulator())) {
            call.send("GET / HTTP/1.1\r\nhost: x\r\nbig: " + "x".repeat(70_000) + "\r\n\r\n");
            assertThat(call.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 431 ");
        }
        assertThat(RIG.simulator().stats().get("requests").asInt()).isZero();
    }

    @Test
    void aBodyOfTwoLengthsIsNoRequestAndNothingAfterItIsOne() throws Exception {
        String head = "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sk-a-1\r\n";
        String smuggled = "GET /v1/models HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sk-a-1\r\n\r\n";
        for (String lengths : List.of(
                "content-length: 5\r\ntransfer-encoding: chunked\r\n",
                "transfer-encoding: chunked\r\ncontent-length: 5\r\n",
                "content-length: 5\r\ncontent-length: 6\r\n")) {
            try (RawCall call = new RawCall(RIG.simulator())) {
                String answer =
                        call.send(head + lengths + "\r\n0\r\n\r\n" + smuggled).readAll();
                assertThat(answer)
                        .as(lengths)
                        .startsWith("HTTP/1.1 400 Bad Request\r\n")
                        .contains("text/html");
                assertThat(answer.split("HTTP/1[.]1 [0-9]{3}", -1))
                        .as("one answer")
                        .hasSize(2);
            }
        }
        assertThat(RIG.simulator().stats().get("requests").asInt()).isZero();
    }
}
