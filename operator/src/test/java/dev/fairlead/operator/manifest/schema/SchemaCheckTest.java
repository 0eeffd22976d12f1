package dev.fairlead.operator.manifest.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.operator.manifest.yaml.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The words are the API server's: what it says to the same object, without the path in front. */
class SchemaCheckTest {
    private static final YamlReader YAML = new YamlReader();

    @Nested
    class Types {
        @Test
        void sayWhatWasExpectedAndWhatWasGot() {
            assertThat(in("{type: integer}", "seven"))
                    .containsExactly("a: Invalid value: \"string\": a in body must be of type integer: \"string\"");
            assertThat(in("{type: integer}", "1.5"))
                    .containsExactly("a: Invalid value: \"number\": a in body must be of type integer: \"number\"");
            assertThat(in("{type: string}", "7"))
                    .containsExactly("a: Invalid value: \"integer\": a in body must be of type string: \"integer\"");
            assertThat(in("{type: string}", "yes"))
                    .containsExactly("a: Invalid value: \"boolean\": a in body must be of type string: \"boolean\"");
            assertThat(in("{type: boolean}", "'yes'"))
                    .containsExactly("a: Invalid value: \"string\": a in body must be of type boolean: \"string\"");
            assertThat(in("{type: array, items: {type: string}}", "{b: c}"))
                    .containsExactly("a: Invalid value: \"object\": a in body must be of type array: \"object\"");
            assertThat(in("{type: object}", "[b]"))
                    .containsExactly("a: Invalid value: \"array\": a in body must be of type object: \"array\"");
            assertThat(in("{type: array, items: {type: string}}", "[b, null]"))
                    .containsExactly("a[1]: Invalid value: \"null\": a[1] in body must be of type string: \"null\"");
        }

        @Test
        void aWholeNumberIsANumberAndANumberWrittenWithAPointMayBeWhole() {
            assertThat(in("{type: number}", "7")).isEmpty();
            assertThat(in("{type: number}", "7.5")).isEmpty();
            assertThat(in("{type: integer}", "7.0")).isEmpty();
        }

        @Test
        void intOrStringIsBoth() {
            String schema = "{x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}";

            assertThat(in(schema, "7")).isEmpty();
            assertThat(in(schema, "7Mi")).isEmpty();
            assertThat(in(schema, "[7]"))
                    .containsExactly(
                            "a: Invalid value: \"array\": a in body must be of type integer or string: \"array\"");
        }

        @Test
        void nullIsAbsenceUnlessItIsAllowed() {
            assertThat(in("{type: string}", "null")).isEmpty();
            assertThat(violations("{type: object, required: [a], properties: {a: {type: string}}}", "{a: null}"))
                    .containsExactly("a: Required value");
            assertThat(violations(
                            "{type: object, required: [a], properties: {a: {type: string, nullable: true}}}",
                            "{a: null}"))
                    .isEmpty();
        }

        @Test
        void anUntypedValueMayBeAnything() {
            assertThat(in("{x-kubernetes-preserve-unknown-fields: true}", "[1, {b: c}]"))
                    .isEmpty();
        }
    }

    @Nested
    class Keywords {
        @Test
        void required() {
            assertThat(violations(
                            "{type: object, required: [a, b], properties: {a: {type: string}, b: {type: string}}}",
                            "{b: x}"))
                    .containsExactly("a: Required value");
        }

        @Test
        void enumeration() {
            assertThat(in("{type: string, enum: [Open, Namespace]}", "Open")).isEmpty();
            assertThat(in("{type: string, enum: [Open, Namespace]}", "open"))
                    .containsExactly("a: Unsupported value: \"open\": supported values: \"Open\", \"Namespace\"");
            assertThat(in("{type: integer, enum: [1, 2]}", "2")).isEmpty();
        }

        @Test
        void patternIsFoundAnywhere() {
            assertThat(in("{type: string, pattern: 'b+'}", "abc")).isEmpty();
            assertThat(in("{type: string, pattern: '^[a-z]+$'}", "Abc"))
                    .containsExactly("a: Invalid value: \"Abc\": a in body should match '^[a-z]+$'");
        }

        @Test
        void bounds() {
            assertThat(in("{type: integer, minimum: 1}", "0"))
                    .containsExactly("a: Invalid value: 0: a in body should be greater than or equal to 1");
            assertThat(in("{type: integer, maximum: 5}", "6"))
                    .containsExactly("a: Invalid value: 6: a in body should be less than or equal to 5");
            assertThat(in("{type: integer, minimum: 1, maximum: 5}", "1")).isEmpty();
            assertThat(in("{type: integer, minimum: 1, maximum: 5}", "5")).isEmpty();
            assertThat(in("{type: number, minimum: 0, exclusiveMinimum: true}", "0"))
                    .containsExactly("a: Invalid value: 0: a in body should be greater than 0");
            assertThat(in("{type: number, maximum: 1, exclusiveMaximum: true}", "1"))
                    .containsExactly("a: Invalid value: 1: a in body should be less than 1");
            assertThat(in("{type: number, multipleOf: 0.5}", "1.5")).isEmpty();
            assertThat(in("{type: number, multipleOf: 0.5}", "1.2"))
                    .containsExactly("a: Invalid value: 1.2: a in body should be a multiple of 0.5");
        }

