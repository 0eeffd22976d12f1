package dev.fairlead.operator.simulate;

import static dev.fairlead.operator.simulate.Api.CHAT;
import static dev.fairlead.operator.simulate.Api.chat;
import static dev.fairlead.operator.simulate.Api.error;
import static dev.fairlead.operator.simulate.Api.header;
import static dev.fairlead.operator.simulate.Api.quotes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorFaultsTest {

    private static final String STREAM = chat(",'stream':true");

    @RegisterExtension
    static final SimulatorRig RIG =
            new SimulatorRig("accounts: [{name: a, organization: org-test, keys: [sk-a-1, sk-a-2],"
                    + " limits: {requestsPerMinute: 600}}, {name: b, keys: [sk-b-1]}]");

    @ParameterizedTest
    @CsvSource({
        "serverError, 500, server_error, null, true",
        "overloaded, 503, server_error, null, false",
        "badKey, 401, invalid_request_error, invalid_api_key, false",
        "quota, 429, insufficient_quota, insufficient_quota, false",
        "rateLimit, 429, requests, rate_limit_exceeded, false"
    })
    void errorsComeInTheOriginalsWords(String kind, int status, String type, String code, boolean charged)
            throws Exception {
        fault("{'kind':'" + kind + "','count':1}");
        HttpResponse<String> response = RIG.api().post(CHAT, "sk-a-1", chat(""));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(error(response).get("type").asText()).isEqualTo(type);
        assertThat(error(response).get("code").asText()).isEqualTo(code);
        assertThat(account().get("faulted").asInt()).isEqualTo(1);
        assertThat(account().get("admitted").asInt()).isEqualTo(charged ? 1 : 0);
        assertThat(account().get("inFlight").asInt()).isZero();
        assertThat(last().get("fault").asText()).isEqualTo(kind);
        assertThat(RIG.api().post(CHAT, "sk-a-1", chat("")).statusCode()).isEqualTo(200);
    }

    @Test
    void aRateLimitFaultCarriesItsWaitEverywhere() throws Exception {
        fault("{'kind':'rateLimit','retryAfter':'2.5s'}");
        HttpResponse<String> response = RIG.api().post(CHAT, "sk-a-1", chat(""));
        assertThat(error(response).get("message").asText())
                .startsWith("Rate limit reached for gpt-4o in organization org-test on requests per min (RPM): Limit"
                        + " 600, Used 600, Requested 1. Please try again in 2.5s.");
        assertThat(header(response, "retry-after")).isEqualTo("3");
        assertThat(header(response, "retry-after-ms")).isEqualTo("2500");
        assertThat(header(response, "x-ratelimit-remaining-requests")).isEqualTo("0");
        assertThat(header(response, "x-ratelimit-reset-requests")).isEqualTo("2.5s");
    }

    @Test
    void anErrorCanBeAnythingTheTestWants() throws Exception {
        fault("{'kind':'status','status':418,'body':{'a':1},'headers':{'x-a':'b','content-type':'text/x'},"
                + "'retryAfter':'20ms'}");
        HttpResponse<String> response = RIG.api().post(CHAT, "sk-a-1", chat(""));
        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("{\"a\":1}");
        assertThat(header(response, "x-a")).isEqualTo("b");
        assertThat(header(response, "content-type")).isEqualTo("text/x");
        assertThat(header(response, "retry-after")).isEqualTo("1");
        assertThat(header(response, "retry-after-ms")).isEqualTo("20");
        RIG.simulator().clearFaults();
        fault("{'kind':'overloaded','status':429,'body':'plain'}");
        assertThat(RIG.api().post(CHAT, "sk-a-1", chat("")).statusCode()).isEqualTo(429);
        assertThat(RIG.api().post(CHAT, "sk-a-1", chat("")).body()).isEqualTo("plain");
        RIG.simulator().clearFaults();
        fault("[{'kind':'status','status':404,'count':1},{'kind':'status','status':504,'count':1}]");
        assertThat(error(RIG.api().post(CHAT, "sk-a-1", chat(""))).get("type").asText())
                .isEqualTo("invalid_request_error");
        assertThat(error(RIG.api().post(CHAT, "sk-a-1", chat(""))).get("type").asText())
                .isEqualTo("server_error");
    }

    @Test
    void selectorsChooseTheVictim() throws Exception {
        fault("[{'kind':'badKey','account':'a','key':'key-2'},{'kind':'serverError','endpoint':'models'}]");
        assertThat(RIG.api().post(CHAT, "sk-a-1", chat("")).statusCode()).isEqualTo(200);
        assertThat(RIG.api().post(CHAT, "sk-a-2", chat("")).statusCode()).isEqualTo(401);
        assertThat(RIG.api().post(CHAT, "sk-b-1", chat("")).statusCode()).isEqualTo(200);
        assertThat(RIG.api().get("/v1/models", "sk-b-1").statusCode()).isEqualTo(500);
    }

    @Test
    void aBadGatewayIsAPage() throws Exception {
        fault("{'kind':'htmlBadGateway'}");
        HttpResponse<String> response = RIG.api().post(CHAT, "sk-a-1", chat(""));
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(header(response, "content-type")).startsWith("text/html");
        assertThat(response.body()).contains("502: Bad gateway");
    }

    @Test
    void refuseClosesBeforeAnyByte() throws Exception {
        fault("{'kind':'refuse'}");
        try (RawCall call = new RawCall(RIG.simulator())) {
            assertThat(call.chat(chat("")).readAll()).isEmpty();
        }
        assertThat(account().get("faulted").asInt()).isEqualTo(1);
        assertThat(account().get("statuses")).isEmpty();
    }

    @Test
    void resetBreaksTheHeadOff() throws Exception {
        fault("{'kind':'reset'}");
        try (RawCall call = new RawCall(RIG.simulator())) {
            assertThatThrownBy(() -> call.chat(chat("")).readUntil("\r\n\r\n")).isInstanceOf(IOException.class);
        }
        assertThat(account().get("faulted").asInt()).isEqualTo(1);
        assertThat(account().get("inFlight").asInt()).isZero();
    }

    @Test
    void resetAfterChunksBreaksAStream() throws Exception {
        fault("{'kind':'reset','afterChunks':3}");
        try (RawCall call = new RawCall(RIG.simulator())) {
            call.chat(STREAM);
            assertThatThrownBy(() -> call.readUntil("[DONE]"))
                    .satisfiesAnyOf(
                            e -> assertThat(e)
                                    .isInstanceOf(SocketException.class)
                                    .hasMessageContaining("reset"),
                            e -> assertThat(e).hasMessageContaining("closed after"));
        }
        assertThat(last().get("events").asInt()).isEqualTo(3);
        assertThat(last().get("outcome").asText()).isEqualTo("faulted");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void aCutStreamEndsWithoutItsEnd(int events) throws Exception {
        fault("{'kind':'cutStream','afterChunks':" + events + "}");
        try (RawCall call = new RawCall(RIG.simulator())) {
            String all = call.chat(STREAM).readAll();
            assertThat(all)
                    .startsWith("HTTP/1.1 200 OK")
                    .doesNotContain("[DONE]")
                    .doesNotEndWith("0\r\n\r\n");
            assertThat(all.split("data: ", -1)).hasSize(events + 1);
        }
        assertThat(account().get("tokensOut").asInt()).isEqualTo(Math.max(0, events - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void anErrorInsideAStreamIsAnEventAndAProperEnd(int events) throws Exception {
        fault("{'kind':'errorInStream','afterChunks':" + events + "}");
        HttpResponse<String> response = RIG.api().post(CHAT, "sk-a-1", STREAM);
        assertThat(response.statusCode()).isEqualTo(200);
        String[] sent = response.body().split("\n\n");
        assertThat(sent).hasSize(events + 1);
        assertThat(sent[events]).startsWith("data: {\"error\":{\"message\":\"The server had an error");
        assertThat(Api.JSON
                        .readTree(sent[events].substring(6))
                        .at("/error/type")
                        .asText())
                .isEqualTo("server_error");
        RIG.simulator().clearFaults();
        fault("{'kind':'errorInStream','afterChunks':0,'body':{'error':{'code':'insufficient_quota'}}}");
        assertThat(RIG.api().post(CHAT, "sk-a-1", STREAM).body())
                .isEqualTo("data: {\"error\":{\"code\":\"insufficient_quota\"}}\n\n");
    }

    @Test
    void aStallSendsTheHeadAndThenNothingUntilTheCallerLeaves() throws Exception {
        fault("{'kind':'stall'}");
        try (RawCall call = new RawCall(RIG.simulator())) {
            assertThat(call.chat(STREAM).readUntil("\r\n\r\n")).contains("text/event-stream");
            assertThat(last().get("outcome").asText()).isEqualTo("running");
            assertThat(account().get("inFlight").asInt()).isEqualTo(1);
        }
        awaitAborted();
        try (RawCall call = new RawCall(RIG.simulator())) {
            assertThat(call.chat(chat("")).readUntil("\r\n\r\n")).contains("content-length: 1000");
        }
        await().until(() -> account().get("aborted").asInt() == 2);
    }

    @Test
    void aStallBeforeTheHeadSendsNothing() throws Exception {
        fault("{'kind':'stallBeforeHeaders'}");
        try (RawCall call = new RawCall(RIG.simulator())) {
            call.chat(chat(""));
            await().until(() -> account().get("inFlight").asInt() == 1);
            assertThat(last().get("status").asInt()).isZero();
        }
        awaitAborted();
    }

    @Test
    void aStreamThatNeverEndsGoesOnUntilTheCallerLeaves() throws Exception {
        fault("{'kind':'neverEnding'}");
        try (RawCall call = new RawCall(RIG.simulator())) {
            call.chat(STREAM);
            for (int i = 0; i < 20; i++) {
                call.readUntil("\"delta\":{\"content\"");
            }
        }
        awaitAborted();
        assertThat(account().get("tokensOut").asInt()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void garbageIsNotHttpOrNotJson() throws Exception {
        fault("{'kind':'garbage','count':1}");
        try (RawCall call = new RawCall(RIG.simulator())) {
            assertThat(call.chat(chat("")).readAll()).isNotEmpty().doesNotContain("HTTP/1.1");
        }
        fault("{'kind':'garbage','body':'SSH-2.0-x\\r\\n','count':1}");
        try (RawCall call = new RawCall(RIG.simulator())) {
            assertThat(call.chat(chat("")).readAll()).isEqualTo("SSH-2.0-x\r\n");
        }
        fault("{'kind':'garbage','status':200,'count':1}");
        HttpResponse<String> response = RIG.api().post(CHAT, "sk-a-1", chat(""));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "content-type")).isEqualTo("application/json");
        assertThatThrownBy(() -> Api.json(response)).isInstanceOf(IOException.class);
    }

    @Test
    void aTruncatedBodyIsShorterThanItSays() throws Exception {
        fault("{'kind':'truncatedBody'}");
        try (RawCall call = new RawCall(RIG.simulator())) {
            String all = call.chat(chat("")).readAll();
            int declared = Integer.parseInt(all.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
            int sent = all.length() - all.indexOf("\r\n\r\n") - 4;
            assertThat(sent).isEqualTo(declared / 2);
        }
    }

    @Test
    void slowIsRightButLate() throws Exception {
        fault("{'kind':'slow','delayMs':150}");
        HttpResponse<String> response = RIG.api().post(CHAT, "sk-a-1", chat(""));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(last().get("durationMicros").asLong()).isGreaterThanOrEqualTo(150_000);
        assertThat(last().get("outcome").asText()).isEqualTo("answered");
        RIG.simulator().clearFaults();
        fault("{'kind':'serverError','delayMs':100}");
        assertThat(RIG.api().post(CHAT, "sk-a-1", chat("")).statusCode()).isEqualTo(500);
        assertThat(last().get("durationMicros").asLong()).isGreaterThanOrEqualTo(100_000);
    }

    @Test
    void faultsAreListedAndClearedOverHttp() throws Exception {
        HttpResponse<String> added = RIG.api().post("/faults", null, quotes("[{'kind':'refuse','count':3}]"));
        assertThat(added.statusCode()).isEqualTo(200);
        assertThat(Api.json(added).at("/faults/0/count").asInt()).isEqualTo(3);
        assertThat(Api.json(RIG.api().get("/faults", null))
                        .at("/faults/0/struck")
                        .asInt())
                .isZero();
        HttpResponse<String> bad = RIG.api().post("/faults", null, quotes("[{'kind':'refuse'},{'kind':'boom'}]"));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(Api.json(bad).get("error").asText()).startsWith("faults:1: [1].kind: got 'boom', expected one of");
        assertThat(RIG.simulator().stats().get("faults"))
                .as("a bad list adds nothing")
                .hasSize(1);
        assertThat(Api.json(RIG.api().send(RIG.api().request("/faults").DELETE()))
                        .get("faults"))
                .isEmpty();
        assertThatThrownBy(() -> RIG.simulator().addFaults("{}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMalformedRequestIsRefusedAlthoughAStreamFaultIsInForce() throws Exception {
        fault("{'kind':'cutStream'}");
        assertThat(RIG.api().post(CHAT, "sk-a-1", chat(",'stream':true,'n':0")).statusCode())
                .isEqualTo(400);
    }

    private static void fault(String json) {
        RIG.simulator().addFaults(quotes(json));
    }

    private static void awaitAborted() {
        await().until(() -> account().get("aborted").asInt() == 1);
        assertThat(account().get("inFlight").asInt()).isZero();
    }

    private static JsonNode account() {
        return RIG.simulator().stats().at("/accounts/a");
    }

    private static JsonNode last() {
        JsonNode log = RIG.simulator().stats().get("log");
        return log.get(log.size() - 1);
    }
}
