package dev.fairlead.sidecar.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.WorkloadConfig;
import dev.fairlead.sidecar.fleet.Pin;
import dev.fairlead.sidecar.fleet.Rest;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes that share limits by way of a real server, which comes and goes. */
@ExtendWith(NeedsRedis.class)
@Timeout(120)
class RedisCoordinatorTest {
    private static final QuotaLimits SIX_HUNDRED =
            new QuotaLimits(null, 600L, null, null, null, null, null, null, 600L);

    private static final WorkloadConfig TEAM = ScriptDriver.of("team", 1);

    private final Vertx vertx = Vertx.vertx();
    private final List<RedisCoordinator> coordinators = new ArrayList<>();
    private RealRedis redis;

    @BeforeEach
    void start() {
        redis = RealRedis.start().knowing("ns/pool");
    }

    @AfterEach
    void stop() {
        coordinators.forEach(RedisCoordinator::close);
        redis.close();
        ScriptDriver.await(vertx.close());
    }

    @Test
    void together_processes_use_all_of_a_limit_and_never_more() {
        var one = process(redis);
        var other = process(redis);
        var calls = new int[2];
        await().atMost(30, TimeUnit.SECONDS).until(() -> {
            calls[0] += one.callAll();
            calls[1] += other.callAll();
            return calls[0] + calls[1] >= 600;
        });
        assertThat(calls[0] + calls[1]).isEqualTo(600);
        assertThat(calls[0]).as("each has a part").isBetween(100, 500);
        assertThat(one.share() + other.share()).isLessThanOrEqualTo(600);
    }

    @Test
    void when_the_server_is_gone_the_last_shares_hold_and_its_lost_memory_gives_nobody_more() {
        var one = process(redis);
        var other = process(redis);
        await().atMost(30, TimeUnit.SECONDS).until(() -> one.share() > 0 && other.share() > 0);
        int calls = one.callAll();
        redis.kill();
        int before = one.answers();
        calls += one.callAll() + other.callAll();
        assertThat(calls).as("goes on with what it has").isGreaterThan(100);
        assertThat(one.share()).isPositive();
        redis.run();
        await().atMost(30, TimeUnit.SECONDS).until(() -> one.answers() > before + 5);
        var more = new int[1];
        int sofar = calls;
        await().atMost(30, TimeUnit.SECONDS).until(() -> {
            more[0] += one.callAll() + other.callAll();
            return sofar + more[0] >= 600;
        });
        assertThat(calls + more[0]).isEqualTo(600);
    }

    @Test
    void a_server_that_answers_nobody_costs_no_call_its_time() {
        var one = process(redis);
        await().atMost(30, TimeUnit.SECONDS).until(() -> one.share() > 0);
        redis.freeze();
        assertThat(one.callAll()).isPositive();
        int before = one.answers();
        var other = process(redis);
        assertThat(other.callAll()).as("without a share").isZero();
        redis.thaw();
        await().atMost(30, TimeUnit.SECONDS).until(() -> one.answers() > before + 2 && other.answers() > 2);
    }