        @Test
        void lengthCountsCodePoints() {
            assertThat(in("{type: string, maxLength: 3}", "\ud83d\ude00\ud83d\ude00\ud83d\ude00"))
                    .isEmpty();
            assertThat(in("{type: string, maxLength: 3}", "abcd"))
                    .containsExactly("a: Too long: may not be more than 3 bytes");
            assertThat(in("{type: string, minLength: 1}", "''"))
                    .containsExactly("a: Invalid value: \"\": a in body should be at least 1 chars long");
        }

        @Test
        void counts() {
            assertThat(in("{type: array, maxItems: 2, items: {type: integer}}", "[1, 2, 3]"))
                    .containsExactly("a: Too many: 3: must have at most 2 items");
            assertThat(in("{type: array, minItems: 1, items: {type: integer}}", "[]"))
                    .containsExactly("a: Invalid value: 0: a in body should have at least 1 items");
            assertThat(in("{type: object, maxProperties: 1, additionalProperties: {type: string}}", "{b: c, d: e}"))
                    .containsExactly("a: Too many: 2: must have at most 1 item");
            assertThat(in("{type: object, minProperties: 1, additionalProperties: {type: string}}", "{}"))
                    .containsExactly("a: Invalid value: 0: a in body should have at least 1 properties");
        }

        @Test
        void formats() {
            assertThat(in("{type: string, format: date-time}", "2027-01-31T00:00:00Z"))
                    .isEmpty();
            assertThat(in("{type: string, format: date-time}", "2027-01-31t00:00:00.5+01:00"))
                    .isEmpty();
            assertThat(in("{type: string, format: date-time}", "2027-01-31"))
                    .containsExactly(
                            "a: Invalid value: \"2027-01-31\": a in body must be of type date-time: \"2027-01-31\"");
            assertThat(in("{type: string, format: date}", "2027-02-30")).hasSize(1);
            assertThat(in("{type: string, format: duration}", "1h30m")).isEmpty();
            assertThat(in("{type: string, format: duration}", "soon")).hasSize(1);
            assertThat(in("{type: string, format: byte}", "YWJj")).isEmpty();
            assertThat(in("{type: string, format: byte}", "'%%%'")).hasSize(1);
            assertThat(in("{type: integer, format: int32}", "2147483648"))
                    .containsExactly("a: Invalid value: 2147483648: Checked value must be of type integer with format"
                            + " int32 in a");
            assertThat(in("{type: integer, format: int64}", "2147483648")).isEmpty();
        }

        @Test
        void listsOfTypeSetAndMapHaveNothingTwice() {
            assertThat(in("{type: array, x-kubernetes-list-type: set, items: {type: string}}", "[x, z, x]"))
                    .containsExactly("a[2]: Duplicate value: \"x\"");
            String byName = "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name], items: "
                    + "{type: object, properties: {name: {type: string}, n: {type: integer}}}}";
            assertThat(in(byName, "[{name: x, n: 1}, {name: z, n: 1}, {name: x, n: 2}]"))
                    .containsExactly("a[2]: Duplicate value: {\"name\":\"x\"}");
            assertThat(in("{type: array, items: {type: string}}", "[x, x]")).isEmpty();
        }

        @Test
        void everyFaultIsReported() {
            assertThat(violations(
                            "{type: object, required: [c], properties: {a: {type: integer, minimum: 1}, b: {type: array,"
                                    + " items: {type: string, maxLength: 1}}, c: {type: string}}}",
                            "{a: 0, b: [x, yy, 3]}"))
                    .containsExactlyInAnyOrder(
                            "c: Required value",
                            "a: Invalid value: 0: a in body should be greater than or equal to 1",
                            "b[1]: Too long: may not be more than 1 byte",
                            "b[2]: Invalid value: \"integer\": b[2] in body must be of type string: \"integer\"");
        }

        @Test
        void aLongValueIsCutOff() {
            assertThat(in("{type: string, pattern: '^x$'}", "y".repeat(5000)).get(0))
                    .hasSizeLessThan(200);
        }
    }

    @Nested
    class Unknown {
        private static final String SCHEMA = "{type: object, properties: {models: {type: array, items: {type: object,"
                + " properties: {name: {type: string}, targets: {type: string}}}}, labels: {type: object,"
                + " additionalProperties: {type: string}}, free: {type: object,"
                + " x-kubernetes-preserve-unknown-fields: true, properties: {known: {type: object, properties: {}}}}}}";

