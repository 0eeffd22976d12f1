package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.sidecar.config.CoolDownRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the owner of a pool says about errors goes before what the build says. */
class OverrideRulesTest {
    private static final String OUT_OF_FUNDS = "{\"error\": {\"code\": \"E77\", \"message\": \"Out of FUNDS today.\"}}";

    private final ProviderProfile builtIn = ProviderProfiles.load().get("OpenAICompatible");

    @Test
    void the_first_of_the_pools_rules_that_matches_decides() {
        var profile = builtIn.withRules(List.of(
                rule("429", "E99", null, "daily", null, null),
                rule("429", "E7*", "out of funds", "quota", "key", 7_200_000L),
                rule("429", null, null, "overloaded", null, null)));
        var verdict = classify(profile, 429, Map.of(), OUT_OF_FUNDS);
        assertThat(verdict.clazz()).isEqualTo(FailureClass.QUOTA);
        assertThat(verdict.scope()).isEqualTo(Scope.KEY);
        assertThat(verdict.resetMs()).hasValue(7_200_000);
        assertThat(verdict.ruleId()).isEqualTo("coolDown.rules[1]");
        assertThat(classify(profile, 429, Map.of(), "{}").clazz()).isEqualTo(FailureClass.OVERLOADED);
    }

    @Test
    void what_no_rule_of_the_pool_matches_means_what_it_always_did() {
        var profile = builtIn.withRules(List.of(rule("418", null, null, "overloaded", null, null)));
        assertThat(classify(profile, 401, Map.of(), "{}")).isEqualTo(classify(builtIn, 401, Map.of(), "{}"));
        assertThat(classify(profile, 418, Map.of(), "").clazz()).isEqualTo(FailureClass.OVERLOADED);
        assertThat(builtIn.withRules(List.of())).isSameAs(builtIn);
        assertThat(profile.admission()).isEqualTo(builtIn.admission());
    }

    @Test
    void a_time_that_the_provider_names_goes_before_the_rules_own() {
        var profile = builtIn.withRules(List.of(rule("503", null, null, "rate_limit", "group", 5_000L)));
        assertThat(classify(profile, 503, Map.of("retry-after", "9"), "").resetMs())
                .hasValue(9_000);
        assertThat(classify(profile, 503, Map.of(), "").resetMs()).hasValue(5_000);
        assertThat(classify(profile, 503, Map.of("retry-after", "NaN"), "").resetMs())
                .hasValue(5_000);
    }

    @Test
    void a_rule_that_cannot_be_used_is_named_with_what_is_wrong_and_what_was_expected() {
        refused(rule("429", null, null, "tired", null, null), "rules[1].class is 'tired', expected one of transport, ");
        refused(rule("429", null, null, "quota", "room", null), "rules[1].scope is 'room', expected one of key, ");
        refused(rule(null, null, null, "quota", null, null), "rules[1] matches every error");
        refused(rule("4xx", null, null, "quota", null, null), "rules[1]: status '4xx' must be a number or a range");
        refused(rule(null, "a*b", null, "quota", null, null), "rules[1]: code 'a*b' must be a word");
        refused(rule("429", null, null, "quota", null, 0L), "rules[1].resetMs is 0, expected at least 1");
        refused(rule("429", null, null, null, null, null), "rules[1].class is 'null'");
    }

    @Test
    void what_would_have_no_effect_is_refused() {
        for (var clazz : List.of("model_gone", "context_window", "content_policy", "caller_fault", "unknown")) {
            refused(
                    rule("429", null, null, clazz, "key", null),
                    "rules[1].scope is 'key', expected none: class '" + clazz + "' takes no scope");
            refused(
                    rule("429", null, null, clazz, null, 5L),
                    "rules[1].resetMs is 5, expected none: class '" + clazz + "' with no scope takes no rest");
        }
        refused(
                rule("500", null, null, "server", null, 5L),
                "rules[1].resetMs is 5, expected none: class 'server' with no scope takes no rest");
        refused(
                rule("500", null, null, "server", "endpoint", 5L),
                "rules[1].resetMs is 5, expected none: class 'server' with scope 'endpoint' takes no rest");
        refused(
                rule("429", null, null, "rate_limit", "nothing", 5L),
                "rules[1].resetMs is 5, expected none: class 'rate_limit' with scope 'nothing' takes no rest");
        var profile = builtIn.withRules(List.of(
                rule("500", null, null, "server", "group_model", 5L), rule("502", null, null, "server", null, null)));
        assertThat(classify(profile, 500, Map.of(), "{}").resetMs()).hasValue(5);
        assertThat(classify(profile, 502, Map.of(), "{}").scope()).isEqualTo(Scope.ENDPOINT);
    }

    private void refused(CoolDownRule rule, String message) {
        var rules = List.of(rule("429", null, null, "quota", null, null), rule);
        assertThatThrownBy(() -> builtIn.withRules(rules))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private static Verdict classify(ProviderProfile profile, int status, Map<String, String> headers, String body) {
        return profile.classifier()
                .classify(status, headers::get, body.getBytes(StandardCharsets.UTF_8), CallerWords.NONE, Corpus.NOW);
    }

    private static CoolDownRule rule(
            String status, String code, String message, String clazz, String scope, Long resetMs) {
        return new CoolDownRule(listOf(status), listOf(code), listOf(message), clazz, scope, resetMs);
    }

    private static List<String> listOf(String value) {
        return value == null ? List.of() : List.of(value);
    }
}
