package dev.fairlead.operator.simulate.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.operator.simulate.dialect.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultBookTest {

    private static final Target CALL = new Target(Endpoint.CHAT, "a", "key-1", "gpt-4o", false);
    private static final Target STREAM = new Target(Endpoint.CHAT, "a", "key-1", "gpt-4o", true);

    private final FaultBook book = new FaultBook(1);

    @Test
    void strikesAsOftenAsAskedAndThenIsOver() {
        add("{'kind':'serverError','count':2}");
        assertThat(book.strike(CALL)).isPresent();
        assertThat(book.toJson().get(0).get("struck").asInt()).isEqualTo(1);
        assertThat(book.strike(CALL)).isPresent();
        assertThat(book.strike(CALL)).isEmpty();
        assertThat(book.toJson()).isEmpty();
    }

    @Test
    void theFirstThatMatchesStrikes() {
        add("[{'kind':'quota','account':'b'},{'kind':'overloaded','count':1},{'kind':'serverError'}]");
        assertThat(book.strike(CALL).orElseThrow().kind()).isEqualTo(FaultKind.overloaded);
        assertThat(book.strike(CALL).orElseThrow().kind()).isEqualTo(FaultKind.serverError);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'endpoint':'embeddings'",
                "'account':'b'",
                "'key':'key-2'",
                "'model':'gpt-4.1'",
                "'stream':true",
                "'probability':0.0"
            })
    void aSelectorThatDoesNotMatchSpares(String selector) {
        add("{'kind':'serverError'," + selector + "}");
        assertThat(book.strike(CALL)).isEmpty();
    }

    @Test
    void streamFaultsSpareWholeAnswersAndTheReverse() {
        add("[{'kind':'cutStream'},{'kind':'errorInStream'},{'kind':'neverEnding'}]");
        assertThat(book.strike(CALL)).isEmpty();
        assertThat(book.strike(STREAM)).isPresent();
        book.clear();
        add("{'kind':'truncatedBody'}");
        assertThat(book.strike(STREAM)).isEmpty();
        assertThat(book.strike(CALL)).isPresent();
    }

    @Test
    void probabilityStrikesItsShareAndTheSameOnesWithTheSameSeed() {
        add("{'kind':'serverError','probability':0.25}");
        FaultBook other = new FaultBook(1);
        other.add(read("{'kind':'serverError','probability':0.25}"));
        int struck = 0;
        for (int i = 0; i < 4000; i++) {
            boolean strikes = book.strike(CALL).isPresent();
            assertThat(other.strike(CALL).isPresent()).isEqualTo(strikes);
            struck += strikes ? 1 : 0;
        }
        assertThat(struck).isBetween(900, 1100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | kind is required",
                "{'kind':'boom'} | expected one of [status, rateLimit",
                "{'kind':'status'} | status: kind status needs it",
                "{'kind':'slow'} | delayMs: kind slow needs it",
                "{'kind':'slow','delayMs':'5'} | delayMs: expected a whole number",
                "{'kind':'refuse','status':500} | status: kind refuse has no response of its own",
                "{'kind':'serverError','afterChunks':1} | afterChunks: kind serverError is not inside a stream",
                "{'kind':'serverError','count':0} | count: expected at least 1",
                "{'kind':'serverError','probability':1.5} | probability: expected 0 to 1",
                "{'kind':'serverError','endpoint':'chats'} | endpoint: expected one of",
                "{'kind':'serverError','retryAfter':'5'} | got '5', expected a time",
                "{'kind':'serverError','headers':{'content-length':'5'}} | content-length is not yours to set",
                "{'kind':'serverError','headers':{'a b':'5'}} | 'a b' is not a header name",
                "{'kind':'serverError','headers':{'a':'x\\r\\ny'}} | value of a is not printable ASCII",
                "{'kind':'serverError','acount':'a'} | unknown field; known are account, afterChunks",
                "[null] | expected a list of faults",
                "{ | faults:1: Unexpected end-of-input: expected close marker for Object"
            })
    void faultsThatCannotBeMeantAreRefused(String json, String complaint) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    private void add(String json) {
        book.add(read(json));
    }

    private static List<Fault> read(String json) {
        return new FaultReader().read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
