package dev.fairlead.operator.simulate.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class MeterProperties {

    private static final long START = 1_800_000_000_123_456L;

    /** One attempt: so long after the one before, so many units. */
    record Attempt(long gapMicros, long cost) {}

    /** A meter and the most that it may let through in any minute. */
    record Subject(Meter meter, long bound) {}

    @Property(tries = 500)
    void noMinuteSeesMoreThanItsRuleAllows(
            @ForAll("subjects") Subject subject, @ForAll("attempts") List<Attempt> attempts) {
        List<long[]> taken = new ArrayList<>();
        long now = START;
        for (Attempt attempt : attempts) {
            now += attempt.gapMicros();
            if (subject.meter().waitFor(attempt.cost(), now) == 0) {
                subject.meter().take(attempt.cost(), now);
                taken.add(new long[] {now, attempt.cost()});
            }
        }
        assertThat(mostInAMinute(taken)).isLessThanOrEqualTo(subject.bound());
    }

    @Property(tries = 500)
    void theWaitIsExactlyTheTimeUntilItFits(
            @ForAll("subjects") Subject subject, @ForAll("attempts") List<Attempt> attempts) {
        Meter meter = subject.meter();
        long now = START;
        for (Attempt attempt : attempts) {
            now += attempt.gapMicros();
            long wait = meter.waitFor(attempt.cost(), now);
            if (wait == Meter.NEVER) {
                continue;
            }
            if (wait > 0) {
                now += wait - 1;
                assertThat(meter.waitFor(attempt.cost(), now)).isEqualTo(1);
                now += 1;
            }
            assertThat(meter.waitFor(attempt.cost(), now)).isZero();
            meter.take(attempt.cost(), now);
        }
    }

    @Property(tries = 300)
    void whatIsLeftFitsAndOneMoreDoesNot(
            @ForAll("subjects") Subject subject, @ForAll("attempts") List<Attempt> attempts) {
        Meter meter = subject.meter();
        long now = START;
        for (Attempt attempt : attempts) {
            now += attempt.gapMicros();
            long left = meter.remaining(now);
            assertThat(meter.waitFor(left, now)).isZero();
            assertThat(meter.waitFor(left + 1, now)).isPositive();
            if (meter.waitFor(attempt.cost(), now) == 0) {
                meter.take(attempt.cost(), now);
                assertThat(meter.remaining(now)).isEqualTo(left - attempt.cost());
            }
        }
    }

    @Property(tries = 300)
    void itIsFullWhenItSaysSo(@ForAll("subjects") Subject subject, @ForAll("attempts") List<Attempt> attempts) {
        if (subject.meter() instanceof Slices) {
            return; // slices differ, so that "full" has no one value
        }
        Meter meter = subject.meter();
        long full = meter.remaining(START);
        long now = START;
        for (Attempt attempt : attempts) {
            now += attempt.gapMicros();
            if (meter.waitFor(attempt.cost(), now) == 0) {
                meter.take(attempt.cost(), now);
            }
        }
        assertThat(meter.remaining(now + meter.fullIn(now))).isEqualTo(full);
    }

    @Property(tries = 300)
    void slidingMinuteIsTheMostInAnyMinute(@ForAll("attempts") List<Attempt> attempts) {
        SlidingMinute minute = new SlidingMinute();
        List<long[]> all = new ArrayList<>();
        List<long[]> ones = new ArrayList<>();
        long now = START / 1000 * 1000;
        for (Attempt attempt : attempts) {
            now += attempt.gapMicros() / 1000 * 1000;
            minute.add(attempt.cost(), now);
            all.add(new long[] {now, attempt.cost()});
            ones.add(new long[] {now, 1});
        }
        assertThat(minute.maxTokens()).isEqualTo(mostInAMinute(all));
        assertThat(minute.maxRequests()).isEqualTo(mostInAMinute(ones));
    }

    private static long mostInAMinute(List<long[]> taken) {
        long most = 0;
        for (int last = 0; last < taken.size(); last++) {
            long sum = 0;
            for (int i = last; i >= 0 && taken.get(i)[0] > taken.get(last)[0] - Meter.MINUTE; i--) {
                sum += taken.get(i)[1];
            }
            most = Math.max(most, sum);
        }
        return most;
    }

    @Provide
    Arbitrary<Subject> subjects() {
        Arbitrary<Long> limits = Arbitraries.longs().between(1, 5000);
        Arbitrary<Subject> buckets = Combinators.combine(limits, limits)
                .as((limit, burst) -> new Subject(new TokenBucket(limit, Meter.MINUTE, burst), limit + burst));
        Arbitrary<Subject> windows = limits.map(limit -> new Subject(new FixedWindow(limit, Meter.MINUTE), 2 * limit));
        Arbitrary<Subject> slices = Combinators.combine(limits, Arbitraries.of(1, 2, 5, 10, 20, 60))
                .as((limit, seconds) -> {
                    long slice = (limit * seconds + 59) / 60;
                    return new Subject(new Slices(limit, seconds * 1_000_000L), limit + slice);
                });
        return Arbitraries.oneOf(buckets, windows, slices);
    }

    @Provide
    Arbitrary<List<Attempt>> attempts() {
        Arbitrary<Long> gaps = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.longs().between(0, 500_000)),
                Tuple.of(2, Arbitraries.longs().between(0, 20_000_000)),
                Tuple.of(1, Arbitraries.longs().between(0, 200_000_000)));
        Arbitrary<Long> costs = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(1L)),
                Tuple.of(2, Arbitraries.longs().between(0, 3000)));
        return Combinators.combine(gaps, costs).as(Attempt::new).list().ofMaxSize(200);
    }
}
