package dev.fairlead.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.dialect.openai.AnswerFormat;
import dev.fairlead.sidecar.dialect.openai.JsonRequestScanner;
import dev.fairlead.sidecar.dialect.openai.RequestFacts;
import dev.fairlead.sidecar.dialect.openai.ScanOutcome;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CallAffinityTest {
    private static final RequestFacts REQUEST =
            facts("{\"model\":\"m\",\"user\":\"u\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
    private static final RequestFacts UNNAMED =
            facts("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
    private static final RequestFacts SILENT = facts("{\"model\":\"m\"}");

    @Test
    void a_pool_without_affinity_asks_nobody() {
        assertThat(Affinity.of("None", head("s"), REQUEST)).isZero();
    }

    @Test
    void the_header_wins_over_everything_in_the_request() {
        long named = Affinity.of("Session", head("s"), REQUEST);
        assertThat(named).isNotZero().isNotEqualTo(REQUEST.session());
        assertThat(Affinity.of("Session", head("s"), SILENT)).isEqualTo(named);
        assertThat(Affinity.of("Prefix", head("s"), REQUEST)).isEqualTo(named);
        assertThat(Affinity.of("Session", head("t"), REQUEST)).isNotEqualTo(named);
    }

    @Test
    void otherwise_the_request_says_it() {
        assertThat(Affinity.of("Session", head(null), REQUEST)).isNotZero().isEqualTo(REQUEST.session());
        assertThat(Affinity.of("Session", head(""), REQUEST)).isEqualTo(REQUEST.session());
        assertThat(Affinity.of("Prefix", head(null), REQUEST)).isEqualTo(REQUEST.session());
    }

    @Test
    void how_a_prompt_begins_counts_where_the_pool_says_so_and_the_request_names_nothing() {
        assertThat(Affinity.of("Prefix", head(null), UNNAMED)).isNotZero().isEqualTo(UNNAMED.prefix());
        assertThat(Affinity.of("Session", head(null), UNNAMED)).isZero();
    }

    @Test
    void who_says_nothing_belongs_to_none() {
        assertThat(Affinity.of("Session", head(null), SILENT)).isZero();
        assertThat(Affinity.of("Prefix", head(null), SILENT)).isZero();
    }

    private static RequestFacts facts(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return ((ScanOutcome.Scanned) new JsonRequestScanner().scan(AnswerFormat.CHAT, bytes, 0, bytes.length)).facts();
    }

    private static ClientHead head(String session) {
        return new ClientHead() {
            @Override
            public String path() {
                return "/v1/chat/completions";
            }

            @Override
            public String header(CharSequence name) {
                return name.toString().equals("x-fairlead-session") ? session : null;
            }
        };
    }
}
