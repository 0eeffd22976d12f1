package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.pool.quota.Hold;
import dev.fairlead.sidecar.pool.quota.Quotas;
import dev.fairlead.sidecar.provider.AdmissionRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batch calls that are pinned to accounts, each of which has an eighth left: others may come for that. */
class PinnedBatchTest {
    private static final int ACCOUNTS = 200;

    private final Board board = new Board("m", new Endpoint());
    private final List<Hold> holds = new ArrayList<>();
    private long now = 1_000_000;

    @BeforeEach
    void all_have_looked_in_vain() {
        var names = new ArrayList<String>();
        for (int i = 0; i < ACCOUNTS; i++) {
            names.add("account-" + i);
        }
        var config = PoolFiguresTest.pool(
                "Headroom", PoolFiguresTest.perMinute(8, null), 1_000, names.toArray(String[]::new));
        var keyring = new Keyring(new WallClock());
        keyring.configure(config);
        var quotas = new Quotas(AdmissionRule.CAUTIOUS);
        quotas.configure(config, now);
        board.seat(keyring, quotas, config);
        for (var name : names) {
            for (int call = 0; call < 7; call++) {
                holds.add(board.account(name).gate().reserve(Demand.ONE_CALL, now));
            }
            var waiting = request(Urgency.BATCH).pin(name);
            waiting.asked(now);
            board.queues().add(new Waiter(waiting, board, now, Long.MAX_VALUE, 0));
        }
        board.asked(request(Urgency.NORMAL), now);
        board.granted(request(Urgency.BATCH), now);
        assertThat(looks()).isEqualTo(ACCOUNTS);
    }

    @Test
    void nobody_looks_again_where_nothing_has_opened() {
        assertThat(looksAfter(Courtesy.AGAIN_MS)).isZero();
        assertThat(looksAfter(Courtesy.AGAIN_MS)).isZero();
    }

    @Test
    void who_is_pinned_to_an_account_that_has_opened_by_itself_looks_again_and_nobody_else() {
        board.account("account-3").gate().settle(holds.get(3 * 7), Spent.NOTHING, false, now);

        assertThat(looksAfter(Courtesy.AGAIN_MS)).isEqualTo(1);
    }

    @Test
    void all_look_again_when_batch_may_go() {
        assertThat(looksAfter(1_000)).isEqualTo(ACCOUNTS);
    }

    private int looksAfter(long ms) {
        now += ms;
        if (board.seats().lookNow(now)) {
            board.choice().offerAgain(board.queues(), now);
        }
        return looks();
    }

    /** How many look for a seat in one round. */
    private int looks() {
        var queues = board.queues();
        int looks = 0;
        queues.search();
        for (var waiter = queues.next(now); waiter != null; waiter = queues.next(now)) {
            looks++;
            board.choice().choose(waiter.request(), queues.earned(waiter), now);
            queues.blocked(waiter);
        }
        return looks;
    }

    private static LeaseRequest request(Urgency urgency) {
        return new LeaseRequest(null, "m", 1, Demand.ONE_CALL).urgency(urgency);
    }
}
