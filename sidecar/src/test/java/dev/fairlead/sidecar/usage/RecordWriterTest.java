package dev.fairlead.sidecar.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RecordWriterTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    /** Keeps lines; fails or hangs when told to. */
    private static final class Sink implements RecordSink {
        private final List<String> lines = new ArrayList<>();
        private final AtomicBoolean failing = new AtomicBoolean();
        private final CountDownLatch hanging;
        private volatile boolean closed;

        Sink(CountDownLatch hanging) {
            this.hanging = hanging;
        }

        Sink() {
            this(new CountDownLatch(0));
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            if (failing.get()) {
                throw new IOException("disk full");
            }
            String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
            assertThat(text).endsWith("\n");
            synchronized (lines) {
                lines.addAll(List.of(text.split("\n")));
            }
        }

        List<String> lines() {
            synchronized (lines) {
                return List.copyOf(lines);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static RecordWriter started(RecordSink sink, int loops) {
        RecordWriter writer = new RecordWriter(sink, loops, "pod-1");
        writer.apply(SampleCalls.CONFIG);
        writer.start();
        return writer;
    }

    @Test
    void recordsOfAllLoopsReachTheSink() throws Exception {
        Sink sink = new Sink();
        try (RecordWriter writer = started(sink, 3)) {
            for (int loop = 0; loop < 3; loop++) {
                CallFacts facts = SampleCalls.failedOver();
                facts.id = loop;
                writer.ring(loop).offer(facts);
            }
            assertThat(writer.flush(LONG_ENOUGH)).isTrue();
        }
        List<String> ids = new ArrayList<>();
        for (String line : sink.lines()) {
            JsonNode record = new ObjectMapper().readTree(line);
            ids.add(record.get("id").asText());
            assertThat(record.get("tenant").asText()).isEqualTo("retail");
            assertThat(record.get("pod").asText()).isEqualTo("pod-1");
        }
        assertThat(ids).containsExactlyInAnyOrder(CallIds.text(0), CallIds.text(1), CallIds.text(2));
        assertThat(sink.closed).isTrue();
    }

    @Test
    void aLineComesByItself() {
        Sink sink = new Sink();
        try (RecordWriter writer = started(sink, 1)) {
            writer.ring(0).offer(SampleCalls.failedOver());
            await().atMost(LONG_ENOUGH).until(() -> sink.lines().size() == 1);
        }
    }

    @Test
    void closingWritesEverythingThatWasSettled() {
        Sink sink = new Sink();
        RecordWriter writer = started(sink, 2);
        for (int i = 0; i < 1_000; i++) {
            writer.ring(i % 2).offer(SampleCalls.failedOver());
        }

        writer.close();

        assertThat(sink.lines()).hasSize(1_000);
        assertThat(sink.closed).isTrue();
        assertThat(writer.dropped()).isZero();
        writer.ring(0).offer(SampleCalls.failedOver());
        assertThat(writer.dropped()).as("settled too late").isEqualTo(1);
    }

    @Test
    void aWriterThatNeverStartedStillWritesWhatItHasWhenClosed() {
        Sink sink = new Sink();
        RecordWriter writer = new RecordWriter(sink, 1, null);
        writer.ring(0).offer(SampleCalls.failedOver());

        writer.close();

        assertThat(sink.lines()).hasSize(1);
        assertThat(sink.closed).isTrue();
    }

    @Test
    void aFailingSinkCostsItsRecordsOnlyAndIsTriedAgain() throws InterruptedException {
        Sink sink = new Sink();
        try (RecordWriter writer = started(sink, 1)) {
            sink.failing.set(true);
            writer.ring(0).offer(SampleCalls.failedOver());
            writer.ring(0).offer(SampleCalls.failedOver());
            assertThat(writer.flush(LONG_ENOUGH)).isTrue();
            assertThat(writer.dropped()).isEqualTo(2);

            sink.failing.set(false);
            writer.ring(0).offer(SampleCalls.failedOver());
            assertThat(writer.flush(LONG_ENOUGH)).isTrue();
            assertThat(sink.lines()).hasSize(1);
            assertThat(writer.dropped()).isEqualTo(2);
        }
    }

    @Test
    void aHangingSinkHoldsNeitherFlushNorClose() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Sink sink = new Sink(never);
        RecordWriter writer = started(sink, 1);
        writer.ring(0).offer(SampleCalls.failedOver());

        assertThat(writer.flush(Duration.ofMillis(50))).isFalse();
        writer.close();

        assertThat(sink.lines()).isEmpty();
        await().atMost(LONG_ENOUGH).until(() -> writer.dropped() == 1);
        never.countDown();
    }

    @Test
    void flushingAClosedWriterReturns() throws InterruptedException {
        RecordWriter writer = started(new Sink(), 1);
        writer.close();
        assertThat(writer.flush(LONG_ENOUGH)).isTrue();
    }

    @Test
    void manyRecordsAreWrittenInOrderThoughTheyExceedABatch() throws Exception {
        Sink sink = new Sink();
        try (RecordWriter writer = started(sink, 1)) {
            for (int id = 1; id <= 20_000; id++) {
                CallFacts facts = SampleCalls.failedOver();
                facts.id = id;
                writer.ring(0).offer(facts);
                if (id % 500 == 0) {
                    assertThat(writer.flush(LONG_ENOUGH)).isTrue();
                }
            }
            assertThat(writer.dropped()).isZero();
        }
        List<String> lines = sink.lines();
        assertThat(lines).hasSize(20_000);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).contains("\"id\":\"" + CallIds.text(i + 1) + "\"");
        }
    }
}
