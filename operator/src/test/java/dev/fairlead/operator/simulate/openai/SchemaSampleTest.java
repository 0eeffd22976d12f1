package dev.fairlead.operator.simulate.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaSampleTest {

    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'object','properties':{'city':{'type':'string'},'days':{'type':'integer','minimum':3}},"
                        + "'required':['city','days']} | {'city':'text','days':3}",
                "{'type':'object','properties':{'unit':{'enum':['c','f']},'x':{'type':'number'}},'required':['unit']}"
                        + " | {'unit':'c'}",
                "{'type':'array','items':{'type':'boolean'},'minItems':2} | [true,true]",
                "{'$ref':'#/$defs/n','$defs':{'n':{'type':['string','null'],'minLength':5}}} | 'texttext'",
                "{'anyOf':[{'const':7},{'type':'null'}]} | 7",
                "{} | {}"
            })
    void followsTheSchema(String schema, String value) throws Exception {
        String made = new SchemaSample(json.readTree(schema.replace('\'', '"'))).json();
        assertThat(made).isEqualTo(value.replace('\'', '"'));
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema.replace('\'', '"'))
                        .validate(json.readTree(made)))
                .isEmpty();
    }

    @Test
    void aSchemaThatContainsItselfEnds() throws Exception {
        String schema = "{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#\"}},\"required\":[\"next\"]}";
        assertThat(new SchemaSample(json.readTree(schema)).json())
                .contains("null")
                .hasSizeLessThan(300);
    }
}
