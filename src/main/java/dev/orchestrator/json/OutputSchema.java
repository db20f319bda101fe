package dev.orchestrator.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A JSON Schema of what an agent is to give, in draft 7, which is what the CLI knows: whether it is one, and whether something keeps to it. */
public final class OutputSchema {
    /** A command line of Windows holds 32,767 characters, and other things stand there too. */
    public static final int LONGEST = 8_000;

    /** More than that is not put into an artifact. */
    public static final int LONGEST_OUTPUT = 200_000;

    private static final int MOST_PROBLEMS = 5;
    private static final String DRAFT_7 = "http://json-schema.org/draft-07/schema#";

    private OutputSchema() {}

    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
    }

    /** Why {@code schema} cannot be used; empty when it can. */
    public static Optional<String> problem(JsonNode schema) {
        if (!schema.path("type").asText("").equals("object")) {
            return Optional.of("the schema is not that of an object: its 'type' has to be object");
        }
        return SchemaWords.unknown(schema)
                .or(() -> wrong(registry().getSchema(SchemaLocation.of(DRAFT_7)), schema.toString()).stream()
                        .findFirst())
                .or(() -> unusable(schema.toString()));
    }

    /** A pattern that is none, a reference that leads nowhere: that shows when it is used. */
    private static Optional<String> unusable(String schema) {
        try {
            Schema read = registry().getSchema(schema, InputFormat.JSON);
            read.initializeValidators();
            read.validate("{}", InputFormat.JSON);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("the schema cannot be used: " + e.getMessage());
        }
    }

    /** What is wrong with {@code output} by {@code schema}, the first few; empty when nothing is. */
    public static List<String> problems(String schema, JsonNode output) {
        try {
            return wrong(registry().getSchema(schema, InputFormat.JSON), output.toString());
        } catch (RuntimeException e) {
            return List.of("it cannot be checked: " + e.getMessage());
        }
    }

    private static List<String> wrong(Schema schema, String json) {
        return StreamSupport.stream(schema.validate(json, InputFormat.JSON).spliterator(), false)
                .limit(MOST_PROBLEMS)
                .map(Error::toString)
                .map(text -> text.startsWith(": ") ? text.substring(2) : text)
                .toList();
    }
}
