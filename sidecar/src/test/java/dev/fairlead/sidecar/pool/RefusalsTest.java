package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.pool.LeaseRefusal.Kind;
import dev.fairlead.sidecar.pool.quota.Quotas;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.AbstractList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What calls cost that come in vain, one after the other, to many keys that the provider refuses. */
class RefusalsTest {
    private static final int ACCOUNTS = 1_000;
    private static final int FEW = 20;
    private static final String[] NAMES =
            IntStream.range(0, ACCOUNTS).mapToObj(i -> "a" + i).toArray(String[]::new);

    private final Keyring keyring = new Keyring(new WallClock());
    private final Board board = new Board(PoolDriver.MODEL, new Endpoint());
    private final Looks all = new Looks(board.accounts());
    private long now = 1_000;

    /** Counts what is looked at. */
    private static final class Looks extends AbstractList<AccountModel> {
        private final List<AccountModel> accounts;
        private int looks;

        private Looks(List<AccountModel> accounts) {
            this.accounts = accounts;
        }

        @Override
        public AccountModel get(int i) {
            looks++;
            return accounts.get(i);
        }

        @Override
        public int size() {
            return accounts.size();
        }
    }

    @BeforeEach
    void all_are_refused() {
        var config = PoolDriver.config(new WaitConfig(30_000, 100, 1 << 20), "Headroom", NAMES);
        keyring.configure(config);
        board.seat(keyring, new Quotas(), config);
        for (int i = 0; i < ACCOUNTS; i++) {
            rest(i, FailureClass.MODEL_ACCESS, 100_000 + i);
        }
    }

    private void rest(int account, FailureClass why, long forMs) {
        key(account).rest(PoolDriver.MODEL).extend(now + forMs, 0, why);
    }

    private Key key(int account) {
        return keyring.account(NAMES[account]).keys().get(0);
    }

    private Sight sight(long tokens) {
        var request = new LeaseRequest(null, PoolDriver.MODEL, 100, new Demand(tokens, tokens));
        return Sight.of(board, all, request, now);
    }

    private int looks(Runnable calls) {
        int before = all.looks;
        calls.run();
        return all.looks - before;
    }

    @Test
    void a_call_in_vain_looks_at_few_where_one_before_has_looked_at_all() {
        sight(0);
        assertThat(looks(() -> {
                    for (int i = 0; i < 50; i++) {
                        assertThat(sight(i * 1_000L).cause()).isEqualTo(FailureClass.MODEL_ACCESS);
                        assertThat(sight(i).tellingAt()).isEqualTo(101_000);
                        now++;
                    }
                }))
                .isLessThan(100 * FEW);
        now += 100;
        assertThat(looks(() -> sight(0))).as("it holds for a moment only").isGreaterThanOrEqualTo(ACCOUNTS);
    }

    @Test
    void another_key_that_is_refused_again_changes_little_and_one_that_is_not_all() {
        sight(0);
        rest(501, FailureClass.MODEL_ACCESS, 300_000);
        board.refusals().changed(board.account("a501"), now);
        assertThat(looks(() -> sight(0))).isLessThan(FEW);

        rest(501, FailureClass.RATE_LIMIT, 400_000);
        board.refusals().changed(board.account("a501"), now);
        assertThat(sight(0).cause()).isEqualTo(FailureClass.RATE_LIMIT);
        assertThat(sight(0).tellingAt()).isEqualTo(401_000);
    }

    @Test
    void what_may_be_mended_soonest_is_told_though_few_look_so() {
        rest(501, FailureClass.CREDENTIAL, 500_000);
        for (int i = 0; i < 3; i++) {
            assertThat(sight(i).cause()).isEqualTo(FailureClass.CREDENTIAL);
            assertThat(sight(i).tellingAt()).isEqualTo(501_000);
        }
    }

    @Test
    void a_key_that_serves_again_is_found_at_once() {
        var driver = PoolDriver.of(NAMES);
        for (int i = 0; i < ACCOUNTS; i++) {
            driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, 60_000 + i % 2 * 600_000);
        }
        var refusal = driver.ask().refusal;
        assertThat(refusal.kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(refusal.availableInMs()).isEqualTo(60_000);
        driver.pass(60_000);
        var tries = driver.ask().lease;
        driver.serve(tries);
        assertThat(driver.ask().lease).isNotNull();
    }
}
