package dev.fairlead.sidecar.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.fleet.Pin;
import dev.fairlead.sidecar.fleet.Rest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What processes tell each other by way of a real server. */
class DivideNewsTest extends ScriptInRedis {
    @Test
    void rests_reach_the_others_once_and_the_latest_end_wins() {
        var one = driver.process();
        var other = driver.process();
        var rest = new Rest("acct", null, "gpt\u001fx", 30_000, "rate_limit");
        one.say(List.of(rest, new Rest("acct", "fp", null, 5_000, "credential")), List.of());

        var told = other.say(List.of(), List.of()).rests();
        assertThat(told).extracting(Rest::model).containsExactlyInAnyOrder("gpt\u001fx", null);
        assertThat(told).extracting(Rest::key).containsExactlyInAnyOrder(null, "fp");
        assertThat(told).allMatch(each -> each.forMs() > 0 && each.forMs() <= 30_000);

        assertThat(other.say(told, List.of()).rests()).as("what it knows").isEmpty();
        other.say(List.of(new Rest("acct", null, "gpt\u001fx", 60_000, "rate_limit")), List.of());
        assertThat(one.say(List.of(rest), List.of()).rests())
                .filteredOn(each -> each.model() != null)
                .singleElement()
                .satisfies(each -> assertThat(each.forMs()).isGreaterThan(50_000));
        driver.pass(61_000);
        assertThat(one.say(List.of(), List.of()).rests()).isEmpty();
    }

    @Test
    void a_rest_does_not_grow_by_being_passed_around() {
        var one = driver.process();
        var other = driver.process();
        List<Rest> ofOne = List.of(new Rest("acct", null, "m", 30_000, "rate_limit"));
        List<Rest> ofOther = List.of();
        one.say(ofOne, List.of());
        for (int i = 0; i < 20; i++) {
            // Each process reads its rest 100 ms late, as a slow one would.
            ofOther = ofOther.isEmpty() ? other.say(ofOther, List.of()).rests() : ofOther;
            other.say(List.of(new Rest("acct", null, "m", ofOther.get(0).forMs() + 100, "rate_limit")), List.of());
            assertThat(one.say(ofOne, List.of()).rests()).isEmpty();
        }
    }

    @Test
    void pins_reach_everybody_and_late_comers() {
        var one = driver.process();
        var other = driver.process();
        other.say(List.of(), List.of());
        one.say(List.of(), List.of(new Pin("00ff", "acct"), new Pin("00fe", "other account")));
        assertThat(other.say(List.of(), List.of()).pins())
                .containsExactly(new Pin("00ff", "acct"), new Pin("00fe", "other account"));
        assertThat(other.say(List.of(), List.of()).pins()).isEmpty();
        assertThat(driver.process().say(List.of(), List.of()).pins()).hasSize(2);
        for (int i = 0; i < 5_000; i += 250) {
            var some = new ArrayList<Pin>();
            for (int k = i; k < i + 250; k++) {
                some.add(new Pin(String.format("%016x", k), "acct"));
            }
            one.say(List.of(), some);
        }
        var late = driver.process();
        int found = 0;
        for (int n = late.say(List.of(), List.of()).pins().size();
                n > 0;
                n = late.say(List.of(), List.of()).pins().size()) {
            found += n;
        }
        assertThat(found).as("bounded").isEqualTo(4_096);
    }
}
