package dev.fairlead.operator.allot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.allot.PoolStanding.KeyStanding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolStandingTest {
    private static PoolStanding parked(long forMs) {
        return new PoolStanding(2, List.of(new KeyStanding("a", "fa", "Parked", forMs, "rate_limit")), 7, 52, -1);
    }

    private static PoolStanding exhausts(long inMs) {
        return new PoolStanding(2, List.of(), 0, 52, inMs);
    }

    @Test
    void anEndThatComesNearerIsNoNewsAndOneThatMovesIs() {
        var before = parked(30_000).roughly(1_000_000);
        assertThat(parked(21_000).roughly(1_009_000)).isEqualTo(before);
        assertThat(parked(23_000).roughly(1_009_000)).as("nearly the same end").isEqualTo(before);
        assertThat(parked(36_000).roughly(1_001_000)).isNotEqualTo(before);
        assertThat(parked(20_000).roughly(1_001_000)).isNotEqualTo(before);
        assertThat(parked(0).roughly(1_001_000)).as("no end").isNotEqualTo(before);
        assertThat(parked(0).roughly(1_001_000)).isEqualTo(parked(0).roughly(2_000_000));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, -1",
        "0, 60000",
        "59999, 60000",
        "60000, 600000",
        "599999, 600000",
        "600000, 3600000",
        "3599999, 3600000",
        "3600000, 86400000",
        "86400000, -1",
        "9223372036854775807, -1"
    })
    void whenNothingIsLeftIsToldInSteps(long inMs, long step) {
        assertThat(exhausts(inMs).exhaustsWithinMs()).isEqualTo(step);
    }

    private static PoolStanding left(int percent) {
        return new PoolStanding(2, List.of(), 0, percent, -1);
    }

    @Test
    void headroomBetweenTwoStepsIsToldAsBeforeAndIsNeverFarFromTrue() {
        assertThat(left(44).headroomShown(null)).isEqualTo(40);
        assertThat(left(46).headroomShown(null)).isEqualTo(50);
        assertThat(left(46).headroomShown(40)).as("between 40 and 50").isEqualTo(40);
        assertThat(left(44).headroomShown(50)).isEqualTo(50);
        assertThat(left(-1).headroomShown(50)).as("no limit is known any more").isEqualTo(-1);
        for (int shown = 0; shown <= 100; shown += 10) {
            for (int percent = 0; percent <= 100; percent++) {
                assertThat(left(percent).headroomShown(shown)).isBetween(percent - 7, percent + 7);
            }
        }
    }

    @Test
    void whateverIsToldOtherwiseIsNews() {
        for (int shown = 0; shown <= 100; shown += 10) {
            // What is told is never farther from true than this, so news comes from here.
            for (int percent = Math.max(0, shown - 7); percent <= Math.min(100, shown + 7); percent++) {
                for (int next = 0; next <= 100; next++) {
                    if (left(next).headroomShown(shown) != shown) {
                        assertThat(left(next).roughly(0))
                                .as("%d is told, then %d after %d", shown, next, percent)
                                .isNotEqualTo(left(percent).roughly(0));
                    }
                }
            }
        }
    }

    @Test
    void onlyAnotherStepIsNews() {
        // A step that is shown begins at a minute, which is none of the powers of two.
        assertThat(exhausts(59_000).roughly(5)).isNotEqualTo(exhausts(61_000).roughly(5));
        assertThat(exhausts(70_000).roughly(5)).isEqualTo(exhausts(500_000).roughly(9));
    }
}
