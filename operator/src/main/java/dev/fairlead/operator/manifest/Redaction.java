package dev.fairlead.operator.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.schema.Spelling;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The last line before a finding leaves: takes out every secret that stood in a Secret, wherever else somebody pasted it. A
 * value shorter than a key could be is left alone, or ordinary words would vanish.
 */
final class Redaction {
    private static final int SHORTEST = 8;

    /** A user and a password in an address. */
    private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s'\"]+@");

    private static final Set<String> FIELDS =
            Set.of("apiVersion", "kind", "metadata", "data", "stringData", "type", "immutable");

    private final Set<String> secrets = new HashSet<>();
    private final Blanks blanks = new Blanks();

    void hide(RawObject object) {
        if (object.text("kind").equals("Secret")) {
            for (var field : object.value().properties()) {
                if (field.getKey().equals("data") || field.getKey().equals("stringData")) {
                    hideTexts(field.getValue());
                } else if (!FIELDS.contains(field.getKey())) {
                    hideStray(field.getKey(), field.getValue());
                }
            }
        }
    }

    /** With a slip of indentation a key's value stands where a field is expected; a misspelt field is no secret. */
    private void hideStray(String field, JsonNode value) {
        if (new Spelling(FIELDS).hint(field).isEmpty()) {
            hide(field);
        }
        hideTexts(value);
    }

    void hide(DataObject object) {
        if (object.ref().kind().equals("Secret")) {
            for (var value : object.values().values()) {
                if (value instanceof DataValue.Text text) {
                    hide(text.text());
                }
            }
        }
    }

    private void hideTexts(JsonNode node) {
        if (node.isValueNode()) {
            hide(node.asText());
        }
        node.forEach(this::hideTexts);
    }

    private void hide(String text) {
        String trimmed = blanks.trimmed(text);
        if (trimmed.length() >= SHORTEST) {
            secrets.add(trimmed);
        }
    }

    Finding redacted(Finding finding) {
        return new Finding(
                finding.severity(),
                finding.source(),
                finding.object(),
                redacted(finding.path()),
                redacted(finding.message()));
    }

    private String redacted(String text) {
        String anonymous = USER_INFO.matcher(text).replaceAll("://[redacted]@");
        String result = anonymous;
        // The longest first: one secret may be part of another.
        for (var secret : secrets.stream()
                .filter(anonymous::contains)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            result = result.replace(secret, "[redacted]");
        }
        return result;
    }

    @Override
    public String toString() {
        return "Redaction[" + secrets.size() + "]";
    }
}
