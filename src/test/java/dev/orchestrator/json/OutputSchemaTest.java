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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object','$ref':'#'}",
                "{'type':'object','allOf':[{'$ref':'#'}]}",
                "{'type':'object','properties':{'a':{'anyOf':[{'not':{'$ref':'#/properties/a'}}]}}}",
                "{'type':'object','$defs':{'a':{'$ref':'#/$defs/b'},'b':{'if':{'$ref':'#/$defs/a'}}}}",
                "{'type':'object','dependencies':{'a':{'$ref':'#'}}}"
            })
    void one_that_nobody_comes_to_an_end_with_is_refused(String schema) throws IOException {
        assertThat(OutputSchema.problem(json(schema)).orElse("none")).contains("refers to itself");
    }

    @Test
    void one_that_refers_to_itself_for_a_part_is_as_deep_as_its_object() throws IOException {
        String tree =
                "{'type':'object','properties':{'n':{'type':'integer'},'of':{'type':'array','items':{'$ref':'#'}}}}";
        assertThat(OutputSchema.problem(json(tree))).isEmpty();
        String deep = "{'of':[".repeat(200) + "{'n':'x'}" + "]}".repeat(200);
        assertThat(OutputSchema.problems(json(tree).toString(), json(deep)))
                .singleElement()
                .asString()
                .endsWith("string found, integer expected");
    }

    @Test
    void one_whose_parts_are_looked_at_twice_as_often_each_is_refused_in_time() throws IOException {
        StringBuilder schema = new StringBuilder("{'type':'object','$ref':'#/$defs/d0','$defs':{");
        for (int i = 0; i < 60; i++) {
            String next = "{'$ref':'#/$defs/d" + (i + 1) + "'}";
            schema.append("'d%d':{'allOf':[%s,%s]},".formatted(i, next, next));
        }
        schema.append("'d60':true}}");
        assertThat(OutputSchema.problem(json(schema.toString())).orElse("none")).contains("takes too long");
    }

    @Test
    void an_object_that_takes_too_long_to_look_at_is_not_taken_for_a_good_one() throws IOException {
        String twice = "{'type':'object','properties':{'a':{'allOf':[{'$ref':'#'},{'$ref':'#'}]}}}";
        String nested = "{'a':".repeat(40) + "{}" + "}".repeat(40);
        assertThat(OutputSchema.problems(json(twice).toString(), json(nested)))
                .containsExactly("it cannot be checked: that takes too long");
        String greedy = "{'type':'object','properties':{'a':{'pattern':'^(.*,){25}P'}}}";
        assertThat(OutputSchema.problems(json(greedy).toString(), json("{'a':'" + "1,".repeat(40) + "'}")))
                .containsExactly("it cannot be checked: that takes too long");
    }

    @Test
    void a_long_text_is_no_reason_to_fall_over_its_pattern() throws IOException {
        String choice = "{'type':'object','properties':{'a':{'pattern':'^(a|b)*$'}}}";
        assertThat(OutputSchema.problems(json(choice).toString(), json("{'a':'" + "ab".repeat(60_000) + "'}")))
                .containsExactly("it cannot be checked: a text in it is too long for its pattern");
    }

    @Test
    void the_largest_object_that_is_kept_is_looked_at_to_its_end() throws IOException {
        String list = "{'type':'object','properties':{'l':{'type':'array','items':{'type':'object','properties':"
                + "{'n':{'type':'string','pattern':'^[a-z]+[0-9]*$','maxLength':9}},'required':['n'],'additionalProperties':false}}}}";
        String large = "{'l':[" + "{'n':'abc1'},".repeat(15_000) + "{'n':'ABC'}]}";
        assertThat(OutputSchema.problems(json(list).toString(), json(large)))
                .containsExactly("/l/15000/n: does not match the regex pattern ^[a-z]+[0-9]*$");
    }

    private static JsonNode json(String text) throws IOException {
        return Json.full().readTree(text.replace('\'', '"'));
    }
}
