package dev.fairlead.sidecar.pool.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BoundedMapTest {
    private static final int MOST = 512;
    private static final int MORE_THAN_ARE_KEPT = 600;

    private final BoundedMap<AtomicBoolean> map = new BoundedMap<>();

    private void fill() {
        for (int i = 0; i < MORE_THAN_ARE_KEPT; i++) {
            map.put("filler-" + i, new AtomicBoolean(true), MOST, AtomicBoolean::get);
        }
    }

    @Test
    void what_is_idle_and_held_by_nobody_makes_room_for_good() {
        fill();
        await().until(() -> {
            System.gc();
            return map.get("filler-0") == null;
        });
        assertThat(map.get("filler-599")).isNotNull();
    }

    @Test
    void what_somebody_holds_is_still_known() {
        var held = new AtomicBoolean(true);
        map.put("held", held, MOST, AtomicBoolean::get);
        fill();
        System.gc();
        assertThat(map.get("held")).isSameAs(held);
        assertThat(map.values()).contains(held);
    }

    @Test
    void of_what_is_not_idle_the_first_make_room_when_there_is_twice_as_much_as_there_should_be() {
        for (int i = 0; i < 5 * MOST; i++) {
            map.put("busy-" + i, new AtomicBoolean(false), MOST, AtomicBoolean::get);
        }
        await().until(() -> {
            System.gc();
            return map.values().size() == 2 * MOST;
        });
        assertThat(map.get("busy-" + (3 * MOST - 1))).isNull();
        assertThat(map.get("busy-" + 3 * MOST)).isNotNull();
    }

    @Test
    void what_is_not_idle_stays() {
        map.put("busy", new AtomicBoolean(false), MOST, AtomicBoolean::get);
        fill();
        System.gc();
        assertThat(map.get("busy")).isNotNull();
    }
}
