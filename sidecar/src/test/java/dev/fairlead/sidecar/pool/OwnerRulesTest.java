package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.CoolDownRule;
import dev.fairlead.sidecar.provider.CallerWords;
import dev.fairlead.sidecar.provider.HeaderLookup;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import dev.fairlead.sidecar.provider.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever class and scope a pool's owner names, that rests, and for the time named. */
class OwnerRulesTest {
    private final PoolDriver driver = PoolDriver.of("a/1", "a/2");

    @ParameterizedTest
    @CsvSource({
        // What rests: one of the two keys, the account for this model or for all, the model at this provider.
        "rate_limit, key, true, true",
        "rate_limit, key_model, true, true",
        "rate_limit, group_model, false, true",
        "rate_limit, group, false, false",
        "daily, group, false, false",
        "quota, key_model, true, true",
        "quota, group_model, false, true",
        "credential, key, true, true",
        "credential, group, false, false",
        "model_access, key_model, true, true",
        "model_access, group_model, false, true",
        "overloaded, provider_model, false, true",
        "overloaded, group, false, false",
        "server, group_model, false, true",
        "rate_limit, nothing, true, true"
    })
    void what_a_rule_names_rests_for_as_long_as_it_says(
            String clazz, String scope, boolean siblingServes, boolean otherModelServes) {
        fail(clazz, scope);
        assertThat(driver.ask().lease != null).as("this model").isEqualTo(siblingServes);
        assertThat(otherModel().lease != null).as("another model").isEqualTo(otherModelServes);
        driver.pass(119_000);
        fail("caller_fault", null);
        assertThat(driver.ask().lease != null).as("just before").isEqualTo(siblingServes);
        driver.pass(61_000);
        assertThat(driver.ask().lease).as("a good while after").isNotNull();
    }

    @Test
    void an_endpoint_has_a_breaker_and_no_rest() {
        fail("server", "endpoint");
        assertThat(driver.ask().lease).isNotNull();
    }

    private PoolDriver.Asked otherModel() {
        var asked = new PoolDriver.Asked(driver, "another", 100);
        driver.pool.lease(asked.request.now(), driver.now);
        return asked;
    }

    private void fail(String clazz, String scope) {
        var lease = driver.ask().lease;
        if (lease != null) {
            driver.pool.settle(lease, new Outcome.Failed(verdict(clazz, scope)), Spent.NOTHING, driver.now);
        }
    }

    private static Verdict verdict(String clazz, String scope) {
        var rests = scope != null && !scope.equals("nothing") && !scope.equals("endpoint");
        var rule = new CoolDownRule(List.of("429"), List.of(), List.of(), clazz, scope, rests ? 120_000L : null);
        return ProviderProfiles.load()
                .get("OpenAI")
                .withRules(List.of(rule))
                .classifier()
                .classify(429, HeaderLookup.NONE, new byte[0], CallerWords.NONE, 0);
    }
}
