package dev.orchestrator.view;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.orchestrator.json.Damage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON Schemas of our files, by name. For one thread. */
public final class Schemas {
    private static final int MOST_PROBLEMS = 10;

    private final Source source;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> loaded = new HashMap<>();

    /** Where the schemas are. */
    @FunctionalInterface
    public interface Source {
        /** Opens {@code NAME.schema.json}. */
        InputStream open(String name) throws IOException;
    }

    public Schemas(Source source) {
        this.source = source;
    }

    /** Those that the program was built with. */
    public static Schemas packaged() {
        return new Schemas(name -> {
            InputStream found = Schemas.class.getResourceAsStream("/schema/" + name + ".schema.json");
            if (found == null) {
                throw new IOException("the schema of " + name + " is missing in this build");
            }
            return found;
        });
    }

    /** What is wrong with {@code json} by the schema {@code name}, the first few; empty when nothing is. */
    List<String> problems(String name, String json) throws IOException {
        Schema schema = schema(name);
        Optional<String> damage = Damage.in(json);
        if (damage.isPresent()) {
            return List.of(damage.get());
        }
        List<String> problems = new ArrayList<>();
        for (Error error : schema.validate(json, InputFormat.JSON)) {
            if (problems.size() < MOST_PROBLEMS) {
                problems.add(said(error));
            }
        }
        return problems;
    }

    /** {@code /turn: string found, integer expected}; of the whole file without a place. */
    private static String said(Error error) {
        String text = error.toString();
        return text.startsWith(": ") ? text.substring(2) : text;
    }

    private Schema schema(String name) throws IOException {
        Schema known = loaded.get(name);
        if (known != null) {
            return known;
        }
        try (InputStream in = source.open(name)) {
            Schema schema = registry.getSchema(in, InputFormat.JSON);
            loaded.put(name, schema);
            return schema;
        }
    }
}
