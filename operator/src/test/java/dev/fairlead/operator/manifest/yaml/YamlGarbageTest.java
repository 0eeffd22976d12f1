package dev.fairlead.operator.manifest.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class YamlGarbageTest {
    private static final List<String> PIECES = List.of(
            "a",
            ":",
            " ",
            "\n",
            "  ",
            "- ",
            "'",
            "\"",
            "[",
            "]",
            "{",
            "}",
            ",",
            "&x ",
            "*x",
            "<<: ",
            "|",
            ">",
            "|2-\n",
            "%",
            "@",
            "`",
            "!!int ",
            "!t ",
            "!<",
            "---",
            "...",
            "#",
            "? ",
            "\t",
            "\r",
            "\\",
            "\u00e9",
            "\ud83d\ude00",
            "\u0000",
            "\u0085",
            "\u2028",
            "~",
            "0x",
            "1e9",
            ".inf",
            "key: value\n",
            "- item\n",
            "\"\\u",
            "%YAML 1.2\n---\n",
            "\uFEFF");

    private final YamlReader reader = new YamlReader();

    @Property(tries = 1000)
    void anyBytesAreDocumentsOrProblems(@ForAll @Size(max = 200) byte[] bytes) {
        check(reader.read(bytes));
    }

    @Property(tries = 2000)
    void anyPiecesOfYamlAreDocumentsOrProblems(@ForAll("pieces") String text) {
        check(reader.read(text.getBytes(UTF_8)));
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
    }

    private static void check(YamlContent content) {
        assertThat(content.documents()).allSatisfy(document -> {
            assertThat(document.value().isNull()).isFalse();
            assertThat(document.place().position().line()).isPositive();
        });
        assertThat(content.problems()).allSatisfy(problem -> {
            assertThat(problem.message()).isNotBlank();
            assertThat(problem.position().line()).isPositive();
            assertThat(problem.position().column()).isPositive();
        });
    }
}
