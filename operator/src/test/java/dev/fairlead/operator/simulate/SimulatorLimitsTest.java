package dev.fairlead.operator.simulate;

import static dev.fairlead.operator.simulate.Api.CHAT;
import static dev.fairlead.operator.simulate.Api.chat;
import static dev.fairlead.operator.simulate.Api.error;
import static dev.fairlead.operator.simulate.Api.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.simulate.profile.ProfileReader;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Limits over the wire, under a clock that the test moves. */
class SimulatorLimitsTest {

    private static final long SECOND = 1_000_000L;

    private final AtomicLong clock = new AtomicLong(1_800_000_000_000_000L);

    @Test
    void theFourthOfThreeRequestsWaitsTwentySeconds() throws Exception {
        try (Simulator simulator = simulator("limits: {requestsPerMinute: 3}")) {
            Api api = Api.of(simulator);
            for (int i = 2; i >= 0; i--) {
                HttpResponse<String> response = api.post(CHAT, i == 1 ? "sk-a-2" : "sk-a-1", chat(""));
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(header(response, "x-ratelimit-limit-requests")).isEqualTo("3");
                assertThat(header(response, "x-ratelimit-remaining-requests")).isEqualTo("" + i);
                assertThat(header(response, "x-ratelimit-reset-requests"))
                        .isEqualTo(new String[] {"1m0s", "40s", "20s"}[i]);
                assertThat(header(response, "x-ratelimit-limit-tokens")).isNull();
            }
            clock.addAndGet(SECOND / 2);
            HttpResponse<String> refused = api.post(CHAT, "sk-a-1", chat(""));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(error(refused).get("message").asText())
                    .isEqualTo("Rate limit reached for gpt-4o in organization org-test on requests per min (RPM): Limit"
                            + " 3, Used 3, Requested 1. Please try again in 19.5s. Visit"
                            + " https://platform.openai.com/account/rate-limits to learn more.");
            assertThat(error(refused).get("type").asText()).isEqualTo("requests");
            assertThat(error(refused).get("code").asText()).isEqualTo("rate_limit_exceeded");
            assertThat(header(refused, "retry-after")).isEqualTo("20");
            assertThat(header(refused, "retry-after-ms")).isEqualTo("19500");
            assertThat(header(refused, "x-ratelimit-remaining-requests")).isEqualTo("0");
            clock.addAndGet(19 * SECOND + SECOND / 2 - 1);
            assertThat(api.post(CHAT, "sk-a-1", chat("")).statusCode()).isEqualTo(429);
            clock.addAndGet(1);
            assertThat(api.post(CHAT, "sk-a-1", chat("")).statusCode()).isEqualTo(200);
            JsonNode account = simulator.stats().at("/accounts/a");
            assertThat(account.get("requests").asInt()).isEqualTo(6);
            assertThat(account.get("admitted").asInt()).isEqualTo(4);
            assertThat(account.at("/rejected/rpm").asInt()).isEqualTo(2);
            assertThat(account.at("/statuses/429").asInt()).isEqualTo(2);
            assertThat(account.at("/maxInMinute/requests").asInt()).isEqualTo(4);
            assertThat(account.at("/keys/key-1/requests").asInt()).isEqualTo(5);
            assertThat(account.at("/keys/key-2/admitted").asInt()).isEqualTo(1);
        }
    }

    @Test
    void tokensAreChargedUpFrontByTheLargerOfEstimateAndMaxTokens() throws Exception {
        try (Simulator simulator = simulator("limits: {tokensPerMinute: 600}")) {
            Api api = Api.of(simulator);
            HttpResponse<String> estimate = api.post(CHAT, "sk-a-1", chat(",'max_tokens':5"));
            assertThat(header(estimate, "x-ratelimit-remaining-tokens")).isEqualTo("591");
            assertThat(header(estimate, "x-ratelimit-reset-tokens")).isEqualTo("900ms");
            HttpResponse<String> asked = api.post(CHAT, "sk-a-1", chat(",'max_tokens':500"));
            assertThat(header(asked, "x-ratelimit-remaining-tokens")).isEqualTo("91");
            HttpResponse<String> refused = api.post(CHAT, "sk-a-1", chat(",'max_completion_tokens':100"));
            assertThat(error(refused).get("message").asText())
                    .contains(
                            "on tokens per min (TPM): Limit 600, Used 509, Requested 100. Please try again in 900ms.");
            assertThat(error(refused).get("type").asText()).isEqualTo("tokens");
            HttpResponse<String> large = api.post(CHAT, "sk-a-1", chat(",'max_tokens':601"));
            assertThat(large.statusCode()).isEqualTo(429);
            assertThat(error(large).get("message").asText())
                    .startsWith("Request too large for gpt-4o in organization org-test on tokens per min (TPM): Limit"
                            + " 600, Requested 601.");
            assertThat(header(large, "retry-after")).isNull();
            JsonNode account = simulator.stats().at("/accounts/a");
            assertThat(account.at("/rejected/tpm").asInt()).isEqualTo(2);
            assertThat(account.get("tokensCharged").asInt()).isEqualTo(509);
            assertThat(account.at("/maxInMinute/tokens").asInt()).isEqualTo(509);
            assertThat(account.get("tokensIn").asInt()).isEqualTo(18);
            assertThat(account.get("tokensOut").asInt()).isEqualTo(5 + 16);
        }
    }