    @Test
    void rests_and_pins_reach_the_others() {
        var one = process(redis);
        var other = process(redis);
        await().atMost(30, TimeUnit.SECONDS).until(() -> other.answers() > 0);
        one.rest(new Rest("acct", null, "m", 60_000, "rate_limit"));
        one.made(new Pin("00000000000000ff", "acct"));
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> !other.heardRests().isEmpty() && !other.heardPins().isEmpty());
        assertThat(other.heardRests().get(0).group()).isEqualTo("acct");
        assertThat(other.heardPins()).containsExactly(new Pin("00000000000000ff", "acct"));
    }

    @Test
    void pins_made_while_the_server_is_away_are_told_when_it_is_back() {
        var one = process(redis);
        var other = process(redis);
        await().atMost(30, TimeUnit.SECONDS).until(() -> one.answers() > 0 && other.answers() > 0);
        redis.kill();
        one.made(new Pin("00000000000000aa", "acct"));
        redis.run();
        await().atMost(30, TimeUnit.SECONDS).until(() -> !other.heardPins().isEmpty());
    }

    @Test
    void a_process_that_ends_leaves_what_it_has_not_used_to_the_others() {
        var one = process(redis);
        await().atMost(30, TimeUnit.SECONDS).until(() -> one.share() > 400);
        int used = one.callAll();
        ScriptDriver.await(coordinators.remove(0).close());
        var next = process(redis);
        var calls = new int[1];
        await().atMost(30, TimeUnit.SECONDS).until(() -> {
            calls[0] += next.callAll();
            return used + calls[0] >= 600;
        });
        assertThat(used + calls[0]).isEqualTo(600);
    }

    @Test
    void a_password_is_given_and_a_wrong_one_gives_no_share() {
        try (var closed = RealRedis.withPassword("secret-word").knowing("ns/pool")) {
            var one = process(closed);
            await().atMost(30, TimeUnit.SECONDS).until(() -> one.share() > 0);
            var wrong = new CoordinationConfig.RedisConfig(closed.config().address(), false, "guess");
            var other = process(config(wrong));
            int before = one.answers();
            await().atMost(30, TimeUnit.SECONDS).until(() -> one.answers() > before + 3);
            assertThat(other.answers()).isZero();
            assertThat(other.share()).isZero();
        }
    }

    @Test
    void a_pool_that_is_no_longer_shared_this_way_is_let_go_and_taken_up_again() {
        var one = process(redis);
        await().atMost(30, TimeUnit.SECONDS).until(() -> one.answers() > 2);
        coordinators.get(0).use(TEAM, List.of());
        var other = process(redis);
        await().atMost(30, TimeUnit.SECONDS).until(() -> other.share() >= 400);
        one.use(ScriptDriver.pool("pool", CoordinationConfig.LOCAL, SIX_HUNDRED));
        one.use(config(redis.config()));
        assertThat(one.share()).as("what it held is not its own any more").isZero();
        coordinators.get(0).use(TEAM, List.of(config(redis.config())));
        await().atMost(30, TimeUnit.SECONDS).until(() -> one.share() > 0);
        assertThat(one.unheard()).isZero();
        assertSixHundredTogether(one, other, 0);
    }

    @Test
    void when_a_password_is_rotated_what_is_held_stays_and_goes_on_to_be_shared() {
        try (var closed = RealRedis.withPassword("first-word").knowing("ns/pool")) {
            var one = process(closed);
            await().atMost(30, TimeUnit.SECONDS).until(() -> one.share() >= 400 && one.answers() > 2);
            closed.rotate("second-word");
            var other = process(closed);
            coordinators.get(0).use(TEAM, List.of(config(closed.config())));
            int before = other.answers();
            var calls = new int[1];
            await().atMost(30, TimeUnit.SECONDS).until(() -> {
                // Hungry: it would take whatever the books hold for free.
                calls[0] += other.callAll();
                return other.answers() > before + 5;
            });
            assertThat(one.unheard()).isZero();
            assertSixHundredTogether(one, other, calls[0]);
        }
    }

    @Test
    void a_pin_reaches_its_own_server_when_pools_of_one_process_have_several() {
        try (var elsewhere = RealRedis.start().knowing("ns/elsewhere")) {
            var one = process(redis);
            var more = new CoordinationConfig(CoordinationConfig.Mode.REDIS, elsewhere.config());
            coordinators
                    .get(0)
                    .use(TEAM, List.of(config(redis.config()), ScriptDriver.pool("elsewhere", more, SIX_HUNDRED)));
            var other = process(redis);
            await().atMost(30, TimeUnit.SECONDS).until(() -> one.answers() > 2 && other.answers() > 0);
            for (int i = 1; i <= 5; i++) {
                one.made(new Pin(String.format("%016x", i), "acct"));
                int told = i;
                await().atMost(30, TimeUnit.SECONDS)
                        .until(() -> other.heardPins().size() >= told);
            }
        }
    }

    private static void assertSixHundredTogether(QuotaPools one, QuotaPools other, int sofar) {
        var calls = new int[] {sofar};
        await().atMost(30, TimeUnit.SECONDS).until(() -> {
            calls[0] += one.callAll() + other.callAll();
            return calls[0] >= 600;
        });
        assertThat(calls[0]).isEqualTo(600);
        assertThat(one.share() + other.share()).isLessThanOrEqualTo(600);
    }

    private QuotaPools process(RealRedis at) {
        return process(config(at.config()));
    }

    private QuotaPools process(PoolConfig config) {
        var pools = new QuotaPools(config);
        var coordinator = new RedisCoordinator(
                ((VertxInternal) vertx).createEventLoopContext(),
                pools,
                UUID.randomUUID().toString(),
                pem -> null);
        coordinators.add(coordinator);
        coordinator.use(TEAM, List.of(config));
        return pools;
    }

    private static PoolConfig config(CoordinationConfig.RedisConfig at) {
        return ScriptDriver.pool(at, SIX_HUNDRED);
    }
}
