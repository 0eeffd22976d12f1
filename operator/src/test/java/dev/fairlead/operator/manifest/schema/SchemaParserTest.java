package dev.fairlead.operator.manifest.schema;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.fairlead.operator.manifest.yaml.YamlReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: object, oneOf: [{required: [a]}]} | schema of '': keyword 'oneOf' is not applied here",
                "{type: object, properties: {a: {type: text}}} | schema of 'a': unknown type 'text'",
                "{type: array, items: {type: string, format: email}} | schema of '[*]': unknown format 'email'",
                "{type: string, pattern: '['} | schema of '': ",
                "{type: string, anyOf: []} | schema of '': keyword 'anyOf' is not applied here",
                "{type: object, additionalProperties: {x-kubernetes-embedded-resource: true}} | schema of '[*]': keyword"
            })
    void refusesWhatItWouldNotApply(String schema, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(schema)).withMessageStartingWith(message.strip());
    }

    @Test
    void takesWordsForPeople() {
        assertThatNoException()
                .isThrownBy(() ->
                        parse("{type: object, description: d, title: t, example: 1, x-kubernetes-map-type: atomic}"));
    }

    private static void parse(String schema) {
        new SchemaParser()
                .parse(new YamlReader().read(schema).documents().get(0).value());
    }
}
