package dev.fairlead.operator.plan.virtual;

import static dev.fairlead.operator.plan.virtual.ScriptedProvider.limitedFor;
import static dev.fairlead.operator.plan.virtual.ScriptedProvider.served;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** What a refusal for lack of a key tells a client about coming again. */
class RetryAfterPropertyTest {
    private static final long JAVA_SDK_MS = 8_000;
    private static final long SDK_MS = 60_000;

    private static Caller refused(Scene scene, long restMs, long timeoutMs, String language) {
        scene.pool("main", "a");
        scene.provider("main").then(limitedFor(restMs)).always(served(0));
        var caller = again(scene, timeoutMs, language);
        assertThat(caller.status()).isEqualTo(429);
        return caller;
    }

    private static Caller again(Scene scene, long timeoutMs, String language) {
        var caller = scene.call("x-fairlead-timeout-ms", Long.toString(timeoutMs), "x-stainless-lang", language);
        scene.play();
        return caller;
    }

    @Property(tries = 200)
    void an_sdk_is_told_not_to_come_again_when_it_would_come_sooner_than_it_is_asked_to(
            @ForAll @LongRange(min = 1_000, max = 90_000) long restMs, @ForAll boolean java) {
        var caller = refused(new Scene(), restMs, 500, java ? "java" : "python");
        long afterMs = Long.parseLong(caller.answered("retry-after-ms"));
        assertThat(caller.answered("x-fairlead-error")).isEqualTo("keys_exhausted");
        assertThat(Long.parseLong(caller.answered("retry-after"))).isEqualTo((afterMs + 999) / 1_000);
        assertThat("false".equals(caller.answered("x-should-retry")))
                .isEqualTo(afterMs > (java ? JAVA_SDK_MS : SDK_MS));
    }

    @Property(tries = 200)
    void who_comes_again_when_told_to_gets_a_key_and_who_comes_much_sooner_is_refused_again(
            @ForAll @LongRange(min = 5_000, max = 200_000) long restMs,
            @ForAll @LongRange(min = 500, max = 4_000) long timeoutMs) {
        var scene = new Scene();
        var caller = refused(scene, restMs, timeoutMs, "python");
        long afterMs = Long.parseLong(caller.answered("retry-after-ms"));
        scene.play(afterMs / 2);
        assertThat(again(scene, timeoutMs, "python").status())
                .as("at half of the time")
                .isEqualTo(429);
        scene.play(afterMs - afterMs / 2);
        again(scene, timeoutMs, "python");
        assertThat(scene.provider("main").requests)
                .as("let in after " + afterMs + " ms, and had a key before its deadline")
                .hasSize(2);
    }
}
