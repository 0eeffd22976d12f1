package dev.fairlead.sidecar.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.config.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
    private final RecordJson json = new RecordJson("shop-7d9f-x2x");

    private String text() {
        return new String(json.buffer(), 0, json.size(), StandardCharsets.UTF_8);
    }

    @Test
    void aCallBecomesOneLineWithTheNamesOfTheCallRecord() throws IOException {
        CallFacts facts = SampleCalls.failedOver();
        facts.sumUsage();

        json.append(facts, SampleCalls.CONFIG.workload());

        assertThat(text())
                .isEqualTo("{\"time\":\"2026-09-21T14:13:20.123Z\",\"id\":\"00abcdef01234567\","
                        + "\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"tenant\":\"retail\","
                        + "\"namespace\":\"team-a\",\"workload\":\"Deployment/shop\",\"serviceAccount\":\"shop\","
                        + "\"pod\":\"shop-7d9f-x2x\",\"subscription\":\"team-a/shop-chat\",\"route\":\"team-a/chat\","
                        + "\"endpoint\":\"ChatCompletions\",\"dialect\":\"openai\",\"model\":\"gpt-4o\",\"stream\":true,"
                        + "\"maxTokens\":2000,\"priority\":\"Batch\",\"timeoutMs\":45000,\"affinity\":\"0123456789abcdef\","
                        + "\"provider\":\"OpenAI\",\"pool\":\"ai/openai\",\"key\":\"acct-b-1\","
                        + "\"quotaGroup\":\"group-of-acct-b-1\",\"target\":\"primary\",\"upstreamModel\":\"gpt-4o-2024\","
                        + "\"status\":200,\"outcome\":\"ok\",\"attempts\":["
                        + "{\"target\":\"primary\",\"pool\":\"ai/openai\",\"key\":\"acct-a-1\",\"status\":429,"
                        + "\"class\":\"rate_limit\",\"waitMs\":0,\"ms\":12.5},"
                        + "{\"target\":\"primary\",\"pool\":\"ai/openai\",\"key\":\"acct-b-1\",\"status\":200,"
                        + "\"waitMs\":0.25,\"ms\":899,\"usage\":{\"inputTokens\":1200,\"cacheReadTokens\":1024,"
                        + "\"outputTokens\":345,\"reasoningTokens\":12}}],"
                        + "\"waitMs\":0.25,\"ttftMs\":180.25,\"durationMs\":912,\"overheadUs\":187,"
                        + "\"usage\":{\"inputTokens\":1200,\"cacheReadTokens\":1024,\"outputTokens\":345,"
                        + "\"reasoningTokens\":12},\"finishReason\":\"stop\"}\n");
    }

    @Test
    void whatACallDoesNotHaveHasNoField() throws IOException {
        CallFacts facts = new CallFacts();
        facts.startedAtMs = 1_790_000_000_000L;
        facts.id = 1;
        facts.status = 404;
        facts.outcome = Outcome.REFUSED;
        facts.error = ErrorCode.NOT_FOUND;

        new RecordJson(null).append(facts, null);
        json.append(facts, null);

        assertThat(text())
                .isEqualTo("{\"time\":\"2026-09-21T14:13:20.000Z\",\"id\":\"0000000000000001\","
                        + "\"pod\":\"shop-7d9f-x2x\",\"stream\":false,\"status\":404,\"outcome\":\"refused\","
                        + "\"error\":\"not_found\",\"waitMs\":0,\"durationMs\":0}\n");
    }

    @Test
    void whatAClientSendsCannotBreakALine() throws IOException {
        CallFacts facts = SampleCalls.failedOver();
        facts.model = "a\"b\\c\nd\r\u0000\u2028{\"outcome\":\"ok\"}😀\ud800";

        json.append(facts, SampleCalls.CONFIG.workload());
        json.append(facts, SampleCalls.CONFIG.workload());

        String[] lines = text().split("\n", -1);
        assertThat(lines).hasSize(3);
        assertThat(lines[2]).isEmpty();
        JsonNode parsed = new ObjectMapper().readTree(lines[1]);
        assertThat(parsed.get("model").asText()).isEqualTo(facts.model);
    }

    @Test
    void aRecordThatCannotBeWrittenLeavesTheOthersWhole() throws IOException {
        CallFacts good = SampleCalls.failedOver();
        CallFacts bad = SampleCalls.failedOver();
        bad.model = "x".repeat(20_000);
        bad.outcome = null;

        json.append(good, null);
        String before = text();
        assertThatThrownBy(() -> json.append(bad, null)).isInstanceOf(NullPointerException.class);
        assertThat(text()).isEqualTo(before);

        json.append(good, null);
        assertThat(text()).isEqualTo(before + before);
    }

    @Test
    void estimatedUsageSaysSo() throws IOException {
        CallFacts facts = new CallFacts();
        facts.usage.estimate(10, 5);

        json.append(facts, null);

        assertThat(text()).contains("\"usage\":{\"inputTokens\":10,\"outputTokens\":5,\"estimated\":true}");
    }

    @Property
    void millisecondsAreExact(@ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long micros) throws IOException {
        CallFacts facts = new CallFacts();
        facts.durationUs = micros;
        RecordJson fresh = new RecordJson(null);

        fresh.append(facts, null);

        JsonNode parsed = new ObjectMapper().readTree(fresh.buffer(), 0, fresh.size());
        assertThat(parsed.get("durationMs").decimalValue().movePointRight(3).longValueExact())
                .isEqualTo(micros);
    }

    @Property
    void timesReadBackAsTheyWere(@ForAll @LongRange(min = -1, max = 4_102_444_800_000L) long epochMs)
            throws IOException {
        CallFacts facts = new CallFacts();
        facts.startedAtMs = epochMs;
        RecordJson fresh = new RecordJson(null);

        fresh.append(facts, null);

        JsonNode parsed = new ObjectMapper().readTree(fresh.buffer(), 0, fresh.size());
        assertThat(Instant.parse(parsed.get("time").asText()).toEpochMilli()).isEqualTo(epochMs);
    }
}
