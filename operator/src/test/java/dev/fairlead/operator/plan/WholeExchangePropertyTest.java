package dev.fairlead.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.plan.provider.LimitUse;
import dev.fairlead.sidecar.config.QuotaLimits;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for every call through the whole exchange, whatever the load and the limits. */
class WholeExchangePropertyTest {
    private static final long DEADLINE_MS = 20_000;
    /** Deadlines are watched to 50 ms. */
    private static final long TICK_MS = 50;

    private static QuotaLimits limits(SplittableRandom random) {
        return new QuotaLimits(
                null,
                some(random, 30, 300),
                null,
                some(random, 20_000, 100_000),
                some(random, 2_000, 20_000),
                some(random, 20_000, 100_000),
                null,
                some(random, 1, 8),
                null);
    }

    private static Long some(SplittableRandom random, int from, int to) {
        return random.nextBoolean() ? null : Long.valueOf(random.nextInt(from, to));
    }

    @Property(tries = 25)
    void everyCallIsAnsweredInTimeNothingLeaksAndNoLimitIsPassed(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        int accounts = random.nextInt(1, 6);
        var config = Pools.accounts(accounts, limits(random), DEADLINE_MS);
        var load = Pools.load(random.nextInt(50, 600), random.nextInt(0, 6), 120_000, seed);
        var traffic = new Traffic(load, config, 0.1, seed);
        traffic.apply(config);
        traffic.run();
        assertThat(traffic.longestMs).isLessThanOrEqualTo(DEADLINE_MS + TICK_MS);
        assertThat(traffic.clients.stream().filter(client -> !client.answered()).count())
                .isEqualTo(traffic.gone);
        assertThat(traffic.leaks()).isZero();
        assertThat(traffic.pools()).allSatisfy(pool -> {
            assertThat(pool.inFlight()).isZero();
            assertThat(pool.waiting()).isZero();
        });
        var provider = traffic.provider("default/openai");
        assertThat(provider.refusedCalls()).isLessThanOrEqualTo(provider.admittedCalls() / 50 + accounts);
        assertThat(provider.uses(120_000)).allSatisfy(WholeExchangePropertyTest::withinItsLimit);
    }

    private static void withinItsLimit(LimitUse use) {
        switch (use.kind()) {
            case CONCURRENCY -> assertThat(use.peak()).isLessThanOrEqualTo(use.limit());
            // Calls need up to 3 ms to the provider: two at both ends of a minute may come to lie within it.
            case REQUESTS_PER_MINUTE -> assertThat(use.peak()).isLessThanOrEqualTo(use.limit() + 1 + use.limit() / 50);
            // The bodies all look alike, and stand for half to twice as many tokens.
            case INPUT_TOKENS_PER_MINUTE, OUTPUT_TOKENS_PER_MINUTE, TOKENS_PER_MINUTE ->
                assertThat(use.peak()).isLessThanOrEqualTo(use.limit() * 4 / 3);
            default -> throw new AssertionError("no limit of " + use.kind() + " was given");
        }
    }

    @Property(tries = 10)
    void keysThatComeAndGoLoseNoCall(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var limits = Pools.requestsPerMinute(random.nextInt(60, 120));
        var all = Pools.accounts(4, limits, DEADLINE_MS);
        var load = Pools.load(120, 1, 120_000, seed);
        var traffic = new Traffic(load, all, 0, seed);
        traffic.apply(all);
        for (int at = 5_000; at < 120_000; at += random.nextInt(1_000, 10_000)) {
            var some = Pools.accounts(random.nextInt(2, 5), limits, DEADLINE_MS);
            traffic.loop.atMicros(at * 1_000L, () -> traffic.apply(some));
        }
        traffic.run();
        assertThat(traffic.outcomes).containsOnlyKeys("ok");
        assertThat(traffic.leaks()).isZero();
        assertThat(traffic.pools().get(0).inFlight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OpenAI", "DeepSeek"})
    void aLimitThatNobodyWroteDownIsHitOnceAndNotAgainAndAgain(String provider) {
        var truth = Pools.accounts(1, Pools.requestsPerMinute(60), 600_000, provider);
        var unknown = Pools.accounts(1, null, 600_000, provider);
        var traffic = new Traffic(Pools.load(6_000, 0, 2_000, 1), truth, 0, 1);
        traffic.apply(unknown);
        traffic.run();
        assertThat(traffic.provider("default/openai").refusedCalls()).isLessThanOrEqualTo(20);
        assertThat(traffic.outcomes).containsOnlyKeys("ok");
    }
}
