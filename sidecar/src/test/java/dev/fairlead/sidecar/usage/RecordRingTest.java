package dev.fairlead.sidecar.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.sidecar.config.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecordRingTest {
    private static final RecordNames NAMES = RecordNames.of(SampleCalls.CONFIG);

    private final AtomicInteger wakes = new AtomicInteger();
    private final CallFacts read = new CallFacts();

    private RecordRing ring(int words) {
        RecordRing ring = new RecordRing(words, wakes::incrementAndGet);
        ring.names(NAMES);
        return ring;
    }

    private List<String> drain(RecordRing ring) {
        List<String> all = new ArrayList<>();
        long end = ring.end();
        while (ring.poll(read, end) != null) {
            all.add(SampleCalls.describe(read));
        }
        return all;
    }

    @Test
    void aRecordComesOutAsItWentIn() {
        RecordRing ring = ring(1 << 10);
        CallFacts facts = SampleCalls.failedOver();
        facts.sumUsage();

        ring.offer(facts);

        assertThat(drain(ring)).containsExactly(SampleCalls.describe(facts));
        assertThat(drain(ring)).isEmpty();
    }

    @Property(tries = 300)
    void anyRecordsComeOutAsTheyWentInHoweverOftenTheRingGoesRound(@ForAll("calls") List<CallFacts> calls) {
        RecordRing ring = ring(1 << 12);
        for (CallFacts facts : calls) {
            ring.offer(facts);
            assertThat(drain(ring)).containsExactly(SampleCalls.describe(facts));
        }
        assertThat(ring.dropped()).isZero();
    }

    @Provide
    Arbitrary<List<CallFacts>> calls() {
        return Arbitraries.randomValue(RecordRingTest::anyCall).list().ofMaxSize(40);
    }

    private static CallFacts anyCall(Random random) {
        CallFacts facts = new CallFacts();
        facts.startedAtMs = random.nextLong();
        facts.id = random.nextLong();
        facts.traceIdHigh = random.nextLong();
        facts.traceIdLow = random.nextLong();
        facts.stream = random.nextBoolean();
        facts.status = random.nextInt(600);
        facts.outcome = pick(random, Outcome.values());
        facts.error = random.nextBoolean() ? null : pick(random, ErrorCode.values());
        facts.waitUs = random.nextLong();
        facts.ttftUs = random.nextLong();
        facts.durationUs = random.nextLong();
        facts.overheadUs = random.nextLong();
        facts.route = anyName(random);
        facts.endpoint = anyName(random);
        facts.dialect = anyName(random);
        facts.model = anyText(random);
        facts.target = anyName(random);
        facts.pool = anyName(random);
        facts.key = anyName(random);
        facts.quotaGroup = anyName(random);
        facts.provider = anyName(random);
        facts.upstreamModel = anyText(random);
        facts.subscription = anyName(random);
        facts.finishReason = anyName(random);
        anyUsage(random, facts.usage);
        for (int attempts = random.nextInt(9); attempts > 0; attempts--) {
            Attempt attempt = facts.startAttempt();
            attempt.target = anyName(random);
            attempt.pool = anyName(random);
            attempt.key = anyName(random);
            attempt.status = random.nextInt(600);
            attempt.failureClass = anyName(random);
            attempt.waitUs = random.nextLong();
            attempt.durationUs = random.nextLong();
            anyUsage(random, attempt.usage);
        }
        return facts;
    }

    private static void anyUsage(Random random, Usage usage) {
        if (random.nextBoolean()) {
            usage.estimate(1, 1);
        }
        if (random.nextBoolean()) {
            usage.input(count(random), count(random), count(random), count(random), count(random));
            usage.output(count(random), count(random), count(random));
        }
    }

    private static long count(Random random) {
        return random.nextLong() >>> (1 + random.nextInt(60));
    }

    private static String anyName(Random random) {
        return pick(
                random, "team-a/chat", "primary", "acct-a-1", "OpenAI", "stop", "of an older configuration", "", null);
    }

    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(60); length > 0; length--) {
            int codePoint = random.nextInt(pick(random, 0x80, 0x800, 0x10000, 0x110000));
            text.appendCodePoint(codePoint >= 0xd800 && codePoint <= 0xdfff ? '-' : codePoint);
        }
        return text.toString();
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @Test
    void aFullRingDropsAndCountsAndKeepsWhatItHas() {
        RecordRing ring = ring(1 << 8);
        CallFacts facts = SampleCalls.failedOver();
        int offered = 20;
        for (int i = 0; i < offered; i++) {
            facts.status = i;
            ring.offer(facts);
        }

        List<String> kept = drain(ring);

        assertThat(kept).hasSizeBetween(2, 6);
        assertThat(ring.dropped()).isEqualTo(offered - kept.size());
        for (int i = 0; i < kept.size(); i++) {
            facts.status = i;
            assertThat(kept.get(i)).isEqualTo(SampleCalls.describe(facts));
        }
        ring.offer(facts);
        assertThat(drain(ring)).as("there is room again").containsExactly(SampleCalls.describe(facts));
    }

    @Test
    void aRecordLargerThanTheRingIsDroppedAndDisturbsNothing() {
        RecordRing ring = ring(1 << 7);
        CallFacts large = SampleCalls.failedOver();
        for (int i = 0; i < 30; i++) {
            large.startAttempt();
        }
        CallFacts small = new CallFacts();
        small.model = "small";

        ring.offer(small);
        ring.offer(large);
        ring.offer(small);

        assertThat(drain(ring)).containsExactly(SampleCalls.describe(small), SampleCalls.describe(small));
        assertThat(ring.dropped()).isEqualTo(1);
    }

    @Test
    void everyRecordIsReadWithTheNamesItWasWrittenUnder() {
        RecordRing ring = ring(1 << 12);
        List<String> expected = new ArrayList<>();
        for (int swap = 0; swap < 6; swap++) {
            ring.names(RecordNames.of(SampleCalls.config("route-" + swap, "key-" + swap, "other")));
            CallFacts facts = SampleCalls.failedOver();
            facts.route = "team-a/route-" + swap;
            facts.key = "key-" + swap;
            ring.offer(facts);
            facts.route = "team-a/route-" + (swap - 1);
            ring.offer(facts);
            expected.add("team-a/route-" + swap);
            expected.add("team-a/route-" + (swap - 1));
        }

        List<String> routes = new ArrayList<>();
        long end = ring.end();
        while (ring.poll(read, end) != null) {
            routes.add(read.route);
        }
        assertThat(routes).isEqualTo(expected);
    }

    @Test
    void configurationsThatChangeFasterThanTheWriterComesCostRecordsNotCorrectness() {
        RecordRing ring = ring(1 << 12);
        for (int swap = 0; swap < 20; swap++) {
            ring.names(RecordNames.of(SampleCalls.config("route-" + swap, "key-" + swap)));
            CallFacts facts = new CallFacts();
            facts.route = "team-a/route-" + swap;
            ring.offer(facts);
        }

        List<String> routes = new ArrayList<>();
        long end = ring.end();
        while (ring.poll(read, end) != null) {
            routes.add(read.route);
        }
        assertThat(routes).hasSize(8).first().isEqualTo("team-a/route-0");
        assertThat(routes).last().isEqualTo("team-a/route-7");
        assertThat(ring.dropped()).isEqualTo(12);

        CallFacts next = new CallFacts();
        next.route = "team-a/route-19";
        ring.offer(next);
        assertThat(ring.poll(read, ring.end())).isNotNull();
        assertThat(read.route).isEqualTo("team-a/route-19");
    }

    @Test
    void theWriterIsWokenOnceWhenHalfFull() {
        RecordRing ring = ring(1 << 10);
        CallFacts facts = SampleCalls.failedOver();
        ring.offer(facts);
        assertThat(wakes).hasValue(0);
        for (int i = 0; i < 50; i++) {
            ring.offer(facts);
        }
        assertThat(wakes).hasValue(1);

        ring.writerCame();
        drain(ring);
        ring.offer(facts);
        assertThat(wakes).as("room again: nobody is woken").hasValue(1);
        for (int i = 0; i < 50; i++) {
            ring.offer(facts);
        }
        assertThat(wakes).hasValue(2);
    }

    @Test
    void aWriterThatKeepsUpIsNeverWoken() {
        RecordRing ring = ring(1 << 10);
        for (int i = 0; i < 500; i++) {
            ring.offer(SampleCalls.failedOver());
            drain(ring);
        }
        assertThat(wakes).hasValue(0);
    }

    @Test
    void aLongTextIsCutBetweenCharactersAndSaysSo() {
        RecordRing ring = ring(1 << 10);
        CallFacts facts = new CallFacts();
        facts.model = "é😀".repeat(1_000);
        ring.offer(facts);

        assertThat(ring.poll(read, ring.end())).isNotNull();
        assertThat(read.model).startsWith("é😀é😀").endsWith("…").doesNotContain("\ufffd");
        assertThat(read.model.getBytes(StandardCharsets.UTF_8).length)
                .isBetween(RecordCursor.MAX_TEXT - 8, RecordCursor.MAX_TEXT + 4);
    }

    @Test
    void halfASurrogatePairBecomesAQuestionMark() {
        RecordRing ring = ring(1 << 10);
        CallFacts facts = new CallFacts();
        facts.model = "a\ud800b\udc00";
        ring.offer(facts);

        assertThat(ring.poll(read, ring.end())).isNotNull();
        assertThat(read.model).isEqualTo("a?b?");
    }

    @Test
    void aClosedRingDropsAndCounts() {
        RecordRing ring = ring(1 << 10);
        ring.offer(SampleCalls.failedOver());
        ring.close();
        ring.offer(SampleCalls.failedOver());

        assertThat(drain(ring)).hasSize(1);
        assertThat(ring.dropped()).isEqualTo(1);
    }

    @Test
    void capacityMustBeAPowerOfTwo() {
        assertThatThrownBy(() -> ring(1_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000");
    }

    @Test
    @Timeout(60)
    void whatOneThreadWritesAnotherReadsWholeAndInOrder() throws InterruptedException {
        int count = 200_000;
        RecordRing ring = ring(1 << 11);
        Thread loop = new Thread(() -> {
            CallFacts facts = new CallFacts();
            for (int i = 0; i < count; i++) {
                if (i % 5_000 == 0) {
                    ring.names(RecordNames.of(SampleCalls.config("route-" + i, "key")));
                }
                facts.clear();
                facts.id = i;
                facts.route = "team-a/route-" + i / 5_000 * 5_000;
                facts.model = "text-" + i;
                facts.durationUs = ~(long) i;
                ring.offer(facts);
            }
        });
        loop.start();

        long last = -1;
        long seen = 0;
        while (loop.isAlive() || ring.end() != 0) {
            boolean finished = !loop.isAlive();
            long end = ring.end();
            while (ring.poll(read, end) != null) {
                assertThat(read.id).isGreaterThan(last);
                assertThat(read.durationUs).isEqualTo(~read.id);
                assertThat(read.model).isEqualTo("text-" + read.id);
                assertThat(read.route).isEqualTo("team-a/route-" + read.id / 5_000 * 5_000);
                last = read.id;
                seen++;
            }
            if (finished) {
                break;
            }
        }
        loop.join();
        assertThat(seen + ring.dropped()).isEqualTo(count);
        assertThat(seen).isPositive();
    }
}
