package dev.fairlead.sidecar.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenEstimateTest {
    private static final long UNSAID = 4_096;

    @Test
    void four_bytes_are_a_token_and_a_part_of_one_counts() {
        assertThat(TokenEstimate.inputTokens(facts(400, RequestFacts.ABSENT, RequestFacts.ABSENT, 1, 0, 0)))
                .isEqualTo(100);
        assertThat(TokenEstimate.inputTokens(facts(401, RequestFacts.ABSENT, RequestFacts.ABSENT, 1, 0, 0)))
                .isEqualTo(101);
        assertThat(TokenEstimate.ofBytes(0)).isZero();
    }

    @Test
    void a_picture_does_not_count_by_its_bytes() {
        assertThat(TokenEstimate.inputTokens(
                        facts(2_000_400, RequestFacts.ABSENT, RequestFacts.ABSENT, 1, 2, 2_000_000)))
                .isEqualTo(2_100);
    }

    @Test
    void a_request_may_say_how_much_it_wants_at_most() {
        assertThat(TokenEstimate.maxOutputTokens(facts(1, 100, RequestFacts.ABSENT, 1, 0, 0), UNSAID))
                .isEqualTo(100);
        assertThat(TokenEstimate.maxOutputTokens(facts(1, RequestFacts.ABSENT, 200, 1, 0, 0), UNSAID))
                .isEqualTo(200);
        assertThat(TokenEstimate.maxOutputTokens(facts(1, 100, 200, 1, 0, 0), UNSAID))
                .as("the newer field counts where both are given")
                .isEqualTo(200);
        assertThat(TokenEstimate.maxOutputTokens(facts(1, RequestFacts.ABSENT, RequestFacts.ABSENT, 1, 0, 0), UNSAID))
                .isEqualTo(UNSAID);
    }

    @Test
    void every_choice_may_be_as_long() {
        assertThat(TokenEstimate.maxOutputTokens(facts(1, 100, RequestFacts.ABSENT, 3, 0, 0), UNSAID))
                .isEqualTo(300);
        assertThat(TokenEstimate.maxOutputTokens(
                        facts(1, Long.MAX_VALUE / 200, RequestFacts.ABSENT, Long.MAX_VALUE, 0, 0), UNSAID))
                .isPositive();
    }

    private static RequestFacts facts(
            long bytes, long maxTokens, long maxCompletionTokens, long n, int attachments, long attachmentBytes) {
        return new RequestFacts(
                bytes,
                "m",
                new Range(9, 12),
                false,
                StreamOptions.MISSING,
                maxTokens,
                maxCompletionTokens,
                n,
                attachments,
                attachmentBytes,
                0,
                0,
                References.NONE);
    }
}
