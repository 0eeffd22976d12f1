package dev.fairlead.operator.plan.virtual;

import static dev.fairlead.operator.plan.virtual.ScriptedProvider.served;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.QuotaLimits;
import org.junit.jupiter.api.Test;

/** A minute is the provider's: it begins when the call gets there, however early it was let pass here. */
class LateLeavingTest {
    @Test
    void a_call_that_gets_its_connection_late_keeps_its_place_for_a_minute_from_then_on() {
        var scene = new Scene()
                .requestMs(300_000)
                .pool("main", new QuotaLimits(null, 1L, null, null, null, null, null, null, null), "a");
        scene.provider("main").then(served(2_900));
        scene.call();
        scene.play(5_000);
        scene.call();
        scene.play();
        var sent = scene.provider("main").sentMs;
        assertThat(sent.get(1) - sent.get(0)).isBetween(2_900L + 60_000, 2_900L + 61_500);
    }
}
