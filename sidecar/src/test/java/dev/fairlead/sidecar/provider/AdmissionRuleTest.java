package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.provider.AdmissionRule.Charge;
import org.junit.jupiter.api.Test;

class AdmissionRuleTest {
    private final ProviderProfiles profiles = ProviderProfiles.load();

    @Test
    void every_provider_says_how_it_counts() {
        for (var type : profiles.types()) {
            var rule = profiles.get(type).admission();
            assertThat(rule).as(type).isNotNull();
            assertThat(rule.refusesOversize() && rule.charge() == Charge.EXPECTED)
                    .as(type + " cannot refuse for max_tokens what it does not charge")
                    .isFalse();
        }
    }

    @Test
    void known_differences_are_in_the_data() {
        assertThat(rule("OpenAI").charge()).isEqualTo(Charge.LARGER_OF_BOTH);
        assertThat(rule("OpenAI").givesBack()).isFalse();
        assertThat(rule("Groq").charge()).isEqualTo(Charge.INPUT_PLUS_MAX);
        assertThat(rule("Groq").countsCachedInput()).isFalse();
        assertThat(rule("Mistral").charge()).isEqualTo(Charge.EXPECTED);
        assertThat(rule("OpenRouter").refill()).isEqualTo(AdmissionRule.Refill.WINDOW);
        assertThat(rule("OpenAICompatible")).isEqualTo(AdmissionRule.CAUTIOUS);
    }

    private AdmissionRule rule(String type) {
        return profiles.get(type).admission();
    }
}
