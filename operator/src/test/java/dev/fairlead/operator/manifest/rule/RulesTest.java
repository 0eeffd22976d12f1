package dev.fairlead.operator.manifest.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.schema.SchemaParser;
import dev.fairlead.operator.manifest.yaml.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
    private static final YamlReader YAML = new YamlReader();
    private static final RuleCompiler COMPILER = new RuleCompiler();

    @Nested
    class Reports {
        @Test
        void sayTheMessageAtTheValue() {
            String schema = """
                    type: object
                    properties:
                      keys:
                        type: array
                        items:
                          type: object
                          properties: {weight: {type: integer}}
                          x-kubernetes-validations:
                          - {rule: 'self.weight < 10', message: ' weight is too much '}
                    """;

            assertThat(violations(schema, "{keys: [{weight: 1}, {weight: 11}]}"))
                    .containsExactly("keys[1]: Invalid value: \"object\": weight is too much");
            assertThat(violations(schema, "{keys: [{weight: 1}]}")).isEmpty();
        }

        @Test
        void sayTheRuleWhereThereIsNoMessage() {
            assertThat(violations("{type: integer, x-kubernetes-validations: [{rule: 'self > 3'}]}", "2"))
                    .containsExactly(": Invalid value: \"integer\": failed rule: self > 3");
        }

        @Test
        void sayWhatTheMessageExpressionMakes() {
            assertThat(violations(
                            "{type: integer, x-kubernetes-validations: [{rule: 'self > 3', messageExpression:"
                                    + " '\"got \" + string(self)', message: fixed}]}",
                            "2"))
                    .containsExactly(": Invalid value: \"integer\": got 2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"self.nothing", "\"\"", "\"a\\nb\"", "self + 1"})
        void fallBackToTheMessageWhereTheExpressionIsOfNoUse(String expression) {
            assertThat(violations(
                            "{type: integer, x-kubernetes-validations: [{rule: 'self > 3', messageExpression: '"
                                    + expression + "', message: fixed}]}",
                            "2"))
                    .containsExactly(": Invalid value: \"integer\": fixed");
        }

        @Test
        void pointToTheFieldPath() {
            assertThat(violations(
                            "{type: object, properties: {a: {type: object, properties: {b.c: {type: string}}}},"
                                    + " x-kubernetes-validations: [{rule: 'false', message: m, fieldPath: \".a['b.c']\"}]}",
                            "{a: {}}"))
                    .containsExactly("a[b.c]: Invalid value: \"object\": m");
        }

        @ParameterizedTest
        @CsvSource({
            "FieldValueInvalid, Invalid value: \"string\": m",
            "FieldValueForbidden, Forbidden: m",
            "FieldValueRequired, Required value: m",
            "FieldValueDuplicate, Duplicate value: \"string\": m"
        })
        void nameTheReason(String reason, String message) {
            assertThat(violations(
                            "{type: string, x-kubernetes-validations: [{rule: 'false', message: m, reason: " + reason
                                    + "}]}",
                            "x"))
                    .containsExactly(": " + message);
        }

        @Test
        void sayWhatWentWrongInARule() {
            assertThat(violations(
                            "{type: object, properties: {a: {type: string}}, x-kubernetes-validations: [{rule: 'self.a =="
                                    + " \"x\"', message: a is x}]}",
                            "{}"))
                    .singleElement()
                    .asString()
                    .startsWith(": Invalid value: \"object\": ")
                    .contains("a", "evaluating rule: a is x");
            assertThat(violations("{type: string, x-kubernetes-validations: [{rule: \"'a'.matches(self)\"}]}", "'['"))
                    .singleElement()
                    .asString()
                    .contains("evaluating rule");
        }

        @Test
        void comeForEveryRuleFromTheTopDown() {
            assertThat(violations(
                            "{type: object, x-kubernetes-validations: [{rule: 'false', message: one}, {rule: 'false',"
                                    + " message: two}], properties: {a: {type: string, x-kubernetes-validations: [{rule:"
                                    + " 'false', message: three}]}}}",
                            "{a: x}"))
                    .containsExactly(
                            ": Invalid value: \"object\": one",
                            ": Invalid value: \"object\": two",
                            "a: Invalid value: \"string\": three");
        }
    }

    @Nested
    class Reach {
        @Test
        void valuesThatAreThereAndNotNull() {
            String schema = "{type: object, properties: {a: {type: string, nullable: true, x-kubernetes-validations:"
                    + " [{rule: 'false', message: m}]}}}";

            assertThat(violations(schema, "{}")).isEmpty();
            assertThat(violations(schema, "{a: null}")).isEmpty();
            assertThat(violations(schema, "{a: x}")).hasSize(1);
        }

        @Test
        void entriesOfMaps() {
            assertThat(violations(
                            "{type: object, additionalProperties: {type: integer, x-kubernetes-validations: [{rule: 'self >"
                                    + " 0', message: m}]}}",
                            "{a.b/c: 0, d: 1}"))
                    .containsExactly("[a.b/c]: Invalid value: \"integer\": m");
        }

        @Test
        void newObjectsOnlyWhereOldOnesAreOptional() {
            assertThat(violations("{type: string, x-kubernetes-validations: [{rule: 'self == oldSelf'}]}", "x"))
                    .isEmpty();
            assertThat(violations(
                            "{type: string, x-kubernetes-validations: [{rule: 'oldSelf.hasValue() || self == \"y\"',"
                                    + " optionalOldSelf: true, message: m}]}",
                            "x"))
                    .containsExactly(": Invalid value: \"string\": m");
            assertThat(violations(
                            "{type: string, x-kubernetes-validations: [{rule: 'oldSelf.orValue(\"x\") == self',"
                                    + " optionalOldSelf: true}]}",
                            "x"))
                    .isEmpty();
        }
    }

    @Nested
    class Values {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{type: integer} | 5 | type(self) == int && self + 1 == 6",
                    "{type: number} | 5 | type(self) == double && self > 4",
                    "{type: number} | 0.5 | self == 0.5 && self < 1",
                    "{type: boolean} | yes | self",
                    "{type: string} | abc | self.startsWith('ab') && size(self) == 3 && self.matches('^a.c$')",
                    "{type: string} | xabcx | self.matches('abc')",
                    "{type: string, format: date-time} | '2027-01-31T10:20:30Z' | self < timestamp('2027-02-01T00:00:00Z') && self.getFullYear() == 2027",
                    "{type: string, format: date} | '2027-01-31' | self == timestamp('2027-01-31T00:00:00Z')",
                    "{type: string, format: duration} | 90s | self > duration('1m') && self.getSeconds() == 90",
                    "{type: string} | 90s | duration(self) <= duration('1h30m') && duration(self) >= duration('1s')",
                    "{type: string, format: byte} | YWJj | self == b'abc'",
                    "{type: string, nullable: true} | null | true",
                    "{type: array, items: {type: string}} | [a, b] | self.all(x, x in ['a', 'b']) && size(self) == 2 && self[1] == 'b'",
                    "{type: array, items: {type: integer}} | [1, 2, 3] | self.exists(x, x > 2) && self.exists_one(x, x == 1) && self.map(x, x * 2) == [2, 4, 6]",
                    "{type: array, items: {type: integer}} | [1, 2, 3] | self.filter(x, x > 1).size() == 2 && !self.exists(x, x > 3)",
                    "{type: object, additionalProperties: {type: string}} | {a.b: c} | 'a.b' in self && self['a.b'] == 'c' && self.all(k, self[k] == 'c')",
                    "{x-kubernetes-int-or-string: true} | 5 | type(self) == int && self == 5",
                    "{x-kubernetes-int-or-string: true} | 64Mi | type(self) == string && self == '64Mi'",
                    "{type: object, properties: {a: {type: object, properties: {b: {type: string}}}}} | {a: {b: x}} | has(self.a) && has(self.a.b) && self.a.b == 'x'",
                    "{type: object, properties: {a: {type: string}}} | {} | !has(self.a)",
                    "{type: object, properties: {a: {type: string}}} | {} | !has(self.a) || self.a == 'x'",
                    "{type: object, properties: {a: {type: string, nullable: true}}} | {a: null} | has(self.a) && self.a == null",
                    "{type: object, properties: {a: {type: string}}} | {} | self.?a.orValue('none') == 'none'",
                    "{type: object, properties: {namespace: {type: string}, in: {type: string}, a-b: {type: string}, c.d: {type: string}, e__f: {type: string}, g/h: {type: string}}} | {namespace: ns, in: i, a-b: x, c.d: w, e__f: z, g/h: w} | self.__namespace__ == 'ns' && self.__in__ == 'i' && self.a__dash__b == 'x' && self.c__dot__d == 'w' && self.e__underscores__f == 'z' && self.g__slash__h == 'w'",
                    "{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}, o: {x-kubernetes-preserve-unknown-fields: true}}} | {a: x, b: y, o: z} | has(self.a) && !has(self.b) && !has(self.o)"
                })
        void areWhatTheSchemaSays(String schema, String value, String rule) {
            assertThat(evaluate(schema, value, rule)).isEmpty();
            assertThat(evaluate(schema, value, "!(" + rule + ")")).hasSize(value.equals("null") ? 0 : 1);
        }

        private static List<String> evaluate(String schema, String value, String rule) {
            String quoted = rule.replace("\\", "\\\\").replace("\"", "\\\"");
            String validations = "x-kubernetes-validations: [{rule: \"" + quoted + "\"}], ";
            return violations("{" + validations + schema.substring(1), value);
        }
    }

    @Nested
    class Functions {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'a-b-c'.split('-') == ['a', 'b', 'c']",
                    "['a', 'b'].join('.') == 'a.b'",
                    "'  x '.trim() == 'x'",
                    "'AbC'.lowerAscii() == 'abc' && 'AbC'.upperAscii() == 'ABC'",
                    "'hello'.indexOf('l') == 2 && 'hello'.lastIndexOf('l') == 3",
                    "'hello'.substring(1, 3) == 'el' && 'hello'.charAt(0) == 'h' && 'hello'.replace('l', 'L') == 'heLLo'",
                    "[1, 2, 3].sum() == 6 && [1.5, 2.0].sum() == 3.5 && [].sum() == 0",
                    "[3, 1, 2].min() == 1 && [3, 1, 2].max() == 3 && ['b', 'a'].min() == 'a'",
                    "[1, 2, 2].isSorted() && ![2, 1].isSorted() && ['a', 'b'].isSorted()",
                    "[1, 2, 1].indexOf(1) == 0 && [1, 2, 1].lastIndexOf(1) == 2 && [1].indexOf(9) == -1",
                    "'abc 123'.find('[0-9]+') == '123' && 'abc'.find('[0-9]+') == ''",
                    "'1 2 3'.findAll('[0-9]') == ['1', '2', '3'] && '1 2 3'.findAll('[0-9]', 2) == ['1', '2']",
                    "isURL('https://example.com:8443/v1?a=b') && !isURL('example.com') && !isURL('')",
                    "url('https://example.com:8443/v1').getHost() == 'example.com:8443'",
                    "url('https://example.com:8443/v1').getHostname() == 'example.com'",
                    "url('https://example.com:8443/v1').getPort() == '8443' && url('HTTPS://x').getScheme() == 'https'",
                    "url('https://x/a b?k=1&k=2').getEscapedPath() == '/a%20b'",
                    "url('https://x/?k=1&k=2').getQuery()['k'] == ['1', '2']",
                    "sets.contains(['a', 'b'], ['a']) && sets.intersects([1], [1, 2])",
                    "1 < 1.5 && dyn(2) == 2.0 && 3.0 >= 3"
                })
        void workAsInKubernetes(String rule) {
            assertThat(violations("{type: string, x-kubernetes-validations: [{rule: \"" + rule + "\"}]}", "x"))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[].min() == 1",
                    "['a', 1].max() == 1",
                    "['a'].sum() == 1",
                    "url('example.com').getHost() == ''",
                    "'a'.find('[') == ''",
                    "duration('soon') > duration('1s')",
                    "[1][5] == 1",
                    "1 / 0 == 1"
                })
        void failByAMessage(String rule) {
            assertThat(violations(
                            "{type: string, x-kubernetes-validations: [{rule: \"" + rule + "\", message: m}]}", "x"))
                    .singleElement()
                    .asString()
                    .endsWith("evaluating rule: m");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"self ==", "unknownFunction(self)", "other == 1", "quantity(self).isLessThan(quantity('1'))"})
    void aRuleThatDoesNotCompileIsRefused(String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> violations("{type: string, x-kubernetes-validations: [{rule: \"" + rule + "\"}]}", "x"))
                .withMessageContaining(rule);
    }

    @Test
    void aFieldPathThatIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> violations(
                        "{type: string, x-kubernetes-validations: [{rule: 'true', fieldPath: 'a b['}]}", "x"))
                .withMessageContaining("'a b['");
    }

    @Test
    void anEndlessRuleEnds() {
        String numbers = "[" + "1,".repeat(1999) + "1]";

        assertThat(violations(
                        "{type: array, items: {type: integer}, x-kubernetes-validations: [{rule: 'self.all(a, self.all(b,"
                                + " self.all(c, a + b + c > 0)))', message: m}]}",
                        numbers))
                .singleElement()
                .asString()
                .endsWith("evaluating rule: m");
    }

    private static List<String> violations(String schema, String value) {
        JsonNode node = value.equals("null") ? json("{a: null}").get("a") : json(value);
        return COMPILER.rules(new SchemaParser().parse(json(schema))).violations(node).stream()
                .map(violation -> violation.path() + ": " + violation.message())
                .toList();
    }

    private static JsonNode json(String yaml) {
        var content = YAML.read(yaml);
        assertThat(content.problems()).as(yaml).isEmpty();
        return content.documents().get(0).value();
    }
}
