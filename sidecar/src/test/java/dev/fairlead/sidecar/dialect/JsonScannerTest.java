package dev.fairlead.sidecar.dialect;

import static dev.fairlead.sidecar.dialect.RandomJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    private static final JsonShape NOTHING = new JsonShape.Builder().build();

    @Property(tries = 1_000)
    void accepts_all_json(@ForAll long seed) {
        byte[] json = utf8(RandomJson.value(new Random(seed), 5));

        assertThat(StrictJackson.accepts(json)).isTrue();
        assertThat(accepts(json)).isTrue();
    }

    @Property(tries = 4_000)
    void accepts_what_another_strict_parser_accepts_and_nothing_else(@ForAll long seed) {
        var random = new Random(seed);
        byte[] bytes = RandomJson.mutated(random, utf8(RandomJson.value(random, 4)));

        assertThat(accepts(bytes)).isEqualTo(StrictJackson.accepts(bytes));
    }

    @Property(tries = 1_000)
    void reads_the_same_however_the_bytes_are_cut(@ForAll long seed) {
        var random = new Random(seed);
        byte[] bytes = utf8(RandomJson.value(random, 4));
        if (random.nextBoolean()) {
            bytes = RandomJson.mutated(random, bytes);
        }
        var whole = new Recording();
        whole.read(bytes, bytes.length);

        for (int piece = 1; piece < 9; piece++) {
            var pieces = new Recording();
            pieces.read(bytes, piece);
            assertThat(pieces.log).isEqualTo(whole.log);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                " 0 ",
                "-0",
                "1.0e+10",
                "\"\"",
                "\"\\ud800\"",
                "\"\\u0000\"",
                "\"\u007f\"",
                "true",
                "null",
                "[]",
                "{}",
                " [ ] ",
                "{\"\":0}",
                "[[],{}]",
                "{\"a\":1,\"a\":2}",
                "\"\uffff\"",
                "\"\\/\"",
                "{\"\\udc00\":0}",
                "1E400",
                "-1e-400"
            })
    void accepts_the_corners_of_the_grammar(String json) {
        assertThat(accepts(utf8(json))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "+1",
                "01",
                "-01",
                "1.",
                ".5",
                "1.e1",
                "1e",
                "1e+",
                "0x1",
                "NaN",
                "Infinity",
                "tru",
                "True",
                "nul",
                "nullx",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[",
                "]",
                "[}",
                "{]",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "{1:1}",
                "\"",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u12",
                "\"\t\"",
                "\"\n\"",
                "\"\u0000\"",
                "1 2",
                "{}{}",
                "{},",
                "[1]]",
                "\ufeff{}",
                "/**/{}",
                "[1]//",
                "\u00a0[]",
                "\f[]",
                "{\"a\":1 \"b\":2}",
                "[\"a\"\"b\"]",
                "[1true]",
                "[truefalse]",
                "--1",
                "1-",
                "{\"a\":1,,\"b\":2}",
                "\"a\"b"
            })
    void refuses_what_only_looks_like_json(String json) {
        assertThat(accepts(utf8(json))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "c0 80, overlong NUL",
        "c1 bf, overlong",
        "e0 9f bf, overlong",
        "f0 8f bf bf, overlong",
        "ed a0 80, half of a surrogate pair",
        "ed bf bf, half of a surrogate pair",
        "f4 90 80 80, above the last code point",
        "f5 80 80 80, no lead byte",
        "ff, no lead byte",
        "80, continuation alone",
        "c3 22, cut",
        "e2 82 22, cut",
        "f0 9f 98 22, cut",
        "c3 28, no continuation"
    })
    void refuses_bytes_that_are_no_utf8(String hex, String why) {
        byte[] bytes = bytes("22 " + hex + " 22");

        assertThat(accepts(bytes)).as(why).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"c2 80", "df bf", "e0 a0 80", "ed 9f bf", "ee 80 80", "ef bf bf", "f0 90 80 80", "f4 8f bf bf"})
    void accepts_the_ends_of_every_range_of_utf8(String hex) {
        assertThat(accepts(bytes("22 " + hex + " 22"))).isTrue();
    }

    @Test
    void nests_as_deep_as_promised_and_no_deeper() {
        assertThat(accepts(utf8("[".repeat(512) + "]".repeat(512)))).isTrue();
        assertThat(accepts(utf8("{\"a\":".repeat(512) + "1" + "}".repeat(512)))).isTrue();

        var scanner = new JsonScanner(NOTHING, new JsonSink() {}, 16);
        byte[] deep = utf8("[".repeat(10_000));

        assertThat(scanner.feed(deep, 0, deep.length)).isFalse();
        assertThat(scanner.fault()).isEqualTo(JsonFault.TOO_DEEP);
        assertThat(scanner.faultAt()).isEqualTo(512);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1 \"b\":2}|COMMA_OR_BRACE_EXPECTED|7",
                "[1 2]|COMMA_OR_BRACKET_EXPECTED|3",
                "{\"a\" 1}|COLON_EXPECTED|5",
                "{x|NAME_OR_END_EXPECTED|1",
                "{\"a\":1,}|NAME_EXPECTED|7",
                "[1,]|VALUE_EXPECTED|3",
                "{\"a\":tru}|BAD_LITERAL|8",
                "{\"a\":-}|BAD_NUMBER|6",
                "{\"a\":\"\\q\"}|BAD_ESCAPE|7",
                "{} x|TRAILING_BYTES|3",
                "{\"a\":|CUT_SHORT|5"
            })
    void says_what_is_wrong_and_where(String json, JsonFault fault, long at) {
        var scanner = new JsonScanner(NOTHING, new JsonSink() {}, 16);
        byte[] bytes = utf8("##" + json);

        assertThat(scanner.feed(bytes, 2, bytes.length - 2) && scanner.end()).isFalse();
        assertThat(scanner.fault()).isEqualTo(fault);
        assertThat(scanner.faultAt()).isEqualTo(at);
    }

    @Property(tries = 1_000)
    void reads_text_as_another_parser_does(@ForAll long seed) {
        byte[] json = utf8(RandomJson.string(new Random(seed)));
        var expected = StrictJackson.read(json).orElseThrow().textValue();
        boolean paired = expected.equals(new String(utf8(expected), StandardCharsets.UTF_8));
        var texts = new ArrayList<String>();
        var exact = new ArrayList<Boolean>();
        var scanner = new JsonScanner(
                new JsonShape.Builder().capture(JsonShape.ROOT).build(),
                new JsonSink() {
                    @Override
                    public void string(int node, JsonScanner at) {
                        texts.add(at.text());
                        exact.add(at.textExact());
                    }
                },
                1024);
        scanner.feed(json, 0, json.length);

        assertThat(exact).containsExactly(paired);
        if (paired) {
            assertThat(texts).containsExactly(expected);
        }
    }

    @Test
    void reports_named_places_however_deep_they_are_and_no_others() {
        var recording = new Recording();
        byte[] json = utf8("[{\"a\":[[{\"b\":[7]}]]}]");
        recording.read(json, json.length);
        assertThat(recording.log).contains("number 14-15 7");

        var numbers = new ArrayList<Long>();
        var scanner = new JsonScanner(
                new JsonShape.Builder()
                        .field(JsonShape.ROOT, "a", 2)
                        .field(2, "b", 3)
                        .ignore(2, "c")
                        .otherFields(2, 4)
                        .elements(4, 5)
                        .build(),
                new JsonSink() {
                    @Override
                    public void number(int node, long value, JsonScanner at) {
                        numbers.add(100L * node + value);
                    }
                },
                16);
        byte[] places = utf8("{\"b\":1,\"a\":{\"b\":2,\"c\":3,\"d\":4,\"e\":[5,[6],{\"b\":7}],\"\\u0062\":8},\"d\":9}");
        scanner.feed(places, 0, places.length);

        assertThat(numbers).containsExactly(302L, 404L, 505L, 308L);
    }

    @Test
    void a_scanner_is_ready_again_after_a_broken_document() {
        var scanner = new JsonScanner(NOTHING, new JsonSink() {}, 16);
        byte[] broken = utf8("{\"a\":[\"\\u00");
        byte[] good = utf8("{\"b\":[1,true,\"x\"]}");
        scanner.feed(broken, 0, broken.length);

        scanner.reset();

        assertThat(scanner.feed(good, 0, good.length)).isTrue();
        assertThat(scanner.end()).isTrue();
    }

    static boolean accepts(byte[] bytes) {
        var scanner = new JsonScanner(NOTHING, new JsonSink() {}, 16);
        return scanner.feed(bytes, 0, bytes.length) && scanner.end();
    }

    private static byte[] bytes(String hex) {
        String[] parts = hex.split(" ");
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return bytes;
    }

    /** Writes down all that a scanner says about a document whose every place is of interest. */
    static final class Recording implements JsonSink {
        private static final JsonShape ALL = new JsonShape.Builder()
                .elements(JsonShape.ROOT, JsonShape.ROOT)
                .otherFields(JsonShape.ROOT, JsonShape.ROOT)
                .capture(JsonShape.ROOT)
                .build();

        final List<String> log = new ArrayList<>();
        private final JsonScanner scanner = new JsonScanner(ALL, this, 12);

        void read(byte[] bytes, int piece) {
            for (int from = 0; from < bytes.length; from += piece) {
                scanner.feed(bytes, from, Math.min(piece, bytes.length - from));
            }
            log.add(scanner.end() + " " + scanner.fault() + " " + scanner.faultAt());
        }

        @Override
        public void field(int node, JsonScanner at) {
            log.add("field " + at.tokenStart() + "-" + at.tokenEnd());
        }

        @Override
        public void string(int node, JsonScanner at) {
            log.add("string " + at.tokenStart() + "-" + at.tokenEnd() + " " + at.textExact() + " " + at.text());
        }

        @Override
        public void number(int node, long value, JsonScanner at) {
            log.add("number " + at.tokenStart() + "-" + at.tokenEnd() + " " + value);
        }

        @Override
        public void bool(int node, boolean value, JsonScanner at) {
            log.add("bool " + at.tokenStart() + "-" + at.tokenEnd() + " " + value);
        }

        @Override
        public void nil(int node, JsonScanner at) {
            log.add("null " + at.tokenStart() + "-" + at.tokenEnd());
        }

        @Override
        public void open(int node, boolean object, JsonScanner at) {
            log.add("open " + at.tokenStart() + " " + object);
        }

        @Override
        public void close(int node, boolean empty, JsonScanner at) {
            log.add("close " + at.tokenEnd() + " " + empty);
        }
    }
}
