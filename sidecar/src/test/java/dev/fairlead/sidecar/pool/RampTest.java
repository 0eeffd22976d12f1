package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RampTest {
    private static final int LONG_ENOUGH = 5_000;

    private final Ramp ramp = new Ramp();
    private final List<Ramp.Step> onTheirWay = new ArrayList<>();
    private long now = 1_000;

    private void grantAll() {
        while (!ramp.open() && ramp.admits(now)) {
            onTheirWay.add(ramp.granted(now));
        }
    }

    @Test
    void calls_that_are_on_their_way_when_it_opens_do_not_close_it_again() {
        ramp.restart();
        grantAll();
        while (!ramp.open()) {
            ramp.accepted(onTheirWay.remove(0));
            now += 100;
            grantAll();
        }
        assertThat(onTheirWay).isNotEmpty();
        onTheirWay.forEach(ramp::accepted);
        assertThat(ramp.open()).isTrue();
        assertThat(ramp.admits(now)).isTrue();
    }

    @Test
    void calls_from_before_a_rest_let_nobody_go_after_it() {
        ramp.restart();
        grantAll();
        while (!ramp.open()) {
            ramp.accepted(onTheirWay.remove(0));
            now += 100;
            grantAll();
        }
        ramp.restart();
        onTheirWay.forEach(ramp::accepted);
        ramp.granted(now);
        now += 100;
        assertThat(ramp.admits(now))
                .as("the probe is alone until it is answered")
                .isFalse();
    }

    /** Whatever becomes of calls, in whatever order: somebody may go, or time alone lets somebody go. */
    @Property(tries = 200)
    void it_never_stays_closed(@ForAll long seed) {
        var chance = new Random(seed);
        ramp.restart();
        for (int i = 0; i < LONG_ENOUGH; i++) {
            grantAll();
            now += chance.nextInt(40);
            if (!onTheirWay.isEmpty()) {
                var step = onTheirWay.remove(chance.nextInt(onTheirWay.size()));
                if (chance.nextInt(20) == 0) {
                    ramp.released(step);
                } else {
                    ramp.accepted(step);
                }
            }
            if (chance.nextInt(500) == 0) {
                ramp.restart();
            }
            ramp.acceptSilent(now, 1_000);
        }
        now += 2_000;
        ramp.acceptSilent(now, 1_000);
        assertThat(ramp.admits(now)).isTrue();
    }
}