        @Test
        void fieldsAreFoundWithWhatWasProbablyMeant() {
            assertThat(violations(SCHEMA, "{modles: []}"))
                    .containsExactly("modles: unknown field \"modles\", did you mean \"models\"?");
            assertThat(violations(SCHEMA, "{models: [{name: x, Targets: y}]}"))
                    .containsExactly(
                            "models[0].Targets: unknown field \"models[0].Targets\", did you mean \"targets\"?");
            assertThat(violations(SCHEMA, "{weather: fine}")).containsExactly("weather: unknown field \"weather\"");
        }

        @Test
        void keysOfMapsAndOpenObjectsAreNotFields() {
            assertThat(violations(SCHEMA, "{labels: {anything: x}, free: {what: {ever: 1}}}"))
                    .isEmpty();
            assertThat(violations(SCHEMA, "{free: {known: {nested: 1}}}"))
                    .containsExactly("free.known.nested: unknown field \"free.known.nested\"");
        }

        @Test
        void anObjectInThePlaceOfATextIsAWrongTypeOnly() {
            assertThat(violations(SCHEMA, "{models: [{name: {first: x}}]}"))
                    .containsExactly("models[0].name: Invalid value: \"object\": models[0].name in body must be of type"
                            + " string: \"object\"");
        }
    }

    @Nested
    class DefaultValues {
        @Test
        void areFilledInFromTheTopDown() {
            assertThat(defaulted(
                            "{type: object, properties: {a: {type: object, default: {}, properties: {b: {type: integer,"
                                    + " default: 3}}}, c: {type: object, properties: {d: {type: integer, default: 4}}}}}",
                            "{}"))
                    .isEqualTo("{\"a\":{\"b\":3}}");
            assertThat(defaulted(
                            "{type: object, properties: {c: {type: object, properties: {d: {type: integer, default: 4}}}}}",
                            "{c: {}}"))
                    .isEqualTo("{\"c\":{\"d\":4}}");
        }

        @Test
        void reachIntoListsAndMaps() {
            assertThat(defaulted(
                            "{type: object, properties: {l: {type: array, items: {type: object, properties: {w: {type:"
                                    + " integer, default: 1}}}}, m: {type: object, additionalProperties: {type: object,"
                                    + " properties: {w: {type: integer, default: 2}}}}}}",
                            "{l: [{}, {w: 5}], m: {x: {}}}"))
                    .isEqualTo("{\"l\":[{\"w\":1},{\"w\":5}],\"m\":{\"x\":{\"w\":2}}}");
        }

        @Test
        void replaceNullWhereNullIsNotAllowed() {
            String schema =
                    "{type: object, properties: {a: {type: integer, default: 3}, b: {type: integer, nullable: true,"
                            + " default: 4}, c: {type: integer}}}";

            assertThat(defaulted(schema, "{a: null, b: null, c: null}")).isEqualTo("{\"b\":null,\"a\":3}");
        }

        @Test
        void areCheckedLikeEverythingElse() {
            assertThat(violations(
                            "{type: object, properties: {l: {type: array, x-kubernetes-list-type: map,"
                                    + " x-kubernetes-list-map-keys: [p], items: {type: object, properties: {p: {type:"
                                    + " integer, default: 80}}}}}}",
                            "{l: [{}, {p: 80}]}"))
                    .containsExactly("l[1]: Duplicate value: {\"p\":80}");
        }

        @Test
        void areNotSharedBetweenObjects() {
            var schema = new SchemaParser()
                    .parse(json("{type: object, properties: {a: {type: object, default: {b: 1},"
                            + " x-kubernetes-preserve-unknown-fields: true}}}"));
            var first = (ObjectNode) json("{x: 1}");
            var second = (ObjectNode) json("{x: 1}");
            first.removeAll();
            second.removeAll();

            new SchemaCheck().defaulted(first, schema);
            ((ObjectNode) first.get("a")).put("b", 2);
            new SchemaCheck().defaulted(second, schema);

            assertThat(second.toString()).isEqualTo("{\"a\":{\"b\":1}}");
        }
    }

    private static List<String> in(String schema, String value) {
        return violations("{type: object, properties: {a: " + schema + "}}", "{a: " + value + "}");
    }

    private static List<String> violations(String schema, String value) {
        return new SchemaCheck()
                .defaulted(json(value).deepCopy(), new SchemaParser().parse(json(schema))).stream()
                        .map(violation -> violation.path() + ": " + violation.message())
                        .toList();
    }

    private static String defaulted(String schema, String value) {
        ObjectNode object = json(value).deepCopy();
        assertThat(new SchemaCheck().defaulted(object, new SchemaParser().parse(json(schema))))
                .isEmpty();
        return object.toString();
    }

    private static JsonNode json(String yaml) {
        var content = YAML.read(yaml);
        assertThat(content.problems()).isEmpty();
        return content.documents().get(0).value();
    }
}
