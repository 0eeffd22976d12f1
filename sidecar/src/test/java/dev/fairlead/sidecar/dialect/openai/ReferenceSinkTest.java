package dev.fairlead.sidecar.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.dialect.TextHash;
import dev.fairlead.sidecar.usage.Usage;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request for a response says of other things at the provider. */
class ReferenceSinkTest {
    private final JsonRequestScanner scanner = new JsonRequestScanner();

    @Test
    void the_response_before_tells_most_then_the_conversation_then_the_last_items() {
        var facts = scanned("""
                {"input":[{"type":"item_reference","id":"msg_1"},{"type":"reasoning","id":"rs_2","encrypted_content":"secret"}],
                 "conversation":{"id":"conv_1"},"previous_response_id":"resp_1","model":"m","max_output_tokens":77,"stream":true}""");

        assertRefersTo(facts, "resp_1", "conv_1", "rs_2", "secret", "msg_1");
        assertThat(facts.maxCompletionTokens()).isEqualTo(77);
        assertThat(facts.stream()).isTrue();
    }

    @Test
    void a_conversation_may_be_its_id_alone() {
        assertRefersTo(scanned("{\"model\":\"m\",\"conversation\":\"conv_2\"}"), "conv_2");
    }

    @Test
    void what_a_request_brings_along_needs_nobodys_memory() {
        assertThat(scanned("""
                        {"model":"m","previous_response_id":null,"conversation":null,"input":[
                        "text",7,{"role":"user","content":"hi"},{"id":"msg_1","type":"message","role":"assistant","content":[]},
                        {"type":"function_call","id":"fc_1","call_id":"c","name":"f","arguments":"{}"},
                        {"type":"function_call_output","call_id":"c","output":"previous_response_id"}]}""").references()).isSameAs(References.NONE);
        assertThat(scanned("{\"model\":\"m\",\"input\":\"previous_response_id\"}")
                        .references())
                .isSameAs(References.NONE);
    }

    @Test
    void an_item_with_nothing_but_an_id_is_a_reference() {
        assertRefersTo(scanned("{\"model\":\"m\",\"input\":[{\"id\":\"msg_3\"}]}"), "msg_3");
    }

    @Test
    void of_a_long_history_the_end_counts() {
        String items = IntStream.range(0, 50)
                .mapToObj(i -> "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"blob" + i + "\"}")
                .collect(Collectors.joining(","));

        assertRefersTo(
                scanned("{\"model\":\"m\",\"input\":[" + items + "]}"),
                IntStream.range(0, 8).mapToObj(i -> "blob" + (49 - i)).toArray(String[]::new));
    }

    @Test
    void encrypted_reasoning_is_known_again_however_long_it_is_and_however_its_slashes_are_written() {
        String blob = "gAAAAAB/" + "x+/y=".repeat(2_000);
        var scan = new ResponseUsageScanner(AnswerFormat.RESPONSES, new Usage());
        byte[] answer =
                utf8("{\"id\":\"resp_1\",\"output\":[{\"id\":\"rs_1\",\"type\":\"reasoning\",\"encrypted_content\":\""
                        + blob.replace("/", "\\/") + "\"}],\"status\":\"completed\"}");
        for (byte b : answer) {
            scan.feed(new byte[] {b}, 0, 1);
        }
        assertThat(scan.end()).isTrue();

        var request =
                scanned("{\"model\":\"m\",\"input\":[{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\""
                        + blob + "\"}]}");
        assertThat(request.references().size()).isEqualTo(1);
        assertThat(IntStream.range(0, scan.made().size()).mapToObj(scan.made()::at))
                .contains(request.references().at(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"previous_response_id", "conversation", "input"})
    void a_field_that_decides_where_a_call_goes_must_not_be_given_twice(String name) {
        byte[] body = utf8("{\"model\":\"m\",\"" + name + "\":\"a\",\"" + name + "\":\"b\"}");

        assertThat(scanner.scan(AnswerFormat.RESPONSES, body, 0, body.length))
                .isEqualTo(new ScanOutcome.Refused("The field '" + name + "' is given twice; give it once.", name));
        assertThat(scanner.scan(AnswerFormat.CHAT, body, 0, body.length)).isInstanceOf(ScanOutcome.Scanned.class);
    }

    @Test
    void the_prompt_begins_with_the_instructions_and_the_first_question() {
        long text = scanned("{\"model\":\"m\",\"instructions\":\"Be brief.\",\"input\":\"Why?\"}")
                .prefix();
        long other = scanned("{\"model\":\"m\",\"instructions\":\"Be brief.\",\"input\":\"How?\"}")
                .prefix();
        long turn = scanned("""
                {"model":"m","instructions":"Be brief.","input":[{"role":"user","content":"Why?"}]}""").prefix();
        long nextTurn = scanned("""
                {"model":"m","instructions":"Be brief.","input":[{"role":"user","content":"Why?"},
                {"role":"assistant","content":"So."},{"role":"user","content":"And?"}]}""").prefix();

        assertThat(text).isNotZero().isNotEqualTo(other);
        assertThat(turn).isEqualTo(nextTurn);
    }

    private RequestFacts scanned(String json) {
        byte[] body = utf8(json);
        var outcome = scanner.scan(AnswerFormat.RESPONSES, body, 0, body.length);
        assertThat(outcome).isInstanceOf(ScanOutcome.Scanned.class);
        return ((ScanOutcome.Scanned) outcome).facts();
    }

    private static void assertRefersTo(RequestFacts facts, String... ids) {
        var expected = new References(ids.length);
        for (String id : ids) {
            byte[] bytes = utf8(id);
            expected.add(TextHash.of(bytes, 0, bytes.length));
        }
        assertThat(facts.references()).isEqualTo(expected);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
