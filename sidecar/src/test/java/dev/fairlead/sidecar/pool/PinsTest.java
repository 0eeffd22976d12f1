package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.fleet.Pin;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which account holds what: bounded, told once, learned from others. */
class PinsTest {
    private final Pins pins = new Pins();

    @Test
    void what_is_remembered_is_known_and_may_move() {
        assertThat(pins.group(7)).isNull();
        pins.remember(7, "a");
        assertThat(pins.group(7)).isEqualTo("a");
        pins.remember(7, "b");
        assertThat(pins.group(7)).isEqualTo("b");
        assertThat(pins.group(8)).isNull();
    }

    @Test
    void the_newest_stay_when_there_are_too_many_for_one_place() {
        for (long i = 1; i <= 10; i++) {
            pins.remember(i, "a"); // Small numbers all stand in the first place.
        }
        assertThat(IntStream.rangeClosed(1, 10).filter(i -> pins.group(i) != null))
                .containsExactly(7, 8, 9, 10);
    }

    @Test
    void of_a_hundred_thousand_the_last_ten_thousand_are_known() {
        var random = new SplittableRandom(1);
        var hashes = random.longs(100_000).toArray();
        for (long hash : hashes) {
            pins.remember(hash, "a");
        }
        long known = IntStream.range(90_000, 100_000)
                .filter(i -> "a".equals(pins.group(hashes[i])))
                .count();
        assertThat(known).isGreaterThan(9_950);
    }

    @Test
    void news_is_told_once_and_what_was_learned_is_none() {
        pins.remember(0xabcL, "a");
        pins.remember(0xabcL, "a");
        pins.learn(List.of(new Pin("00000000000000ff", "b")));

        assertThat(pins.news()).containsExactly(new Pin("0000000000000abc", "a"));
        assertThat(pins.news()).isEmpty();
        assertThat(pins.group(0xff)).isEqualTo("b");
        pins.remember(0xffL, "b");
        assertThat(pins.news()).isEmpty();
    }

    @Test
    void a_report_has_a_bound_and_the_next_one_goes_on() {
        for (long i = 0; i < 5_000; i++) {
            pins.remember(i << 40, "a");
        }
        int told = 0;
        for (var some = pins.news(); !some.isEmpty(); some = pins.news()) {
            assertThat(some).hasSizeLessThanOrEqualTo(512);
            told += some.size();
        }
        assertThat(told).isEqualTo(4_096);
    }

    @Test
    void what_is_no_pin_is_passed_over() {
        pins.learn(Arrays.asList(
                null,
                new Pin(null, "a"),
                new Pin("xyz", "a"),
                new Pin("00000000000000gg", "a"),
                new Pin("0000000000000001", null)));

        assertThat(pins.group(1)).isNull();
    }
}
