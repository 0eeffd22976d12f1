package dev.fairlead.sidecar.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.usage.Attempt;
import dev.fairlead.sidecar.usage.CallFacts;
import dev.fairlead.sidecar.usage.Outcome;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LoopMetricsTest {
    private static final String GEN_AI =
            "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\",gen_ai_request_model=\"gpt-*\"";

    private final Metrics metrics = new Metrics(2);
    private final LoopMetrics loop = metrics.loop(0);

    @BeforeEach
    void configure() {
        metrics.apply(SampleConfigs.withRoutes("chat"));
    }

    /** The value of a series on the page, or -1 when the page does not have it. */
    private double value(String series) {
        String page = new MetricsPage(metrics, Map.of()).render(null).body();
        Matcher matcher = Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE)
                .matcher(page);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : -1;
    }

    private static String requests(String provider, String outcome) {
        return "fairlead_requests_total{endpoint=\"ChatCompletions\",outcome=\"" + outcome + "\",provider=\"" + provider
                + "\",route=\"team-a/chat\"}";
    }

    @Test
    void countersOfAConfigurationExistBeforeItsFirstCall() {
        assertThat(value(requests("OpenAI", "ok"))).isZero();
        assertThat(value(requests("OpenAI", "failed"))).isZero();
        assertThat(value("fairlead_attempts_total{class=\"ok\",pool=\"ai/openai\"}"))
                .isZero();
        assertThat(value("fairlead_tokens_total{direction=\"input\",route=\"team-a/chat\"}"))
                .isZero();
    }

    @Test
    void anAnsweredCallIsCountedEverywhere() {
        loop.count(SampleConfigs.answered("chat"));

        assertThat(value(requests("OpenAI", "ok"))).isEqualTo(1);
        assertThat(value("fairlead_tokens_total{direction=\"input\",route=\"team-a/chat\"}"))
                .isEqualTo(1_200);
        assertThat(value("fairlead_tokens_total{direction=\"output\",route=\"team-a/chat\"}"))
                .isEqualTo(345);
        assertThat(value("fairlead_attempts_total{class=\"ok\",pool=\"ai/openai\"}"))
                .isEqualTo(1);
        assertThat(value("fairlead_wait_seconds_bucket{pool=\"ai/openai\",le=\"0.0\"}"))
                .isEqualTo(1);
        String duration = "gen_ai_client_operation_duration_seconds_";
        assertThat(value(duration + "count{error_type=\"\"," + GEN_AI + "}")).isEqualTo(1);
        assertThat(value(duration + "sum{error_type=\"\"," + GEN_AI + "}")).isEqualTo(0.9);
        assertThat(value(duration + "bucket{error_type=\"\"," + GEN_AI + ",le=\"0.64\"}"))
                .isZero();
        assertThat(value(duration + "bucket{error_type=\"\"," + GEN_AI + ",le=\"1.28\"}"))
                .isEqualTo(1);
        assertThat(value("gen_ai_server_time_to_first_token_seconds_sum{" + GEN_AI + "}"))
                .isEqualTo(0.18);
        assertThat(value("gen_ai_client_token_usage_tokens_sum{" + GEN_AI + ",gen_ai_token_type=\"input\"}"))
                .isEqualTo(1_200);
        assertThat(value("gen_ai_client_token_usage_tokens_sum{" + GEN_AI + ",gen_ai_token_type=\"output\"}"))
                .isEqualTo(345);
        assertThat(value("fairlead_overhead_seconds_count")).isEqualTo(1);
        assertThat(value("fairlead_overhead_seconds_bucket{le=\"1.0E-4\"}")).isZero();
        assertThat(value("fairlead_overhead_seconds_bucket{le=\"2.5E-4\"}")).isEqualTo(1);
    }

    @Test
    void aRefusalBeforeARouteIsKnownHasAnEmptyRoute() {
        CallFacts facts = new CallFacts();
        facts.outcome = Outcome.REFUSED;
        facts.error = ErrorCode.NOT_FOUND;
        facts.model = "whatever a client sends must not become a label";

        loop.count(facts);

        assertThat(value("fairlead_refusals_total{code=\"not_found\",route=\"\"}"))
                .isEqualTo(1);
        assertThat(value("fairlead_requests_total{endpoint=\"\",outcome=\"refused\",provider=\"\",route=\"\"}"))
                .isEqualTo(1);
        assertThat(new MetricsPage(metrics, Map.of()).render(null).body())
                .doesNotContain("whatever")
                .doesNotContain("gen_ai_");
    }

    @Test
    void aCallThatWaitedInVainCountsItsWaitButNoOperation() {
        CallFacts facts = SampleConfigs.answered("chat").clear();
        facts.route = "team-a/chat";
        facts.endpoint = "ChatCompletions";
        facts.modelName = "gpt-*";
        facts.provider = "OpenAI";
        facts.pool = "ai/openai";
        facts.outcome = Outcome.REFUSED;
        facts.error = ErrorCode.KEYS_EXHAUSTED;
        facts.status = 429;
        facts.waitUs = 2_000_000;

        loop.count(facts);

        assertThat(value("fairlead_refusals_total{code=\"keys_exhausted\",route=\"team-a/chat\"}"))
                .isEqualTo(1);
        assertThat(value("fairlead_wait_seconds_sum{pool=\"ai/openai\"}")).isEqualTo(2);
        assertThat(value("fairlead_wait_seconds_count{pool=\"ai/openai\"}")).isEqualTo(1);
        assertThat(value(
                        "gen_ai_client_operation_duration_seconds_count{error_type=\"keys_exhausted\"," + GEN_AI + "}"))
                .isEqualTo(-1);
    }

    @Test
    void aFailureIsToldApartByItsError() {
        CallFacts ours = SampleConfigs.answered("chat");
        ours.outcome = Outcome.FAILED;
        ours.error = ErrorCode.UPSTREAM_TIMEOUT;
        ours.status = 504;
        loop.count(ours);
        CallFacts theirs = SampleConfigs.answered("chat");
        theirs.outcome = Outcome.FAILED;
        theirs.status = 400;
        loop.count(theirs);
        CallFacts strange = SampleConfigs.answered("chat");
        strange.outcome = Outcome.FAILED;
        strange.status = 700;
        loop.count(strange);

        String count = "gen_ai_client_operation_duration_seconds_count{error_type=\"";
        assertThat(value(count + "upstream_timeout\"," + GEN_AI + "}")).isEqualTo(1);
        assertThat(value(count + "400\"," + GEN_AI + "}")).isEqualTo(1);
        assertThat(value(count + "_OTHER\"," + GEN_AI + "}")).isEqualTo(1);
        assertThat(value(count + "\"," + GEN_AI + "}")).isEqualTo(-1);
        assertThat(value(requests("OpenAI", "failed"))).isEqualTo(3);
        assertThat(value("fairlead_refusals_total{code=\"upstream_timeout\",route=\"team-a/chat\"}"))
                .isEqualTo(1);
        assertThat(value("gen_ai_server_time_to_first_token_seconds_count{" + GEN_AI + "}"))
                .as("only of streams that ended well")
                .isEqualTo(-1);
    }

    @Test
    void aClientThatLeftIsCancelledAndNoRefusal() {
        CallFacts facts = SampleConfigs.answered("chat");
        facts.outcome = Outcome.CANCELLED;
        facts.error = ErrorCode.CLIENT_CLOSED;

        loop.count(facts);

        assertThat(value(requests("OpenAI", "cancelled"))).isEqualTo(1);
        assertThat(value("fairlead_refusals_total{code=\"client_closed\",route=\"team-a/chat\"}"))
                .isEqualTo(-1);
        assertThat(value("fairlead_tokens_total{direction=\"output\",route=\"team-a/chat\"}"))
                .as("tokens are paid for all the same")
                .isEqualTo(345);
    }

    @Test
    void everyAttemptIsCountedAtItsPoolWithItsWait() {
        CallFacts facts = SampleConfigs.answered("chat").clear();
        facts.route = "team-a/chat";
        facts.pool = "ai/backup";
        facts.waitUs = 3_500_000;
        Attempt first = facts.startAttempt();
        first.pool = "ai/openai";
        first.failureClass = "rate_limit";
        first.waitUs = 1_000_000;
        Attempt second = facts.startAttempt();
        second.pool = "ai/backup";
        second.failureClass = "rate_limit";
        second.waitUs = 500_000;

        loop.count(facts);

        assertThat(value("fairlead_attempts_total{class=\"rate_limit\",pool=\"ai/openai\"}"))
                .isEqualTo(1);
        assertThat(value("fairlead_attempts_total{class=\"rate_limit\",pool=\"ai/backup\"}"))
                .isEqualTo(1);
        assertThat(value("fairlead_wait_seconds_sum{pool=\"ai/openai\"}")).isEqualTo(1);
        assertThat(value("fairlead_wait_seconds_sum{pool=\"ai/backup\"}"))
                .as("its attempt's half second and the two that led to none")
                .isEqualTo(2.5);
    }

    @Test
    void anEndpointThatRunsNoModelIsNoOperation() {
        CallFacts facts = SampleConfigs.answered("chat");
        facts.endpoint = "Models";
        loop.count(facts);
        assertThat(new MetricsPage(metrics, Map.of()).render(null).body()).doesNotContain("gen_ai_");
    }

    @Test
    void loopsAreSummed() {
        loop.count(SampleConfigs.answered("chat"));
        metrics.loop(1).count(SampleConfigs.answered("chat"));
        metrics.loop(1).count(SampleConfigs.answered("chat"));

        assertThat(value(requests("OpenAI", "ok"))).isEqualTo(3);
        assertThat(value("gen_ai_client_operation_duration_seconds_count{error_type=\"\"," + GEN_AI + "}"))
                .isEqualTo(3);
    }

    @Test
    void aConfigurationThatComesOrGoesSetsNothingBack() {
        loop.count(SampleConfigs.answered("chat"));

        metrics.apply(SampleConfigs.withRoutes("other"));
        assertThat(value(requests("OpenAI", "ok"))).isEqualTo(1);
        loop.count(SampleConfigs.answered("chat"));
        loop.count(SampleConfigs.answered("other"));
        metrics.apply(SampleConfigs.withRoutes("other", "chat"));
        loop.count(SampleConfigs.answered("chat"));

        assertThat(value(requests("OpenAI", "ok"))).isEqualTo(3);
    }

    @Test
    void lagIsCounted() {
        loop.lagged(3_000);
        loop.lagged(-5);
        assertThat(value("fairlead_event_loop_lag_seconds_count")).isEqualTo(2);
        assertThat(value("fairlead_event_loop_lag_seconds_sum")).isEqualTo(0.003);
    }

    @Test
    @Timeout(60)
    void countsAreNeverLostNorGoBackwardsWhileSomebodyScrapes() throws InterruptedException {
        int calls = 100_000;
        Thread one = new Thread(() -> count(metrics.loop(0), calls));
        Thread two = new Thread(() -> count(metrics.loop(1), calls));
        one.start();
        two.start();
        double last = 0;
        while (one.isAlive() || two.isAlive()) {
            double now = value(requests("OpenAI", "ok"));
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
        one.join();
        two.join();
        assertThat(value(requests("OpenAI", "ok"))).isEqualTo(2 * calls);
        assertThat(value("fairlead_wait_seconds_count{pool=\"ai/openai\"}")).isEqualTo(2 * calls);
    }

    private static void count(LoopMetrics loop, int calls) {
        CallFacts facts = SampleConfigs.answered("chat");
        for (int i = 0; i < calls; i++) {
            facts.durationUs = i;
            loop.count(facts);
        }
    }

    @Test
    void countingAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        CallFacts facts = SampleConfigs.answered("chat");
        CallFacts failed = SampleConfigs.answered("chat");
        failed.outcome = Outcome.FAILED;
        failed.status = 502;
        failed.attempt(0).failureClass = "server";
        count(loop, 20_000);
        loop.count(failed);

        long before = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < 10_000; i++) {
            loop.count(facts);
            loop.count(failed);
        }
        long bytes = threads.getThreadAllocatedBytes(self) - before;

        assertThat(bytes).as("for 20,000 calls").isLessThan(20_000);
    }
}
