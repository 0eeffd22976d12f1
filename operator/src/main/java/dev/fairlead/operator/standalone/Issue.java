package dev.fairlead.operator.standalone;

import dev.fairlead.operator.manifest.Finding;
import dev.fairlead.operator.manifest.Source;
import dev.fairlead.operator.world.Diagnostic;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something to say about the manifests of a folder, wherever it was found.
 *
 * @param source where it was written
 * @param object which object, as messages say it; empty when it is about a file
 * @param path which value of the object; empty for the whole
 */
public record Issue(Severity severity, Source source, String object, String path, String message)
        implements Comparable<Issue> {

    private static final Comparator<Issue> ORDER = Comparator.comparing(
                    (Issue issue) -> issue.source().file())
            .thenComparing(issue -> issue.source().line())
            .thenComparing(Issue::object)
            .thenComparing(Issue::path)
            .thenComparing(Issue::message);

    /** Everything that reading and compiling had to say, in the order of files and lines. */
    public static List<Issue> of(List<Finding> findings, List<Diagnostic> diagnostics, Admitted admitted) {
        return Stream.concat(
                        findings.stream().map(Issue::of),
                        diagnostics.stream().map(diagnostic -> of(diagnostic, admitted)))
                .sorted()
                .toList();
    }

    private static Issue of(Finding finding) {
        return new Issue(
                finding.severity(),
                finding.source(),
                finding.object().map(ObjectRef::toString).orElse(""),
                finding.path(),
                finding.message());
    }

    private static Issue of(Diagnostic diagnostic, Admitted admitted) {
        var object = diagnostic.object();
        var source = admitted.source(object, diagnostic.path())
                .orElseThrow(() -> new IllegalStateException("No manifest holds " + object));
        return new Issue(diagnostic.severity(), source, object.toString(), diagnostic.path(), diagnostic.message());
    }

    @Override
    public int compareTo(Issue other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line kind ns/name path: message}, and before the message what is no error. */
    @Override
    public String toString() {
        var text = new StringBuilder(source.toString());
        if (!object.isEmpty()) {
            text.append(' ').append(object);
        }
        if (!path.isEmpty()) {
            text.append(' ').append(path);
        }
        text.append(": ");
        switch (severity) {
            case WARNING -> text.append("warning: ");
            case INFO -> text.append("note: ");
            case ERROR -> {}
        }
        return text.append(message).toString();
    }
}
