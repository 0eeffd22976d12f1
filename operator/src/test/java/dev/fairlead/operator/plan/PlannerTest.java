package dev.fairlead.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.plan.load.Load;
import dev.fairlead.operator.plan.load.PlannedCall;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.exchange.Endpoint;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    private static final long DEADLINE_MS = 10_000;

    private static Plan plan(SidecarConfig config, Load load) {
        return new Planner(ProviderProfiles.load(), 1_700_000_000_000L).plan(load, configs(config), null, null);
    }

    private static PlannedFolder.Configs configs(SidecarConfig config) {
        return new PlannedFolder.Configs(List.of(config), List.of(), List.of());
    }

    /** As if it had been recorded: what clients set as maximum is not known. */
    private static Load recorded(Load load) {
        return new Load(load.calls(), load.workloads(), load.lengthMs(), true, load.notes());
    }

    private static Load someCalls() {
        return Pools.load(60, 0, 5_000, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "OpenAI,           true, 90000, true",
        "OpenAICompatible, true, 90000, true",
        "DeepSeek,         true, 90000, false",
        "OpenAI,           true,      , false",
        "OpenAI,          false, 90000, false"
    })
    void recordsWithoutMaxTokensAreSaidToBeWhereAProviderChargesThemUpFront(
            String provider, boolean fromRecords, Long tokensPerMinute, boolean said) {
        var limits = new QuotaLimits(null, 600L, null, null, null, tokensPerMinute, null, null, null);
        var load = fromRecords ? recorded(someCalls()) : someCalls();
        var notes = plan(Pools.accounts(2, limits, DEADLINE_MS, provider), load).notes();
        var note =
                "No record says max_tokens: no client set it, or the records are of an older version. Pool default/openai"
                        + " would be charged it up front, and its token limits would bind earlier.";
        assertThat(notes).containsExactlyElementsOf(said ? List.of(note) : List.of());
    }

    @Test
    void aPoolWhoseLimitsAreItsKeysIsNotSaidToHaveNone() {
        var ofKeys = Pools.limitedKeys(2, Pools.requestsPerMinute(600), DEADLINE_MS);
        assertThat(plan(ofKeys, someCalls()).notes()).isEmpty();
        var none = Pools.accounts(2, null, DEADLINE_MS);
        assertThat(plan(none, someCalls()).notes())
                .singleElement()
                .asString()
                .startsWith("Pool default/openai has no limits in its manifests");
    }

    @Test
    void limitsOfKeysAreDoubledAndAddedLikeThoseOfAccounts() {
        var plan = plan(Pools.limitedKeys(2, Pools.requestsPerMinute(60), DEADLINE_MS), Pools.load(170, 0, 300_000, 1));
        assertThat(plan.variants())
                .extracting(Plan.Variant::name)
                .containsExactly("as it is", "one more account", "one tier up (limits x 2)");
        assertThat(plan.variants().get(0).result().binds().limit().owner()).startsWith("key key-");
        assertThat(plan.variants().get(0).result().holds()).isFalse();
        assertThat(plan.variants().get(1).result().holds()).isTrue();
        assertThat(plan.variants().get(2).result().holds()).isTrue();
    }

    @Test
    void whatBindsIsFoundAlsoWhenTheFirstCallThatItHitsIsTurnedAwayAtOnce() {
        var config = Pools.accounts(2, Pools.requestsPerMinute(60), 5_000);
        var binds = plan(config, Pools.load(170, 0, 60_000, 1))
                .variants()
                .get(0)
                .result()
                .binds();
        assertThat(binds.pool()).isEqualTo("default/openai");
        assertThat(binds.limit().owner()).startsWith("account-");
    }

    /** Both accounts are full at once for a moment, and nobody waits; then one of them has no requests left. */
    @Test
    void whatBindsIsTheLimitThatTheFirstCallWaitedForAndNotOneThatWasFullBefore() {
        var limits = new TreeMap<String, QuotaLimits>();
        limits.put("big", new QuotaLimits(null, 30L, null, null, null, null, null, 3L, null));
        limits.put("small", new QuotaLimits(null, 1_000L, null, null, null, null, null, 3L, null));
        var calls = new ArrayList<PlannedCall>();
        for (int i = 0; i < 3; i++) {
            calls.add(call("big", 0));
            calls.add(call("small", 0));
        }
        for (int second = 3; second < 50; second++) {
            calls.add(call("big", second * 1_000_000L));
        }
        var load = new Load(calls, List.of(Pools.WORKLOAD), 50_000, false, List.of());
        var binds = plan(Pools.accountsByModel(limits, DEADLINE_MS), load)
                .variants()
                .get(0)
                .result()
                .binds();
        assertThat(binds.limit().name()).isEqualTo("requestsPerMinute of account-1");
        assertThat(binds.others()).isZero();
    }

    private static PlannedCall call(String model, long atMicros) {
        return call(model, atMicros, 0);
    }

    private static PlannedCall call(String model, long atMicros, long maxTokens) {
        return new PlannedCall(
                atMicros, 0, Endpoint.CHAT_COMPLETIONS, null, model, false, Map.of(), 100, 10, maxTokens, 0, 500);
    }

    @Test
    void callsThatNoAccountLetsInAtAllAreTold() {
        var calls = List.of(call("gpt-4o", 0, 5_000), call("gpt-4o", 1_000_000, 500), call("gpt-4o", 2_000_000, 5_001));
        var load = new Load(calls, List.of(Pools.WORKLOAD), 3_000, false, List.of());
        var plan = plan(Pools.accounts(2, Pools.tokensPerMinute(4_000), DEADLINE_MS), load);
        assertThat(plan.variants().get(0).result().tooLarge()).isEqualTo(2);
        assertThat(plan.variants().get(0).result().served()).isEqualTo(1);
        assertThat(PlanTable.of(plan)).contains("\n2 of them ask for more than any account allows at all: ");
        assertThat(new PlanJson().of(plan)).contains("\"tooLarge\" : 2");
    }

    @Test
    void noAccountIsAddedToAPoolThatNeedsNoKeys() {
        var plan = plan(Pools.withoutKeys(Pools.concurrency(1), DEADLINE_MS), Pools.load(120, 0, 60_000, 1));
        assertThat(plan.variants())
                .extracting(Plan.Variant::name)
                .containsExactly("as it is", "one tier up (limits x 2)");
    }
}
