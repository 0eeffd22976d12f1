package dev.fairlead.sidecar.dialect.openai;

import static dev.fairlead.sidecar.dialect.RandomJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.dialect.openai.ScanOutcome.Scanned;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request says about the conversation it belongs to. */
class PromptSinkTest {
    private static final String SYSTEM = "{'role':'system','content':'You are terse.'}";
    private static final String USER = "{'role':'user','content':'What is a lease?'}";
    private final JsonRequestScanner scanner = new JsonRequestScanner();

    @Test
    void every_turn_of_a_conversation_begins_alike() {
        long first = chat(SYSTEM, USER).prefix();
        long later = chat(
                        SYSTEM, USER, "{'role':'assistant','content':'A right.'}", "{'role':'user','content':'Whose?'}")
                .prefix();
        assertThat(first).isNotZero().isEqualTo(later);
    }

    @Test
    void another_instruction_or_another_question_is_another_conversation() {
        var prefixes = new HashSet<Long>();
        prefixes.add(chat(SYSTEM, USER).prefix());
        prefixes.add(chat(SYSTEM, "{'role':'user','content':'What is a key?'}").prefix());
        prefixes.add(chat("{'role':'system','content':'You are kind.'}", USER).prefix());
        prefixes.add(chat(USER).prefix());
        prefixes.add(chat(SYSTEM).prefix());
        assertThat(prefixes).hasSize(5).doesNotContain(0L);
    }

    @Test
    void the_order_of_fields_and_what_stands_between_them_does_not_matter() {
        long usual = chat(SYSTEM, USER).prefix();
        assertThat(scan("{'messages' : [ {'content':'You are terse.','x':{'role':'user'},'role':'system'},"
                                + "{'name':'a','content':'What is a lease?','role':'user'}],'temperature':1,'model':'m'}")
                        .prefix())
                .isEqualTo(usual);
        assertThat(chat("{'role':'developer','content':'You are terse.'}", USER).prefix())
                .isEqualTo(usual);
    }

    @Test
    void parts_count_as_they_are_written() {
        String parts =
                "[{'type':'text','text':'Look'},{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}}]";
        long image = chat("{'role':'user','content':" + parts + "}").prefix();
        assertThat(image)
                .isNotZero()
                .isEqualTo(chat("{'role':'user','content':" + parts + "}", "{'role':'assistant','content':'Nice'}")
                        .prefix())
                .isNotEqualTo(chat("{'role':'user','content':" + parts.replace("AA==", "AB==") + "}")
                        .prefix());
    }

    @Test
    void a_long_beginning_is_not_read_to_its_end_but_its_length_counts() {
        String pad = "x".repeat(10_000);
        long one = chat("{'role':'user','content':'" + pad + "a'}").prefix();
        assertThat(chat("{'role':'user','content':'" + pad + "b'}").prefix()).isEqualTo(one);
        assertThat(chat("{'role':'user','content':'" + pad + "ab'}").prefix()).isNotEqualTo(one);
    }

    @Test
    void the_clients_own_name_for_a_conversation_is_its_cache_key_before_its_user() {
        long key = scan("{'model':'m','prompt_cache_key':'c','user':'u'}").session();
        assertThat(scan("{'user':'v','prompt_cache_key':'c','model':'m'}").session())
                .isNotZero()
                .isEqualTo(key);
        long user = scan("{'model':'m','user':'u'}").session();
        assertThat(user).isNotZero().isNotEqualTo(key);
        assertThat(scan("{'model':'m','prompt_cache_key':'','user':'u'}").session())
                .isEqualTo(user);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'m'}",
                "{'model':'m','messages':[]}",
                "{'model':'m','messages':'hi','user':7,'prompt_cache_key':null}",
                "{'model':'m','messages':[1,'a',null,[{'role':'user','content':'x'}],{}]}",
                "{'model':'m','messages':{'role':'user','content':'x'}}",
                "{'model':'m','messages':[{'role':{'role':'user'},'content':'x'},{'role':'tool','content':'x'}]}",
                "{'model':'m','input':'text'}",
                "{'model':'m','user':'','user':''}"
            })
    void what_says_nothing_is_no_conversation_and_no_error(String body) {
        assertThat(scan(body).session()).isZero();
        assertThat(scan(body).prefix()).isZero();
    }

    @Test
    void nothing_is_left_over_from_the_request_before() {
        chat(SYSTEM, USER);
        scan("{'model':'m','user':'u'}");
        assertThat(scan("{'model':'m'}").session()).isZero();
        assertThat(scan("{'model':'m'}").prefix()).isZero();
    }

    private RequestFacts chat(String... messages) {
        return scan("{'model':'m','messages':[" + String.join(",", messages) + "]}");
    }

    /** Single quotes stand for double ones; scanned in the middle of a larger array. */
    private RequestFacts scan(String body) {
        byte[] bytes = utf8("[" + body.replace('\'', '"') + "]");
        return ((Scanned) scanner.scan(AnswerFormat.CHAT, bytes, 1, bytes.length - 2)).facts();
    }
}
