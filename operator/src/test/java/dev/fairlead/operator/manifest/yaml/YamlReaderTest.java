package dev.fairlead.operator.manifest.yaml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class YamlReaderTest {
    private final YamlReader reader = new YamlReader();

    @Test
    void keepsLineAndColumnOfEveryValue() {
        var document = only("# a pool\nspec:\n  keys:\n  - name: a\n    weight: 2\n  - {name: b,\n     weight: 3}\n");

        assertThat(at(document, FieldPath.of("spec"))).isEqualTo(new Position(2, 1));
        assertThat(at(document, FieldPath.of("spec", "keys").index(0))).isEqualTo(new Position(4, 5));
        assertThat(at(document, FieldPath.of("spec", "keys").index(0).field("weight")))
                .isEqualTo(new Position(5, 5));
        assertThat(at(document, FieldPath.of("spec", "keys").index(1).field("weight")))
                .isEqualTo(new Position(7, 6));
    }

    @Test
    void leadsToTheNearestValueThatWasWritten() {
        var document = only("spec:\n  keys:\n  - name: a\n");

        assertThat(at(
                        document,
                        FieldPath.of("spec", "keys").index(0).field("secretRef").field("key")))
                .isEqualTo(new Position(3, 5));
        assertThat(at(document, FieldPath.of("spec", "keys").index(7))).isEqualTo(new Position(2, 3));
        assertThat(document.place().exact(FieldPath.of("spec", "models"))).isEmpty();
    }

    @Test
    void readsEveryDocumentAndCountsLinesThrough() {
        var content = reader.read("---\na: 1\n--- # next\n\nb: 2\n---\n# nothing\n---\n---\nc: 3\n");

        assertThat(content.problems()).isEmpty();
        assertThat(content.documents())
                .extracting(document -> document.value().toString())
                .containsExactly("{\"a\":1}", "{\"b\":2}", "{\"c\":3}");
        assertThat(content.documents())
                .extracting(document -> document.place().position().line())
                .containsExactly(2, 5, 10);
    }

    @Test
    void aFaultInOneDocumentLeavesTheOthers() {
        var content = reader.read("a: 1\n---\nb: [1, 2\n---\nc: 3\n");

        assertThat(content.documents()).hasSize(2);
        assertThat(content.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.position().line()).isEqualTo(4);
            assertThat(problem.message())
                    .isEqualTo("not valid YAML: the list that begins with '[' on line 3 lacks a ',' or its ']'");
        });
    }

    @Test
    void readsJsonWithTabsAndEscapes() {
        var document = only("\n{\n\t\"a\": \"x\\u00e9\\/\\n\\ud83d\\ude00\",\n\t\"b\":\t[1, 2.5, true, null, {}]\n}\n");

        assertThat(document.value().toString()).isEqualTo("{\"a\":\"xé/\\n😀\",\"b\":[1,2.5,true,null,{}]}");
        assertThat(at(document, FieldPath.of("b"))).isEqualTo(new Position(4, 2));
    }

    @Test
    void takesAByteOrderMarkAndWindowsLineEnds() {
        var content = reader.read("\uFEFFa: 1\r\n---\r\nb: 2\r\n".getBytes(UTF_8));

        assertThat(content.documents())
                .extracting(document -> document.value().toString())
                .containsExactly("{\"a\":1}", "{\"b\":2}");
    }

    @Test
    void keysBecomeTexts() {
        assertThat(only("on: a\n1: b\n1.5: c\n0x10: d\nplain: e\n").value().toString())
                .isEqualTo("{\"true\":\"a\",\"1\":\"b\",\"1.5\":\"c\",\"16\":\"d\",\"plain\":\"e\"}");
    }

    @Test
    void remembersTheWordThatIsNoText() {
        var place = only("a: on\nb: 0x1F\nc: \"on\"\nd:\n").place();

        assertThat(place.nearest(FieldPath.of("a")).word()).contains("on");
        assertThat(place.nearest(FieldPath.of("b")).word()).contains("0x1F");
        assertThat(place.nearest(FieldPath.of("c")).word()).isEmpty();
        assertThat(place.nearest(FieldPath.of("d")).word()).contains("");
    }

    @Test
    void aliasesAndMergesMeanWhatTheyReferTo() {
        var document = only("""
                base: &base {a: 1, b: 2}
                more: &more {b: 7, c: 3}
                one: {<<: *base, b: 9}
                two:
                  <<: [*base, *more]
                  d: *base
                """);

        assertThat(document.value().get("one").toString()).isEqualTo("{\"b\":9,\"a\":1}");
        assertThat(document.value().get("two").toString())
                .isEqualTo("{\"d\":{\"a\":1,\"b\":2},\"a\":1,\"b\":2,\"c\":3}");
        assertThat(at(document, FieldPath.of("one", "a")).line()).isEqualTo(1);
        assertThat(at(document, FieldPath.of("two", "d")).line()).isEqualTo(6);
        assertThat(at(document, FieldPath.of("two", "d", "b")).line()).isEqualTo(1);
    }

    @Test
    void aKeyTwiceIsAProblemOfItsDocument() {
        var document = only("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 2\n");

        assertThat(document.problems())
                .containsExactly(
                        new YamlProblem(new Position(5, 3), "duplicate key \"c\": it is given on line 3 already"),
                        new YamlProblem(new Position(6, 1), "duplicate key \"a\": it is given on line 1 already"));
    }

    @Test
    void refusesWhatIsTooMuch() {
        assertThat(problem("[".repeat(200) + "]".repeat(200))).isEqualTo("nested more than 100 levels deep");
        assertThat(problem("a: " + "[".repeat(1_000_000))).isEqualTo("nested more than 100 levels deep");
        assertThat(problem("{\"a\":".repeat(10_000))).isEqualTo("nested more than 100 levels deep");
        assertThat(reader.read(new byte[YamlReader.MAX_BYTES + 1]).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("larger than 3145728 bytes"));
    }

    @Test
    void depthCountsThroughAliases() {
        String text =
                "a: &a " + "[".repeat(60) + "]".repeat(60) + "\nb: " + "[".repeat(60) + "*a" + "]".repeat(60) + "\n";

        assertThat(problem(text)).isEqualTo("nested more than 100 levels deep");
    }

    @Test
    void refusesAliasBombsBeforeTheyGoOff() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [*p, *p, *p, *p, *p, *p, *p, *p, *p, *p]\n"
                    .formatted(i, i)
                    .replace("*p", "*a" + (i - 1)));
        }
        var merges = new StringBuilder("a0: &a0 {k: " + "x".repeat(100_000) + "}\n");
        for (int i = 1; i < 12; i++) {
            merges.append(
                    "a%d: &a%d {p: *p, q: *p, r: *p, s: *p}\n".formatted(i, i).replace("*p", "*a" + (i - 1)));
        }

        assertThat(problem(bomb.toString())).startsWith("aliases ('*') make this document too large");
        assertThat(problem(merges.toString())).startsWith("aliases ('*') make this document too large");
    }

    @Test
    void aLargeFileWithoutAliasesIsFine() {
        assertThat(reader.read("- 1\n".repeat(700_000)).problems()).isEmpty();
    }

    @Test
    void aliasesNeverGoInCircles() {
        assertThat(problem("a: &a [*a]")).contains("is not defined above, or contains itself");
        assertThat(problem("a: &a {b: *a}")).contains("is not defined above, or contains itself");
        assertThat(problem("a: &a {<<: *a}")).contains("is not defined above, or contains itself");
    }

    @Test
    void saysWhereUtf8Ends() {
        var content = reader.read("a: 1\nb: caf\u00e9\n".getBytes(ISO_8859_1));

        assertThat(content.documents()).isEmpty();
        assertThat(content.problems())
                .containsExactly(
                        new YamlProblem(new Position(2, 7), "not valid UTF-8 at byte 11: save the file as UTF-8"));
        assertThat(reader.read("\uFEFFa: 1".getBytes(UTF_16LE)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("it looks like UTF-16"));
        assertThat(reader.read(new byte[] {'a', ':', ' ', (byte) 0xC3}).problems())
                .hasSize(1);
    }

    @Test
    void saysWhichCharacterMayNotStand() {
        assertThat(reader.read("x: 1\n---\na: b\nc: d\u0007e\n").problems())
                .containsExactly(new YamlProblem(
                        new Position(4, 5),
                        "the character U+0007 must not stand in YAML: write it as an escape in double quotes"));
    }

    @Test
    void wordsFaultsForPeople() {
        assertThat(problem("a: b: c")).startsWith("not valid YAML: a ':' where no key can stand");
        assertThat(problem("a:\n\t- b")).startsWith("not valid YAML: a tab");
        assertThat(problem("a: @b")).startsWith("not valid YAML: a text cannot begin with this character");
        assertThat(problem("\na: 'b\n")).isEqualTo("not valid YAML: the quoted text that begins on line 2 never ends");
        assertThat(problem("a: 1\n  b: 2")).startsWith("not valid YAML: a ':' where no key can stand");
        assertThat(problem("- a\nb: c")).startsWith("not valid YAML: this does not belong to the list or mapping");
        assertThat(problem("a: 1\nb\nc: 2")).startsWith("not valid YAML: a key without ':' after it");
        assertThat(problem("a: \"\\u")).isEqualTo("not valid YAML: the text after this cannot be understood");
        assertThat(problem("a: \"\\q\"")).startsWith("not valid YAML: an unknown escape");
        assertThat(problem("a: {b: 1")).contains("the mapping that begins with '{' on line 1 lacks");
        assertThat(problem("a: *")).startsWith("not valid YAML: a text that begins with '*' or '&'");
        assertThat(problem("a: *nowhere")).startsWith("a text beginning with '*' refers to an anchor");
        assertThat(problem("a: !x!y z")).startsWith("not valid YAML: a tag ('!') with a handle");
        assertThat(problem("%YAML 1.1\n")).startsWith("not valid YAML: kubectl takes nothing after");
        assertThat(problem("? [a]\n: b")).isEqualTo("a key must be a text, not a list or a mapping");
        assertThat(problem("? {a: b}\n: b")).isEqualTo("a key must be a text, not a list or a mapping");
        assertThat(problem("~: b")).isEqualTo("a key must be a text, not null");
        assertThat(problem("a: {<<: 1}")).startsWith("'<<' takes a mapping");
    }

    @Test
    void tellsWhatKubectlWouldDrop() {
        assertThat(problem("a: 1\n...\nb: 2\n"))
                .startsWith("not valid YAML: kubectl takes nothing after the end of a document");
        assertThat(problem("--- a: 1\n")).startsWith("invalid document separator");
        assertThat(reader.read("a: 1\n----\nb: 2\n").problems()).hasSize(1);
        assertThat(reader.read("a: 1\n...\n").problems()).isEmpty();
    }

    @Test
    void neverRepeatsTheTextAroundAFault() {
        for (var text : new String[] {
            "a: *sk-secret",
            "a: \"\\xsk-secret\"",
            "a: \"\\usk-secret\"",
            "a: 'sk-secret",
            "a: &sk-secret *sk-secret",
            "a: %sk-secret",
            "sk-secret\na: b",
            "a: [sk-secret",
            "a: !sk-secret!x y",
            "a: |sk-secret\n b",
            "%sk-secret x\n",
            "a: !<sk-secret y",
            "a: \"sk-secret\\q\"",
            "a: !!int sk-secret",
            "a: b: sk-secret"
        }) {
            assertThat(reader.read(text).problems())
                    .as(text)
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.message())
                            .doesNotContain("secret")
                            .doesNotContain("sk-"));
        }
    }

    private YamlDocument only(String text) {
        var content = reader.read(text);
        assertThat(content.problems()).isEmpty();
        return content.documents().get(0);
    }

    private String problem(String text) {
        var problems = reader.read(text).problems();
        assertThat(problems).hasSize(1);
        return problems.get(0).message();
    }

    private static Position at(YamlDocument document, FieldPath path) {
        return document.place().nearest(path).position();
    }
}
