package dev.fairlead.operator.simulate;

import static dev.fairlead.operator.simulate.Api.CHAT;
import static dev.fairlead.operator.simulate.Api.chat;
import static dev.fairlead.operator.simulate.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatorBooksTest {

    @RegisterExtension
    static final SimulatorRig RIG = new SimulatorRig(
            "{derivedAccounts: {}, logSize: 5, accounts: [{name: slow, keys: [{name: main, key: sk-slow}],"
                    + " latency: {firstByte: 30ms, perChunk: 20ms, chunks: 4, jitter: 0.2}}]}");

    @Test
    void theLogNamesHeadersAndKeysButShowsNoSecret() throws Exception {
        RIG.api()
                .send(RIG.api()
                        .request("/v1/models")
                        .header("authorization", "Bearer sk-slow")
                        .header("X-Tenant", "t-77"));
        JsonNode call = RIG.simulator().stats().at("/log/0");
        assertThat(call.get("headers")).extracting(JsonNode::asText).contains("authorization", "x-tenant", "host");
        assertThat(call.get("authorization").asBoolean()).isTrue();
        assertThat(call.get("account").asText()).isEqualTo("slow");
        assertThat(call.get("key").asText()).isEqualTo("main");
        assertThat(call.get("endpoint").asText()).isEqualTo("models");
        assertThat(RIG.simulator().stats().toString()).doesNotContain("sk-slow", "t-77");
    }

    @Test
    void theLogKeepsTheLastCallsAndCountsAll() throws Exception {
        for (int i = 0; i < 8; i++) {
            RIG.api().get("/v1/models", "sk-a-1");
        }
        assertThat(RIG.simulator().stats().get("requests").asInt()).isEqualTo(8);
        assertThat(RIG.simulator().stats().get("log").findValuesAsText("number"))
                .containsExactly("4", "5", "6", "7", "8");
        JsonNode two = json(RIG.api().get("/stats?log=2", null));
        assertThat(two.get("log").findValuesAsText("number")).containsExactly("7", "8");
        assertThat(RIG.api().get("/stats?log=two", null).statusCode()).isEqualTo(400);
    }

    @Test
    void aCallerWhoLeavesAStreamIsNoticedAtOnce() throws Exception {
        RIG.simulator().addFaults("{\"kind\":\"neverEnding\"}");
        int open = RIG.simulator().stats().at("/connections/open").asInt();
        Instant left;
        try (RawCall call = new RawCall(RIG.simulator())) {
            call.chat(chat(",'stream':true")).readUntil("\"delta\":{\"content\"");
            left = Instant.now();
        }
        await().until(() -> RIG.simulator().stats().at("/accounts/a/aborted").asInt() == 1);
        JsonNode call = RIG.simulator().stats().at("/log/0");
        assertThat(call.get("outcome").asText()).isEqualTo("aborted");
        assertThat(Duration.between(left, Instant.parse(call.get("endedAt").asText())))
                .isLessThan(Duration.ofSeconds(5));
        assertThat(RIG.simulator().stats().at("/accounts/a/inFlight").asInt()).isZero();
        await().until(() -> RIG.simulator().stats().at("/connections/open").asInt() == open);
    }

    @Test
    void aCallerWhoResetsInTheMiddleOfAnUploadIsAborted() throws Exception {
        try (RawCall call = new RawCall(RIG.simulator())) {
            call.send("POST " + CHAT + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sk-a-1\r\ncontent-length: 100\r\n"
                    + "\r\n{");
            await().until(() -> RIG.simulator().stats().get("requests").asInt() == 1);
            call.abort();
        }
        await().until(() -> RIG.simulator().stats().at("/accounts/a/aborted").asInt() == 1);
        assertThat(RIG.simulator().stats().at("/accounts/a/admitted").asInt()).isZero();
        assertThat(RIG.simulator().stats().at("/log/0/status").asInt()).isZero();
    }

    @Test
    void aCallerWhoLeavesBeforeTheAnswerOfASlowAccountIsAborted() throws Exception {
        String body = chat("");
        try (RawCall call = new RawCall(RIG.simulator())) {
            call.send("POST " + CHAT + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sk-slow\r\ncontent-length: "
                    + body.length() + "\r\n\r\n" + body);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> RIG.simulator()
                                    .stats()
                                    .at("/accounts/slow/inFlight")
                                    .asInt()
                            == 1);
        }
        await().until(() ->
                RIG.simulator().stats().at("/accounts/slow/inFlight").asInt() == 0);
        JsonNode account = RIG.simulator().stats().at("/accounts/slow");
        assertThat(account.get("aborted").asInt() + account.get("answered").asInt())
                .isEqualTo(1);
        assertThat(account.get("tokensOut").asInt())
                .isEqualTo(account.get("answered").asInt() * 16);
    }

    @Test
    void paceIsAsTheProfileSays() throws Exception {
        RIG.api().post(CHAT, "sk-slow", chat(",'stream':true"));
        JsonNode stream = RIG.simulator().stats().at("/log/0");
        assertThat(stream.get("events").asInt())
                .as("role, 4 chunks, finish, done")
                .isEqualTo(7);
        assertThat(stream.get("outputTokens").asInt()).isEqualTo(16);
        assertThat(stream.get("durationMicros").asLong()).isGreaterThanOrEqualTo((24 + 4 * 16) * 1000L);
        RIG.api().post(CHAT, "sk-slow", chat(""));
        assertThat(RIG.simulator().stats().at("/log/1/durationMicros").asLong())
                .isGreaterThanOrEqualTo((24 + 4 * 16) * 1000L);
    }

    @Test
    void theBooksAddUpUnderConcurrentCalls() throws Exception {
        HttpClient client = RIG.api().client();
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String more = i % 3 == 0 ? ",'stream':true" : i % 7 == 0 ? ",'n':0" : "";
            calls.add(client.sendAsync(
                    RIG.api()
                            .request(CHAT)
                            .header("authorization", "Bearer sk-many-" + (1 + i % 4))
                            .POST(BodyPublishers.ofString(chat(more)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        long ok = calls.stream()
                .map(CompletableFuture::join)
                .filter(response -> response.statusCode() == 200)
                .count();
        JsonNode account = RIG.simulator().stats().at("/accounts/many");
        assertThat(account.get("requests").asLong()).isEqualTo(300);
        assertThat(account.get("admitted").asLong()).isEqualTo(300);
        assertThat(account.get("answered").asLong()).isEqualTo(ok);
        assertThat(account.get("refused").asLong()).isEqualTo(300 - ok);
        assertThat(account.at("/statuses/200").asLong()).isEqualTo(ok);
        assertThat(account.get("tokensOut").asLong()).isEqualTo(ok * 16);
        assertThat(account.get("inFlight").asLong()).isZero();
        assertThat(account.at("/maxInMinute/requests").asLong()).isEqualTo(300);
        long byKey = 0;
        for (JsonNode key : account.get("keys")) {
            byKey += key.get("requests").asLong();
        }
        assertThat(account.get("keys")).hasSize(4);
        assertThat(byKey).isEqualTo(300);
    }

    @Test
    void connectionsOfCallersAreCountedAndThoseOfControlAreNot() throws Exception {
        long before = RIG.simulator().stats().at("/connections/total").asLong();
        try (RawCall control = new RawCall(RIG.simulator());
                RawCall idle = new RawCall(RIG.simulator());
                RawCall caller = new RawCall(RIG.simulator())) {
            control.send("GET /stats HTTP/1.1\r\nhost: x\r\n\r\n").readUntil("\"faults\"");
            caller.chat(chat("")).readUntil("service_tier");
            await().until(() -> RIG.simulator().stats().at("/connections/total").asLong() == before + 2);
            assertThat(RIG.simulator().stats().at("/connections/open").asLong()).isGreaterThanOrEqualTo(2);
            idle.send("x");
        }
    }

    @Test
    void controlPathsSayWhatTheyCannotDo() throws Exception {
        assertThat(RIG.api().get("/", null).body()).contains("POST   /faults");
        assertThat(RIG.api().get("/reset", null).statusCode()).isEqualTo(405);
        assertThat(RIG.api().get("/schemas/stats", null).body()).contains("\"$schema\"");
        assertThat(json(RIG.api().get("/schemas/none", null)).get("error").asText())
                .isEqualTo("no schema 'none'; there are [faults, profile, reset, stats]");
        assertThat(RIG.api().post("/faults", null, "x".repeat(2_000_000)).statusCode())
                .isEqualTo(413);
    }
}
