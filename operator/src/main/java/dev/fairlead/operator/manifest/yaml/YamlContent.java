package dev.fairlead.operator.manifest.yaml;

import java.util.List;

/**
 * What a text holds.
 *
 * @param documents those that could be read, in order; empty ones are left out
 * @param problems one for each that could not
 */
public record YamlContent(List<YamlDocument> documents, List<YamlProblem> problems) {
    public YamlContent {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
    }
}
