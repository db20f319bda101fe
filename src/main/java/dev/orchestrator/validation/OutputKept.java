package dev.orchestrator.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.json.OutputSchema;
import java.util.List;

/** The object that the agent was to give is there and keeps to the schema. Its program has looked too, and may be mistaken. */
final class OutputKept implements Validator {
    @Override
    public String name() {
        return "output_schema";
    }

    @Override
    public Finding check(Evidence evidence) {
        String schema = evidence.outputSchema();
        JsonNode output = evidence.output();
        if (schema == null) {
            return Finding.skipped("the task asks for no object");
        }
        if (output == null) {
            return Finding.error("the agent gave no object");
        }
        int length = output.toString().length();
        if (length > OutputSchema.LONGEST_OUTPUT) {
            return Finding.error(
                    "the object has " + length + " characters; at most " + OutputSchema.LONGEST_OUTPUT + " are kept");
        }
        List<String> problems = OutputSchema.problems(schema, output);
        return problems.isEmpty()
                ? Finding.pass("the object keeps to the schema")
                : Finding.error("the object does not keep to the schema: " + String.join("; ", problems));
    }
}
