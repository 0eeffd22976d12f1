package dev.fairlead.operator.simulate.openai;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes strings into JSON that is built as text. */
final class JsonText {

    private JsonText() {}

    static StringBuilder quoted(StringBuilder json, CharSequence value) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, json);
        return json.append('"');
    }
}
