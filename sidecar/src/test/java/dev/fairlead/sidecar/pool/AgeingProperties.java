package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Classes go before each other, and nobody starves or is overrun by those who have waited for long. */
class AgeingProperties {
    /** A line that never gets shorter: one call goes every 20 ms, another like it comes. */
    private static final class Line {
        private final BoardQueues queues = new BoardQueues();
        private final Random draw;
        private final boolean pins;
        private final Map<Urgency, Double> byClass = new EnumMap<>(Urgency.class);
        private final Map<String, Double> byTenant = new HashMap<>();
        private double tokens;
        private long now = 1_000_000;

        Line(long seed) {
            draw = new Random(seed);
            pins = draw.nextBoolean();
        }

        void ask(Urgency urgency) {
            ask(urgency, draw.nextInt(3));
        }

        private void ask(Urgency urgency, int tenant) {
            long size = (tenant + 1) * (10L + draw.nextInt(2_000));
            var request = new LeaseRequest(null, "m", 1, new Demand(size, 0))
                    .urgency(urgency)
                    .onBehalfOf("tenant-" + tenant, 1);
            if (pins && draw.nextInt(4) == 0) {
                request.pin("account-" + draw.nextInt(2));
            }
            request.asked(now);
            queues.add(new Waiter(request, null, now, Long.MAX_VALUE, 0));
        }

        void serve(long forMs) {
            for (long end = now + forMs; now < end; now += 20) {
                queues.search();
                var waiter = queues.next(now);
                var request = waiter.request();
                queues.served(waiter);
                queues.went(request);
                byClass.merge(request.urgency(), waiter.cost(), Double::sum);
                byTenant.merge(request.urgency() + request.tenant(), waiter.cost(), Double::sum);
                tokens += waiter.cost();
                ask(request.urgency(), request.tenant().charAt(7) - '0');
            }
        }

        double share(Urgency urgency) {
            return byClass.getOrDefault(urgency, 0.0) / tokens;
        }
    }

    @Property(tries = 30)
    void every_class_that_has_waited_long_gets_an_eighth_of_the_tokens_and_the_highest_the_rest(@ForAll long seed) {
        var line = new Line(seed);
        var lower = line.draw.nextBoolean() ? List.of(Urgency.BATCH) : List.of(Urgency.NORMAL, Urgency.BATCH);
        for (int i = 0; i < 600; i++) {
            line.ask(Urgency.INTERACTIVE);
            lower.forEach(line::ask);
        }
        line.serve(9_000);
        assertThat(line.share(Urgency.INTERACTIVE))
                .as("before anybody has aged")
                .isEqualTo(1);
        line.serve(5_000);
        line.byClass.clear();
        line.tokens = 0;
        line.serve(600_000);

        for (var urgency : lower) {
            assertThat(line.share(urgency)).as(urgency.name()).isBetween(0.115, 0.145);
        }
    }

    @Property(tries = 30)
    void tenants_take_turns_in_tokens_inside_every_class_however_long_they_have_waited(@ForAll long seed) {
        var line = new Line(seed);
        for (int i = 0; i < 900; i++) {
            for (var urgency : Urgency.values()) {
                line.ask(urgency);
            }
        }
        line.now += 2 * Ageing.AGE_MS;
        line.serve(200_000);

        assertThat(line.pins || line.byTenant.size() == 9).isTrue();
        if (!line.pins) { // Lines of their own take turns with the others whoever stands in them.
            for (var urgency : Urgency.values()) {
                var served = new ArrayList<Double>();
                for (int tenant = 0; tenant < 3; tenant++) {
                    served.add(line.byTenant.get(urgency + "tenant-" + tenant));
                }
                served.sort(Comparator.naturalOrder());
                assertThat(served.get(2) - served.get(0)).as(urgency.name()).isLessThan(10_000);
            }
        }
    }

    @Property(tries = 10)
    void batch_that_has_all_waited_long_does_not_slow_down_who_asks_once_a_second(@ForAll long seed) {
        var draw = new Random(seed);
        var sim = new Simulation(PoolFiguresTest.pool("Headroom", PoolFiguresTest.atOnce(8), 10_000, "a"), seed);
        int tenants = 1 + draw.nextInt(100);
        sim.provider.answerMs = 12_000;
        for (int i = 0; i < 8; i++) {
            sim.call("tenant-0", Urgency.BATCH, 100, 30_000);
        }
        sim.time.runUntil(sim.time.now() + 100);
        sim.provider.answerMs = 300;
        for (int i = 0; i < 400; i++) {
            sim.call("tenant-" + draw.nextInt(tenants), Urgency.BATCH, 1 + draw.nextInt(2_000), 30_000);
        }
        sim.time.runUntil(sim.time.now() + 19_000);
        sim.arrivals(3_000, 120_000, () -> sim.call("tenant-" + draw.nextInt(tenants), Urgency.BATCH, 2_000, 30_000));
        var people = new ArrayList<Simulation.Call>();
        for (int second = 0; second < 120; second++) {
            sim.time.after(
                    second * 1_000 + draw.nextInt(500),
                    () -> people.add(sim.call("tenant-0", Urgency.INTERACTIVE, 200, 30_000)));
        }
        sim.time.runOut();

        assertThat(people).allMatch(call -> call.grantedAt >= 0);
        var waits = people.stream()
                .map(call -> call.grantedAt - call.askedAt)
                .sorted()
                .toList();
        long p99 = waits.get((int) Math.ceil(waits.size() * 0.99) - 1);
        System.out.printf(
                "interactive beside batch of %d tenants that has waited long: p50 %d ms, p99 %d ms of %d calls%n",
                tenants, waits.get(waits.size() / 2), p99, waits.size());
        assertThat(p99).isLessThan(100);
    }
}
