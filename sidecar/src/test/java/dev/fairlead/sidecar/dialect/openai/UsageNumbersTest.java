package dev.fairlead.sidecar.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.usage.Usage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class UsageNumbersTest {
    private final Usage usage = new Usage();
    private final UsageNumbers numbers = new UsageNumbers();

    @Test
    void openai_counts_the_cached_within_the_prompt_and_reasoning_within_the_completion() {
        count(100, 50, 150);
        numbers.cached = 40;
        numbers.reasoning = 30;
        numbers.inputAudio = 5;
        numbers.outputAudio = 6;
        numbers.cacheWrite = 7;

        assertWritten(100, 40, 7, 5, 50, 30, 6);
    }

    @Test
    void xai_counts_reasoning_beside_the_completion() {
        count(291, 26, 506);
        numbers.cached = 244;
        numbers.reasoning = 189;

        assertWritten(291, 244, 0, 0, 215, 189, 0);
    }

    @Test
    void grok_on_azure_counts_the_cached_beside_the_prompt() {
        count(7, 1, 8);
        numbers.cached = 163;

        assertWritten(170, 163, 0, 0, 1, 0, 0);
    }

    @Test
    void mistral_counts_audio_beside_the_prompt() {
        count(9, 248, 632);
        numbers.inputAudio = 375;

        assertWritten(384, 0, 0, 375, 248, 0, 0);
    }

    @Test
    void geminis_thinking_shows_in_the_total_only() {
        count(66, 6, 100);

        assertWritten(66, 0, 0, 0, 34, 28, 0);
    }

    @Test
    void a_total_that_includes_cached_tokens_which_the_prompt_does_not() {
        count(100, 10, 150);
        numbers.cached = 40;

        assertWritten(140, 40, 0, 0, 10, 0, 0);
    }

    @Test
    void audio_and_reasoning_may_both_be_outside() {
        count(10, 20, 37);
        numbers.inputAudio = 3;
        numbers.reasoning = 4;

        assertWritten(13, 0, 0, 3, 24, 4, 0);
    }

    @Test
    void deepseeks_own_field_counts_where_the_usual_one_is_missing() {
        count(359, 25, 384);
        numbers.cacheHit = 256;

        assertWritten(359, 256, 0, 0, 25, 0, 0);
    }

    @Test
    void reasoning_is_never_more_than_the_output() {
        count(43, 10, 53);
        numbers.reasoning = 11;

        assertWritten(43, 0, 0, 0, 10, 10, 0);
    }

    @Test
    void partial_and_zero_counts_are_not_written() {
        usage.input(1, 0, 0, 0, 0).output(2, 0, 0);
        numbers.prompt = 5;
        assertThat(numbers.writeTo(usage)).isFalse();
        numbers.clear();
        numbers.completion = 5;
        numbers.total = 5;
        assertThat(numbers.writeTo(usage)).isFalse();
        count(0, 0, 0);
        assertThat(numbers.writeTo(usage)).isFalse();
        count(5, 0, 5);
        assertThat(numbers.writeTo(usage))
                .as("no output, where there has been some")
                .isFalse();

        assertThat(usage.inputTokens()).isEqualTo(1);
        assertThat(usage.outputTokens()).isEqualTo(2);
    }

    @Test
    void the_last_complete_count_replaces_all_of_the_one_before() {
        count(10, 5, 15);
        numbers.cached = 8;
        numbers.reasoning = 2;
        numbers.writeTo(usage);
        count(10, 6, 16);

        assertWritten(10, 0, 0, 0, 6, 0, 0);
    }

    @Property
    void parts_are_never_more_than_their_whole(
            @ForAll @LongRange(min = -5, max = 40) long prompt,
            @ForAll @LongRange(min = -5, max = 40) long completion,
            @ForAll @LongRange(min = -5, max = 120) long total,
            @ForAll @LongRange(min = -5, max = 40) long cached,
            @ForAll @LongRange(min = -5, max = 40) long audio,
            @ForAll @LongRange(min = -5, max = 40) long reasoning) {
        count(prompt, completion, total);
        numbers.cached = cached;
        numbers.inputAudio = audio;
        numbers.reasoning = reasoning;
        numbers.cacheWrite = audio;
        numbers.outputAudio = reasoning;

        if (numbers.writeTo(usage)) {
            assertThat(usage.cacheReadTokens() + usage.cacheWrite5mTokens()).isLessThanOrEqualTo(usage.inputTokens());
            assertThat(usage.inputAudioTokens()).isLessThanOrEqualTo(usage.inputTokens());
            assertThat(usage.reasoningTokens()).isLessThanOrEqualTo(usage.outputTokens());
            assertThat(usage.outputAudioTokens()).isLessThanOrEqualTo(usage.outputTokens());
            assertThat(usage.inputTokens()).isGreaterThanOrEqualTo(prompt);
            assertThat(usage.outputTokens()).isGreaterThanOrEqualTo(completion);
            assertThat(usage.totalTokens()).isPositive();
        }
    }

    private void count(long prompt, long completion, long total) {
        numbers.clear();
        numbers.prompt = prompt;
        numbers.completion = completion;
        numbers.total = total;
    }

    private void assertWritten(
            long input, long cacheRead, long cacheWrite, long audio, long output, long reasoning, long outputAudio) {
        assertThat(numbers.writeTo(usage)).isTrue();
        assertThat(usage)
                .hasToString(new Usage()
                        .input(input, cacheRead, cacheWrite, 0, audio)
                        .output(output, reasoning, outputAudio)
                        .toString());
    }
}
