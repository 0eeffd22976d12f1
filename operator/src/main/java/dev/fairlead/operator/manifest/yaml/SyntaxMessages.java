package dev.fairlead.operator.manifest.yaml;

import java.util.List;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Says in our own words what the parser found. A closed set of sentences: the parser's own messages quote the text around the
 * fault, and that may be a key.
 */
final class SyntaxMessages {
    private static final List<Sentence> SENTENCES = List.of(
            new Sentence("could not find expected ':'", "a key without ':' after it, or a text that needs quotes"),
            new Sentence(
                    "mapping values are not allowed here",
                    "a ':' where no key can stand: check the indentation, and put a text that contains ': ' in quotes"),
            new Sentence(
                    "mapping keys are not allowed here", "a key where none can stand: check the indentation above"),
            new Sentence(
                    "sequence entries are not allowed here",
                    "a list item where none can stand: check the indentation above"),
            new Sentence("found character '\\t(TAB)'", "a tab: YAML is indented with spaces"),
            new Sentence(
                    "that cannot start any token",
                    "a text cannot begin with this character (@ ` %): put the text in quotes"),
            new Sentence("found unexpected end of stream", "the quoted text that begins on line %d never ends"),
            new Sentence("found unexpected document separator", "the quoted text that begins on line %d never ends"),
            new Sentence(
                    "expected <block end>",
                    "this does not belong to the list or mapping that begins on line %d: check the indentation"),
            new Sentence("expected ',' or ']'", "the list that begins with '[' on line %d lacks a ',' or its ']'"),
            new Sentence("expected ',' or '}'", "the mapping that begins with '{' on line %d lacks a ',' or its '}'"),
            new Sentence("found unknown escape character", "an unknown escape after '\\' in double quotes"),
            new Sentence("expected escape sequence", "an escape in double quotes lacks hexadecimal digits"),
            new Sentence(
                    "unexpected character found",
                    "a text that begins with '*' or '&' is an alias or an anchor: put it in quotes"),
            new Sentence("undefined tag handle", "a tag ('!') with a handle that is not defined"),
            new Sentence(
                    "expected '<document start>'",
                    "kubectl takes nothing after the end of a document ('...') and no directive ('%'): begin a new"
                            + " document with a line '---'"),
            new Sentence(
                    "leading empty lines contain more spaces",
                    "the empty lines before this text are indented more than the text"),
            new Sentence("found '<stream end>'", "the text ends where a value or a closing bracket is expected"),
            new Sentence("expected the node content", "a value is missing here"));

    YamlProblem problem(YamlEngineException fault, DocumentSplitter.Part part) {
        if (fault instanceof ReaderException unprintable) {
            return unprintable(unprintable, part);
        }
        if (fault instanceof MarkedYamlEngineException marked) {
            var at = marked.getProblemMark().or(marked::getContextMark);
            var position = at.map(mark -> new Position(part.firstLine() + mark.getLine(), mark.getColumn() + 1));
            int begins = part.firstLine()
                    + marked.getContextMark()
                            .or(() -> at)
                            .map(mark -> mark.getLine())
                            .orElse(0);
            String found = marked.getProblem() == null ? "" : marked.getProblem();
            return new YamlProblem(
                    position.orElse(new Position(part.firstLine(), 1)), "not valid YAML: " + sentence(found, begins));
        }
        return new YamlProblem(new Position(part.firstLine(), 1), "not valid YAML");
    }

    private static String sentence(String problem, int begins) {
        for (var sentence : SENTENCES) {
            if (problem.contains(sentence.found())) {
                return sentence.words().replace("%d", Integer.toString(begins));
            }
        }
        return "the text cannot be understood here";
    }

    private static YamlProblem unprintable(ReaderException fault, DocumentSplitter.Part part) {
        String text = part.text();
        int codePoints = Math.min(fault.getPosition(), text.codePointCount(0, text.length()));
        var within = YamlReader.positionAt(text, text.offsetByCodePoints(0, codePoints));
        return new YamlProblem(
                new Position(part.firstLine() + within.line() - 1, within.column()),
                String.format(
                        "the character U+%04X must not stand in YAML: write it as an escape in double quotes",
                        fault.getCodePoint()));
    }

    /** @param words what we say for it; {@code %d} is the line on which the enclosing text began */
    private record Sentence(String found, String words) {}
}
