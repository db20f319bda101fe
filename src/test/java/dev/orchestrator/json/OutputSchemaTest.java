package dev.orchestrator.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputSchemaTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object'}",
                "{'type':'object','properties':{'format':{'type':'string','format':'date'},'x':true},'required':['x']}",
                "{'type':'object','$defs':{'n':{'type':'integer'}},'properties':{'n':{'$ref':'#/$defs/n'}}}",
                "{'type':'object','properties':{'a':{'type':'array','items':[{'enum':[1,{'x-any':2}]}],'minItems':1}}}",
                "{'type':'object','anyOf':[{'required':['a']},{'not':{'const':{}}}],'additionalProperties':false}"
            })
    void what_can_be_used(String schema) throws IOException {
        assertThat(OutputSchema.problem(json(schema))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'array'} | not that of an object",
                "{} | not that of an object",
                "{'type':'object','x-foo':1} | does not know: x-foo",
                "{'type':'object','$schema':'http://json-schema.org/draft-07/schema#'} | does not know: $schema",
                "{'type':'object','properties':{'a':{'prefixItems':[]}}} | does not know: prefixItems",
                "{'type':'object','allOf':[{'items':{'nullable':true}}]} | does not know: nullable",
                "{'type':'object','properties':{'a':{'format':'colour'}}} | a format in it that is not known",
                "{'type':'object','properties':{'a':{'$ref':'https://example.org/a'}}} | refers to another one",
                "{'type':'object','properties':{'a':{'$ref':'#/$defs/a'}}} | cannot be used",
                "{'type':'object','properties':{'a':{'type':'int'}}} | /properties/a/type",
                "{'type':'object','required':'a'} | /required",
                "{'type':'object','properties':{'a':{'type':'string','pattern':'('}}} | pattern"
            })
    void what_cannot_be_used_and_why(String schema, String problem) throws IOException {
        assertThat(OutputSchema.problem(json(schema)).orElse("none")).contains(problem);
    }

    @Test
    void what_does_not_keep_to_it_is_named() throws IOException {
        String schema = "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}";
        assertThat(OutputSchema.problems(schema, json("{'n':4}"))).isEmpty();
        assertThat(OutputSchema.problems(schema, json("{'n':'four'}")))
                .containsExactly("/n: string found, integer expected");
        assertThat(OutputSchema.problems(schema, json("{}")))
                .singleElement()
                .asString()
                .contains("'n'");
        assertThat(OutputSchema.problems("{", json("{}")))
                .singleElement()
                .asString()
                .startsWith("it cannot be checked");
    }

    private static JsonNode json(String text) throws IOException {
        return Json.full().readTree(text.replace('\'', '"'));
    }
}
