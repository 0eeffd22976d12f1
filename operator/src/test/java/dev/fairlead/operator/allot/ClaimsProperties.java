package dev.fairlead.operator.allot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClaimsProperties {
    /** Whatever is said, in whatever order: two who agree are believed, and one who is alone for two minutes in ten at most. */
    @Property
    void whatTwoSayIsCertainAndWhatOneSaysIsNot(
            @ForAll @Size(max = 60) List<@IntRange(max = 3) Integer> pods,
            @ForAll @Size(60) List<@IntRange(max = 90_000) Integer> pauses,
            @ForAll @Size(60) List<@IntRange(min = 1, max = 7_200_000) Integer> lengths,
            @ForAll long start) {
        var claims = new Claims();
        Map<String, Long> latest = new HashMap<>();
        long now = start / 4;
        for (int i = 0; i < pods.size(); i++) {
            now += pauses.get(i);
            var pod = "pod-" + pods.get(i);
            latest.merge(pod, now + lengths.get(i), Math::max);
            long believed = claims.believed(pod, now + lengths.get(i), now);
            var ends = latest.values().stream().sorted().toList();
            long second = ends.size() < 2 ? Claims.NEVER : ends.get(ends.size() - 2);
            assertThat(believed).isGreaterThanOrEqualTo(second);
            assertThat(believed).isLessThanOrEqualTo(Math.max(second, now + Claims.ALONE_MS));
        }
    }

    /** In whatever bits it says so, and whatever others say meanwhile. */
    @Property
    void oneThatLiesIsBelievedAloneForTwoMinutesOfAnyTenAtMost(
            @ForAll @Size(300) List<@IntRange(min = 1, max = 20_000) Integer> pauses,
            @ForAll @Size(300) List<@From("lengths") Integer> lengths,
            @ForAll @Size(300) List<@IntRange(max = 30) Integer> who) {
        var claims = new Claims();
        var alone = new ArrayList<long[]>();
        long now = 0;
        long liar = 0;
        long others = 0;
        long believed = 0;
        for (int i = 0; i < 300; i++) {
            long next = now + pauses.get(i);
            long from = Math.max(now, others);
            if (others < liar && from < Math.min(next, believed)) {
                alone.add(new long[] {from, Math.min(next, believed)});
            }
            now = next;
            boolean lies = who.get(i) > 0;
            long until = now + lengths.get(i);
            liar = lies ? Math.max(liar, until) : liar;
            others = lies ? others : Math.max(others, until);
            believed = Math.max(believed, claims.believed(lies ? "liar" : "other", until, now));
        }
        for (var last : alone) {
            long since = last[1] - Claims.WINDOW_MS;
            long sum = alone.stream()
                    .mapToLong(span -> Math.max(0, Math.min(span[1], last[1]) - Math.max(span[0], since)))
                    .sum();
            assertThat(sum).isLessThanOrEqualTo(Claims.ALONE_MS);
        }
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 2_000),
                Arbitraries.integers().between(1, 60_000),
                Arbitraries.integers().between(1, 7_200_000));
    }

    /** Short rests use up no more than they are: all are believed that make up two minutes in ten. */
    @Property
    void oneThatIsToldToRestForSecondsIsBelievedEachTime(@ForAll @IntRange(min = 1, max = 10) int seconds) {
        var claims = new Claims();
        for (long now = 0; now < 3_600_000; now += 60_000) {
            long until = now + seconds * 1_000L;
            assertThat(claims.believed("one", until, now)).isEqualTo(until);
            assertThat(claims.believed("one", until, now + 1_000)).isEqualTo(until);
        }
    }

    @Test
    void oneThatIsToldToRestForHalfOfTheTimeIsBelievedUntilTwoMinutesAreSpentAndAgainWhenTheyHaveSlidOut() {
        var claims = new Claims();
        long believed = 0;
        for (long now = 0; now < 3_600_000; now += 60_000) {
            believed += Math.max(0, claims.believed("one", now + 30_000, now) - now);
            if (now == 3 * 60_000) {
                assertThat(believed).as("four of four").isEqualTo(Claims.ALONE_MS);
            }
        }
        assertThat(believed).isBetween(6 * Claims.ALONE_MS - 60_000, 6 * Claims.ALONE_MS);
    }

    @Test
    void whatAnotherConfirmsIsNotSpent() {
        var claims = new Claims();
        for (long now = 0; now < 3_600_000; now += 60_000) {
            assertThat(claims.believed("one", now + 50_000, now)).isEqualTo(now + 50_000);
            assertThat(claims.believed("two", now + 50_500, now + 1_000)).isEqualTo(now + 50_500);
        }
    }
}