    @Test
    void theDayIsRollingAndShownOnceItIsTheTighter() throws Exception {
        try (Simulator simulator = simulator("limits: {requestsPerMinute: 300, requestsPerDay: 200}")) {
            Api api = Api.of(simulator);
            for (int i = 0; i < 200; i++) {
                assertThat(api.post(CHAT, "sk-a-1", chat("")).statusCode()).isEqualTo(200);
            }
            HttpResponse<String> refused = api.post(CHAT, "sk-a-1", chat(""));
            assertThat(error(refused).get("message").asText())
                    .contains(
                            "on requests per day (RPD): Limit 200, Used 200, Requested 1. Please try again in 7m12s.");
            assertThat(header(refused, "x-ratelimit-limit-requests")).isEqualTo("200");
            assertThat(header(refused, "x-ratelimit-reset-requests")).isEqualTo("24h0m0s");
            assertThat(simulator.stats().at("/accounts/a/rejected/rpd").asInt()).isEqualTo(1);
        }
    }

    @Test
    void anAccountThatCannotPayGetsAQuotaErrorWithoutHints() throws Exception {
        try (Simulator simulator = simulator("balanceTokens: 30")) {
            Api api = Api.of(simulator);
            assertThat(api.post(CHAT, "sk-a-1", chat("")).statusCode()).isEqualTo(200);
            assertThat(api.post(CHAT, "sk-a-1", chat("")).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = api.post(CHAT, "sk-a-1", chat(""));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(error(refused).get("type").asText()).isEqualTo("insufficient_quota");
            assertThat(error(refused).get("code").asText()).isEqualTo("insufficient_quota");
            assertThat(header(refused, "retry-after")).isNull();
            assertThat(simulator.stats().at("/accounts/a/rejected/quota").asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void concurrencyCountsUntilTheLastByte() throws Exception {
        try (Simulator simulator = simulator("limits: {concurrency: 1}")) {
            simulator.addFaults(Api.quotes("{'kind':'stall','afterChunks':3,'count':1}"));
            Api api = Api.of(simulator);
            try (RawCall holding = new RawCall(simulator)) {
                holding.chat(chat(",'stream':true")).readUntil("\"delta\":{\"content\"");
                HttpResponse<String> refused = api.post(CHAT, "sk-a-2", chat(""));
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(error(refused).get("message").asText())
                        .contains("on concurrent requests: Limit 1, Used 1, Requested 1.");
                assertThat(simulator.stats().at("/accounts/a/inFlight").asInt()).isEqualTo(1);
            }
            await().until(() -> simulator.stats().at("/accounts/a/inFlight").asInt() == 0);
            assertThat(api.post(CHAT, "sk-a-2", chat("")).statusCode()).isEqualTo(200);
            assertThat(simulator.stats().at("/accounts/a/rejected/concurrency").asInt())
                    .isEqualTo(1);
            assertThat(simulator.stats().at("/accounts/a/maxInFlight").asInt()).isEqualTo(1);
        }
    }

    @Test
    void othersOnTheAccountMakeItRefuseWhatWouldHaveFitted() throws Exception {
        String consumers = "consumers: [{account: a, requestsPerMinute: 40}]";
        try (Simulator simulator = simulator("limits: {requestsPerMinute: 60, burst: 1}", consumers)) {
            Api api = Api.of(simulator);
            int refused = 0;
            for (int second = 0; second < 60; second++) {
                clock.addAndGet(2 * SECOND);
                refused += api.post(CHAT, "sk-a-1", chat("")).statusCode() == 429 ? 1 : 0;
            }
            assertThat(refused).isPositive();
            JsonNode account = simulator.stats().at("/accounts/a");
            JsonNode other = account.at("/consumers/0");
            assertThat(other.get("requests").asInt()).isEqualTo(80);
            assertThat(other.get("admitted").asInt() + other.get("rejected").asInt())
                    .isEqualTo(80);
            assertThat(account.get("requests").asInt()).isEqualTo(60);
            assertThat(account.get("admitted").asInt()).isEqualTo(60 - refused);
        }
    }

    @Test
    void resetMakesEverythingNew() throws Exception {
        try (Simulator simulator = simulator("limits: {requestsPerMinute: 1}")) {
            Api api = Api.of(simulator);
            api.post(CHAT, "sk-a-1", chat(""));
            assertThat(api.post(CHAT, "sk-a-1", chat("")).statusCode()).isEqualTo(429);
            simulator.addFaults("{\"kind\":\"serverError\"}");
            assertThat(api.post("/reset", null, "").body()).contains("\"reset\" : true");
            JsonNode stats = simulator.stats();
            assertThat(stats.get("requests").asInt()).isZero();
            assertThat(stats.get("faults")).isEmpty();
            assertThat(stats.get("log")).isEmpty();
            assertThat(stats.at("/accounts/a/rejected/rpm").asInt()).isZero();
            assertThat(api.post(CHAT, "sk-a-1", chat("")).statusCode()).isEqualTo(200);
        }
    }

    private Simulator simulator(String account, String... more) throws Exception {
        String yaml = "{accounts: [{name: a, organization: org-test, keys: [sk-a-1, sk-a-2], " + account + "}]"
                + (more.length == 0 ? "" : ", " + more[0]) + "}";
        return Simulator.start(SimulatorOptions.onFreePort()
                .withProfile(new ProfileReader().parse("profile", yaml))
                .withClock(clock::get));
    }
}
