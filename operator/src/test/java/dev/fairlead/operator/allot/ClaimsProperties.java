package dev.fairlead.operator.allot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

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

    @Property
    void oneAloneIsBelievedAFifthOfTheTime(
            @ForAll @Size(200) List<@IntRange(min = 1, max = 60_000) Integer> pauses,
            @ForAll @Size(200) List<@IntRange(min = 1, max = 7_200_000) Integer> lengths) {
        var claims = new Claims();
        long now = 0;
        long until = 0;
        long rested = 0;
        for (int i = 0; i < 200; i++) {
            now += pauses.get(i);
            long believed = claims.believed("one", now + lengths.get(i), now);
            long newest = Math.max(until, believed);
            rested += Math.max(0, newest - Math.max(now, until));
            until = newest;
        }
        assertThat(rested).isLessThanOrEqualTo((now / Claims.AGAIN_MS + 1) * Claims.ALONE_MS);
    }
}
