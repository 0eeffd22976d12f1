package dev.fairlead.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DebounceTest {
    private static final long QUIET = 25;
    private static final long LONGEST = 200;

    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<Long> runs = new ArrayList<>();
    private final Debounce debounce = debounce(scheduler, () -> runs.add(millis(scheduler)));

    private static Debounce debounce(ManualScheduler scheduler, Runnable action) {
        return new Debounce(
                TimeUnit.MILLISECONDS.toNanos(QUIET),
                TimeUnit.MILLISECONDS.toNanos(LONGEST),
                scheduler::nanoTime,
                scheduler,
                action);
    }

    private static long millis(ManualScheduler scheduler) {
        return TimeUnit.NANOSECONDS.toMillis(scheduler.nanoTime());
    }

    @Test
    void oneSignalRunsOnceWhenItHasBeenQuiet() {
        debounce.signal();
        scheduler.advanceMillis(24);
        assertThat(runs).isEmpty();

        scheduler.advanceMillis(1);
        assertThat(runs).hasSize(1);

        scheduler.advanceMillis(1000);
        assertThat(runs).hasSize(1);
    }

    @Test
    void signalsWithoutEndAreServedAllTheSame() {
        long start = millis(scheduler);
        for (int i = 0; i < 100; i++) {
            debounce.signal();
            scheduler.advanceMillis(10);
        }
        scheduler.advanceMillis(QUIET);

        assertThat(runs.get(0) - start).isEqualTo(LONGEST);
        assertThat(runs).hasSizeBetween(5, 6);
    }

    @Test
    void aSignalDuringTheActionRunsItAgain() {
        var seen = new ArrayList<Long>();
        var holder = new Debounce[1];
        holder[0] = debounce(scheduler, () -> {
            seen.add(millis(scheduler));
            if (seen.size() == 1) {
                holder[0].signal();
            }
        });

        holder[0].signal();
        scheduler.advanceMillis(1000);

        assertThat(seen).hasSize(2);
    }

    @Test
    void whateverIsSignalledThereIsOneTimerAtMost() {
        for (int i = 0; i < 1000; i++) {
            debounce.signal();
        }
        assertThat(scheduler.waiting()).isEqualTo(1);
    }

    @Test
    void afterTheEndNothingFails() {
        scheduler.shutdownNow();
        debounce.signal();
        debounce.signal();
        assertThat(runs).isEmpty();
    }

    @Property(tries = 200)
    void everySignalIsFollowedByARunSoonEnough(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 120) Integer> pauses) {
        var time = new ManualScheduler();
        var ran = new ArrayList<Long>();
        var signalled = new ArrayList<Long>();
        var tested = debounce(time, () -> ran.add(time.nanoTime()));
        for (int pause : pauses) {
            time.advanceMillis(pause);
            signalled.add(time.nanoTime());
            tested.signal();
        }
        time.advanceMillis(1000);

        for (long signal : signalled) {
            assertThat(ran)
                    .anySatisfy(run -> assertThat(run - signal).isBetween(0L, TimeUnit.MILLISECONDS.toNanos(LONGEST)));
        }
        assertThat(ran).hasSizeLessThanOrEqualTo(signalled.size());
    }
}
