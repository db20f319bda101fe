package dev.orchestrator.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Optional;

/** A JSON Schema of what an agent is to give, in draft 7, which is what the CLI knows: whether it is one, and whether something keeps to it. */
public final class OutputSchema {
    /** A command line of Windows holds 32,767 characters, and other things stand there too. */
    public static final int LONGEST = 8_000;

    /** More than that is not put into an artifact. */
    public static final int LONGEST_OUTPUT = 200_000;

    private static final int MOST_PROBLEMS = 5;
    private static final String DRAFT_7 = "http://json-schema.org/draft-07/schema#";

    private OutputSchema() {}

    /** Has the patterns of its schemas matched at the cost of {@code effort}. */
    private static SchemaRegistry registry(Effort effort) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .regularExpressionFactory(effort::pattern)
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_7, builder -> builder.schemaRegistryConfig(config));
    }

    /** Why {@code schema} cannot be used; empty when it can. */
    public static Optional<String> problem(JsonNode schema) {
        if (!schema.path("type").asText("").equals("object")) {
            return Optional.of("the schema is not that of an object: its 'type' has to be object");
        }
        return SchemaWords.unknown(schema)
                .or(() -> notOfTheDraft(schema))
                .or(() -> SchemaLoops.problem(schema))
                .or(() -> unusable(schema.toString()));
    }

    private static Optional<String> notOfTheDraft(JsonNode schema) {
        Effort effort = new Effort();
        Schema draft = registry(effort).getSchema(SchemaLocation.of(DRAFT_7));
        return wrong(draft, schema.toString(), effort).stream().findFirst();
    }

    /** A pattern that is none, a reference that leads nowhere: that shows when it is used. */
    private static Optional<String> unusable(String schema) {
        Effort effort = new Effort();
        try {
            Schema read = registry(effort).getSchema(schema, InputFormat.JSON);
            read.initializeValidators();
            wrong(read, "{}", effort);
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of("the schema cannot be used: " + e.getMessage());
        }
    }

    /** What is wrong with {@code output} by {@code schema}, the first few; empty when nothing is. */
    public static List<String> problems(String schema, JsonNode output) {
        Effort effort = new Effort();
        try {
            return wrong(registry(effort).getSchema(schema, InputFormat.JSON), output.toString(), effort);
        } catch (RuntimeException | StackOverflowError e) {
            return List.of("it cannot be checked: " + e.getMessage());
        }
    }

    private static List<String> wrong(Schema schema, String json, Effort effort) {
        ExecutionContext context = effort.context();
        schema.validate(context, json, InputFormat.JSON);
        return context.getErrors().stream()
                .limit(MOST_PROBLEMS)
                .map(Error::toString)
                .map(text -> text.startsWith(": ") ? text.substring(2) : text)
                .toList();
    }
}
