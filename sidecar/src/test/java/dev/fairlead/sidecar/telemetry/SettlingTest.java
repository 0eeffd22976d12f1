package dev.fairlead.sidecar.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.fairlead.sidecar.usage.Attempt;
import dev.fairlead.sidecar.usage.CallFacts;
import dev.fairlead.sidecar.usage.RecordSink;
import dev.fairlead.sidecar.usage.RecordWriter;
import dev.fairlead.sidecar.usage.Recorder;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Metrics and records together, as an exchange uses them. */
class SettlingTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private static void fill(CallFacts facts) {
        facts.clear();
        facts.startedAtMs = 1_790_000_000_000L;
        facts.id = 42;
        facts.route = "team-a/chat";
        facts.endpoint = "ChatCompletions";
        facts.dialect = "openai";
        facts.model = "a name that no configuration has, sent by a client";
        facts.modelName = "gpt-*";
        facts.provider = "OpenAI";
        facts.pool = "ai/openai";
        facts.status = 200;
        facts.durationUs = 900_000;
        facts.overheadUs = 200;
        for (int i = 0; i < 3; i++) {
            Attempt attempt = facts.startAttempt();
            attempt.pool = "ai/openai";
            attempt.target = "primary";
            attempt.failureClass = i < 2 ? "rate_limit" : null;
            attempt.status = i < 2 ? 429 : 200;
        }
        facts.attempt(2).usage.input(10, 0, 0, 0, 0).output(5, 0, 0);
    }

    @Test
    @Timeout(60)
    void settlingACallAllocatesNothingOnItsLoop() throws InterruptedException {
        Metrics metrics = new Metrics(1);
        metrics.apply(SampleConfigs.withRoutes("chat"));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        int rounds = 40;
        int callsARound = 500;
        try (RecordWriter writer = new RecordWriter(RecordSink.stream(OutputStream.nullOutputStream()), 1, "pod-1")) {
            writer.apply(SampleConfigs.withRoutes("chat"));
            writer.start();
            Recorder recorder = new Recorder(metrics.loop(0), writer.ring(0));
            CallFacts facts = new CallFacts();
            long bytes = 0;
            for (int round = 0; round < rounds; round++) {
                long before = threads.getThreadAllocatedBytes(self);
                for (int i = 0; i < callsARound; i++) {
                    fill(facts);
                    recorder.settle(facts);
                }
                if (round >= rounds / 2) {
                    bytes += threads.getThreadAllocatedBytes(self) - before;
                }
                assertThat(writer.flush(LONG_ENOUGH)).isTrue();
            }
            assertThat(writer.dropped()).isZero();
            int measured = rounds / 2 * callsARound;
            assertThat(bytes).as("for %s calls", measured).isLessThan(measured);
        }
    }
}
