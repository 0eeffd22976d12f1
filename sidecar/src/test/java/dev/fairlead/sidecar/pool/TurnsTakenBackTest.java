package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A promise that comes to nothing costs nobody anything. */
class TurnsTakenBackTest {
    private final BoardQueues queues = new BoardQueues();
    private final Waiter batch = waiter(Urgency.BATCH);
    private long now = 1_000_000;

    @Test
    void a_class_whose_promised_call_stands_in_line_again_still_has_its_turn_before_others() {
        waitLong();
        promise();
        assertThat(queues.next(now).level()).as("it has had its turn").isEqualTo(Urgency.INTERACTIVE.level());

        queues.refund(batch);
        queues.add(batch);

        assertThat(queues.next(now)).isSameAs(batch);
    }

    @Test
    void what_others_have_paid_meanwhile_is_not_paid_twice() {
        waitLong();
        promise();
        for (int i = 0; i < 8; i++) {
            queues.went(waiter(Urgency.INTERACTIVE).request());
        }
        queues.refund(batch);
        queues.add(batch);
        queues.add(waiter(Urgency.BATCH));

        promise();

        assertThat(queues.next(now).level()).isEqualTo(Urgency.INTERACTIVE.level());
    }

    private void waitLong() {
        queues.add(batch);
        queues.add(waiter(Urgency.INTERACTIVE));
        queues.add(waiter(Urgency.BATCH));
        now += Ageing.AGE_MS;
    }

    private void promise() {
        queues.search();
        assertThat(queues.next(now)).isSameAs(batch);
        queues.served(batch);
    }

    private Waiter waiter(Urgency urgency) {
        var request = new LeaseRequest(null, "m", 1, new Demand(1_000, 0)).urgency(urgency);
        request.asked(1_000_000);
        return new Waiter(request, null, 1_000_000, Long.MAX_VALUE, 0);
    }
}
