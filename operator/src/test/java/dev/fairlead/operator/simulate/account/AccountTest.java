package dev.fairlead.operator.simulate.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.operator.simulate.profile.ProfileException;
import dev.fairlead.operator.simulate.profile.ProfileReader;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final long NOON = 1_800_000_000_000_000L;
    private static final long SECOND = 1_000_000L;

    @Test
    void keysOfOneAccountShareItsLimits() throws Exception {
        Accounts accounts = accounts("accounts: [{name: a, keys: [sk-1, sk-2], limits: {requestsPerMinute: 1}}]");
        Account first = accounts.of("sk-1").orElseThrow().account();
        Account second = accounts.of("sk-2").orElseThrow().account();
        assertThat(first.admit("m", 1, NOON)).isInstanceOf(Admission.Admitted.class);
        assertThat(second.admit("m", 1, NOON))
                .isEqualTo(new Admission.RateLimited(Dimension.REQUESTS_PER_MINUTE, 1, 1, 1, 60 * SECOND));
    }

    @Test
    void aRefusalTakesNothingFromAnyLimit() throws Exception {
        Account account = account("requestsPerMinute: 10, tokensPerMinute: 100");
        account.admit("m", 90, NOON);
        assertThat(account.admit("m", 20, NOON))
                .isEqualTo(new Admission.RateLimited(Dimension.TOKENS_PER_MINUTE, 100, 90, 20, 6 * SECOND));
        assertThat(account.headroom("m", NOON).requests().remaining()).isEqualTo(9);
        assertThat(account.headroom("m", NOON).tokens().remaining()).isEqualTo(10);
        assertThat(account.inFlight()).isEqualTo(1);
    }

    @Test
    void theLimitWithTheLongestWaitIsTheOneThatIsNamed() throws Exception {
        Account account = account("requestsPerMinute: 1, tokensPerMinute: 100, requestsPerDay: 1");
        account.admit("m", 100, NOON);
        assertThat(account.admit("m", 1, NOON))
                .isEqualTo(new Admission.RateLimited(Dimension.REQUESTS_PER_DAY, 1, 1, 1, 86_400 * SECOND));
    }

    @Test
    void aCallLargerThanTheLimitNeverFits() throws Exception {
        Account account = account("tokensPerMinute: 100");
        assertThat(account.admit("m", 101, NOON))
                .isEqualTo(new Admission.NeverFits(Dimension.TOKENS_PER_MINUTE, 100, 101));
        assertThat(account.admit("m", 100, NOON)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void concurrencyIsFreedByRelease() throws Exception {
        Account account = account("concurrency: 2");
        account.admit("m", 1, NOON);
        account.admit("m", 1, NOON);
        assertThat(account.admit("m", 1, NOON)).isEqualTo(new Admission.TooManyAtOnce(2));
        account.release();
        assertThat(account.admit("m", 1, NOON)).isInstanceOf(Admission.Admitted.class);
        assertThat(account.inFlight()).isEqualTo(2);
    }

    @Test
    void releasingTwiceIsABug() throws Exception {
        Account account = account("concurrency: 2");
        account.admit("m", 1, NOON);
        account.release();
        assertThatThrownBy(account::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEmptyBalanceIsAQuota() throws Exception {
        Account account = accounts("accounts: [{name: a, keys: [sk-1], balanceTokens: 10}]")
                .of("sk-1")
                .orElseThrow()
                .account();
        assertThat(account.admit("m", 1, NOON)).isInstanceOf(Admission.Admitted.class);
        account.spend(9);
        assertThat(account.admit("m", 1, NOON)).isInstanceOf(Admission.Admitted.class);
        account.spend(1);
        assertThat(account.admit("m", 1, NOON)).isEqualTo(new Admission.QuotaExhausted());
    }

    @Test
    void limitsPerModelAreApart() throws Exception {
        Account account = account("requestsPerMinute: 1, scope: Model");
        assertThat(account.admit("m", 1, NOON)).isInstanceOf(Admission.Admitted.class);
        assertThat(account.admit("m", 1, NOON)).isInstanceOf(Admission.RateLimited.class);
        assertThat(account.admit("n", 1, NOON)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void requestHeadersShowTheDayOnceItHasLessLeft() throws Exception {
        Account account = account("requestsPerMinute: 3, requestsPerDay: 4");
        account.admit("m", 1, NOON);
        assertThat(account.headroom("m", NOON).requests().limit()).isEqualTo(3);
        account.admit("m", 1, NOON);
        account.admit("m", 1, NOON + 60 * SECOND);
        assertThat(account.headroom("m", NOON + 120 * SECOND).requests().limit())
                .isEqualTo(4);
        assertThat(account.headroom("m", NOON + 120 * SECOND).requests().remaining())
                .isEqualTo(1);
    }

    @Test
    void quantisedTokensAreAFixedMinuteAndRequestsAreSliced() throws Exception {
        Account account = account("requestsPerMinute: 60, tokensPerMinute: 100, admission: Quantised");
        assertThat(account.admit("m", 100, NOON)).isInstanceOf(Admission.Admitted.class);
        assertThat(account.admit("m", 1, NOON + SECOND))
                .isEqualTo(new Admission.RateLimited(Dimension.TOKENS_PER_MINUTE, 100, 100, 1, 59 * SECOND));
        assertThat(account.admit("m", 0, NOON + SECOND)).isInstanceOf(Admission.Admitted.class);
        assertThat(account.admit("m", 0, NOON + SECOND + 1))
                .isEqualTo(new Admission.RateLimited(Dimension.REQUESTS_PER_MINUTE, 60, 60, 1, SECOND - 1));
    }

    @Test
    void rejectedRequestsCountWhereTheProviderSaysSo() throws Exception {
        Account account = account("requestsPerMinute: 60, tokensPerMinute: 100, chargeRejected: true");
        account.admit("m", 100, NOON);
        for (int i = 0; i < 100; i++) {
            assertThat(account.admit("m", 100, NOON)).isInstanceOf(Admission.RateLimited.class);
        }
        assertThat(account.headroom("m", NOON).requests().remaining()).isZero();
        assertThat(account.admit("m", 0, NOON))
                .isEqualTo(new Admission.RateLimited(Dimension.REQUESTS_PER_MINUTE, 60, 60, 1, SECOND));
    }

    @Test
    void anotherConsumerDrainsTheAccountAsTimePasses() throws Exception {
        Accounts accounts = accounts("{accounts: [{name: a, keys: [sk-1], limits: {requestsPerMinute: 60, burst: 2}}],"
                + " consumers: [{account: a, requestsPerMinute: 60, tokensPerRequest: 7}]}");
        Account account = accounts.of("sk-1").orElseThrow().account();
        int admitted = 0;
        for (int tenth = 0; tenth < 600; tenth++) {
            if (account.admit("m", 1, NOON + tenth * SECOND / 10) instanceof Admission.Admitted) {
                admitted++;
                account.release();
            }
        }
        Consumer other = account.consumers().get(0);
        assertThat(other.sent()).isEqualTo(59);
        assertThat(admitted + other.admitted()).isBetween(60L, 62L);
        assertThat(other.admittedTokens()).isEqualTo(other.admitted() * 7);
        assertThat(admitted).as("our own 60 would have fitted").isLessThan(60);
    }

    @Test
    void consumersActInTheOrderOfTheirTimesHoweverLateSomebodyLooks() throws Exception {
        String yaml = "{accounts: [{name: a, keys: [sk-1], limits: {requestsPerMinute: 90, burst: 1}}], consumers: ["
                + "{account: a, requestsPerMinute: 70}, {account: a, requestsPerMinute: 50}]}";
        Account lazy = accounts(yaml).of("sk-1").orElseThrow().account();
        Account eager = accounts(yaml).of("sk-1").orElseThrow().account();
        for (long now = NOON; now < NOON + 300 * SECOND; now += 12_345) {
            eager.catchUp(now);
        }
        eager.catchUp(NOON + 300 * SECOND);
        lazy.catchUp(NOON + 300 * SECOND);
        for (int i = 0; i < 2; i++) {
            assertThat(lazy.consumers().get(i).sent()).isEqualTo(i == 0 ? 350 : 250);
            assertThat(lazy.consumers().get(i).admitted())
                    .isEqualTo(eager.consumers().get(i).admitted());
        }
    }

    @Test
    void derivedKeysWithANumberShareAnAccountAndOthersDoNot() throws Exception {
        Accounts accounts = accounts("derivedAccounts: {limits: {requestsPerMinute: 5}}");
        Caller one = accounts.of("sk-team-a-1").orElseThrow();
        Caller two = accounts.of("sk-team-a-2").orElseThrow();
        assertThat(one.account()).isSameAs(two.account());
        assertThat(one.account().name()).isEqualTo("team-a");
        assertThat(one.keyName()).isEqualTo("key-1");
        assertThat(two.keyName()).isEqualTo("key-2");
        Caller real = accounts.of("sk-proj-AbCdEf-1234567").orElseThrow();
        assertThat(real.account().name()).startsWith("key-").doesNotContain("AbCdEf");
        assertThat(accounts.of("sk-proj-AbCdEf-1234567").orElseThrow().account())
                .isSameAs(real.account());
        assertThat(accounts.of("nonsense")).isEmpty();
        assertThat(accounts.of("sk-")).isEmpty();
    }

    @Test
    void aDerivedKeyNeverSlipsIntoAnAccountOfTheProfile() throws Exception {
        Accounts accounts = accounts("{derivedAccounts: {}, accounts: [{name: team, keys: [sk-secret]}]}");
        assertThat(accounts.of("sk-team-1").orElseThrow().account())
                .isNotSameAs(accounts.of("sk-secret").orElseThrow().account());
    }

    @Test
    void withoutDerivedAccountsAnUnknownKeyIsNobodys() throws Exception {
        assertThat(accounts("accounts: [{name: a, keys: [sk-1]}]").of("sk-2")).isEmpty();
    }

    private static Account account(String limits) throws ProfileException {
        return accounts("accounts: [{name: a, keys: [sk-1], limits: {" + limits + "}}]")
                .of("sk-1")
                .orElseThrow()
                .account();
    }

    private static Accounts accounts(String yaml) throws ProfileException {
        return new Accounts(new ProfileReader().parse("test", yaml), NOON);
    }
}
