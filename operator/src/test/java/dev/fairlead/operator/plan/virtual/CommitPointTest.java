package dev.fairlead.operator.plan.virtual;

import static dev.fairlead.operator.plan.virtual.ScriptedProvider.limitedFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.exchange.UpstreamFailure.Kind;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Until when a stream may still come from elsewhere, and how it ends once it may not. */
class CommitPointTest {
    private static final String ROLE = event("{\"role\":\"assistant\",\"content\":\"\"}");
    private static final String LIMITED =
            "data: {\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"}}\n\n";
    private static final String REST =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private static final String WAITING = ": waiting\n\n";
    /** Deadlines are watched to 50 ms. */
    private static final long TICK_MS = 50;

    private final Scene scene = new Scene().requestMs(300_000);

    private static String event(String delta) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"finish_reason\":null}]}\n\n";
    }

    private static String text(String content) {
        return event("{\"content\":\"" + content + "\"}");
    }

    /** Role at once, then this. */
    private static Consumer<ScriptedProvider.Answer> streams(Consumer<ScriptedProvider.Answer> rest) {
        return answer -> {
            answer.stream();
            answer.data(ROLE);
            rest.accept(answer);
        };
    }

    private static Consumer<ScriptedProvider.Answer> whole(String content) {
        return streams(answer -> {
            answer.data(text(content));
            answer.data(REST);
            answer.end();
        });
    }

    @Test
    void nothing_reaches_the_client_before_the_first_content() {
        scene.pool("main", "a");
        scene.provider("main")
                .then(streams(answer -> answer.in(14_000, () -> {
                    answer.data(text("Hi"));
                    answer.data(REST);
                    answer.end();
                })));
        var caller = scene.stream();
        scene.play();
        assertThat(caller.beganMs()).isEqualTo(14_000);
        assertThat(caller.body()).isEqualTo(ROLE + text("Hi") + REST);
        assertThat(caller.answered("x-fairlead-target")).isEqualTo("main");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"x\"}",
                "{\"reasoning_content\":\"x\"}",
                "{\"refusal\":\"x\"}",
                "{\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"\"}}]}",
                "{\"audio\":{\"data\":\"AAAA\"}}"
            })
    void every_kind_of_content_commits(String delta) {
        scene.pool("main", "a");
        scene.provider("main").then(streams(answer -> {
            answer.data(event(delta));
            answer.in(5_000, () -> {
                answer.data(REST);
                answer.end();
            });
        }));
        var caller = scene.stream();
        scene.play();
        assertThat(caller.beganMs()).isZero();
        assertThat(caller.endedMs()).isEqualTo(5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"role\":\"assistant\"}", "{\"content\":\"\"}", "{\"content\":null}"})
    void what_says_nothing_does_not(String delta) {
        scene.pool("main", "a", "b");
        scene.provider("main")
                .then(answer -> {
                    answer.stream();
                    answer.data(event(delta));
                    answer.data(": ping\n\n");
                    answer.in(5_000, () -> answer.data(LIMITED));
                })
                .then(whole("from b"));
        var caller = scene.stream();
        scene.play();
        assertThat(caller.body()).isEqualTo(ROLE + text("from b") + REST);
        assertThat(scene.record().key).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 14_900})
    void an_error_before_content_is_not_seen(long afterMs) {
        scene.pool("main", "a", "b");
        scene.provider("main")
                .then(streams(answer -> answer.in(afterMs, () -> answer.data(LIMITED))))
                .then(whole("from b"));
        var caller = scene.stream();
        scene.play();
        assertThat(caller.status()).isEqualTo(200);
        assertThat(caller.body()).isEqualTo(ROLE + text("from b") + REST);
        assertThat(scene.record().attemptCount()).isEqualTo(2);
    }

    @Test
    void after_15_s_the_client_gets_a_comment_and_another_every_15_s_until_there_is_content() {
        scene.pool("main", "a");
        scene.provider("main")
                .then(streams(answer -> answer.in(50_000, () -> {
                    answer.data(text("Hi"));
                    answer.data(REST);
                    answer.end();
                })));
        var caller = scene.stream();
        scene.play();
        assertThat(caller.beganMs()).isBetween(15_000L, 15_000 + TICK_MS);
        var comments = caller.pieces.stream()
                .filter(piece -> piece.text().equals(WAITING))
                .toList();
        assertThat(comments).hasSize(3);
        for (int i = 0; i < comments.size(); i++) {
            long due = 15_000L * (i + 1);
            assertThat(comments.get(i).atMs()).isBetween(due, due + (i + 1) * TICK_MS);
        }
        assertThat(caller.body()).isEqualTo(WAITING.repeat(3) + ROLE + text("Hi") + REST);
        assertThat(caller.broken()).isFalse();
    }

    @Test
    void comments_go_on_while_the_call_waits_for_another_key() {
        scene.pool("main", "a");
        scene.provider("main")
                .then(streams(answer -> answer.in(16_000, () -> answer.data(LIMITED))))
                .then(limitedFor(40_000))
                .then(whole("at last"));
        var caller = scene.stream();
        scene.play();
        assertThat(caller.body()).endsWith(ROLE + text("at last") + REST).startsWith(WAITING);
        assertThat(caller.body().split(WAITING, -1).length - 1).isBetween(4, 6);
        assertThat(caller.broken()).isFalse();
    }

    @Test
    void more_than_64_kib_without_content_are_not_held_back() {
        scene.pool("main", "a", "b");
        var piece = ": " + "x".repeat(1_020) + "\n\n"; // 1 KiB
        scene.provider("main").then(streams(answer -> {
            for (int i = 1; i <= 70; i++) {
                answer.in(i * 10L, () -> answer.data(piece));
            }
            answer.in(2_000, () -> answer.data(LIMITED));
            answer.in(2_010, answer::end);
        }));
        var caller = scene.stream();
        scene.play();
        int role = ROLE.length();
        int held = (64 * 1024 - role) / 1_024; // so many pieces fit; the next one is too many
        assertThat(caller.beganMs()).isEqualTo((held + 1) * 10L);
        assertThat(caller.pieces.get(0).text()).hasSizeGreaterThan(64 * 1024).hasSizeLessThan(66 * 1024);
        assertThat(scene.provider("main").requests)
                .as("it is too late for another key")
                .hasSize(1);
        assertThat(caller.body()).contains("rate_limit_exceeded").doesNotContain("[DONE]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_breaks_after_content_ends_in_an_error_event_and_nobody_elses_words(boolean silently) {
        scene.pool("main", "a", "b");
        scene.provider("main").then(streams(answer -> {
            answer.data(text("Hi"));
            answer.in(1_000, () -> {
                if (silently) {
                    answer.end();
                } else {
                    answer.fail(Kind.CUT);
                }
            });
        }));
        var caller = scene.stream();
        scene.play();
        assertThat(caller.body())
                .startsWith(ROLE + text("Hi"))
                .contains("data: {\"error\":{", "\"code\":\"upstream_error\"")
                .doesNotContain("[DONE]");
        assertThat(caller.broken()).isTrue();
        assertThat(scene.provider("main").requests).hasSize(1);
    }
}
