package dev.fairlead.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelNamesTest {
    @Test
    void a_vendors_name_before_it_and_its_case_make_no_other_model() {
        assertThat(ModelNames.same("gpt-4o", "openai/gpt-4o")).isTrue();
        assertThat(ModelNames.same("meta-llama/Llama-3.3-70B-Instruct", "LLAMA-3.3-70b-instruct"))
                .isTrue();
        assertThat(ModelNames.same("accounts/fireworks/models/qwen3", "qwen3")).isTrue();
    }

    @Test
    void a_longer_name_is_another_model() {
        assertThat(ModelNames.same("gpt-4o", "gpt-4o-mini")).isFalse();
        assertThat(ModelNames.same("openai/gpt-4o", "anthropic/claude-sonnet-4-5"))
                .isFalse();
        assertThat(ModelNames.same("gpt-4o", "gpt-4o-2024-08-06")).isFalse();
    }
}
