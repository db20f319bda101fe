package dev.orchestrator.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evidence for tests: an honest agent that changed nothing, and a test says what is different. */
final class EvidenceBuilder {
    private final Path directory;
    private Asked asked = new Asked("", "", "", List.of());
    private boolean readOnly;
    private boolean expectsChange;
    private boolean hadShell;
    private List<String> expectedFiles = List.of();
    private String result = "Done.";
    private @Nullable String outputSchema;
    private @Nullable JsonNode output;
    private List<String> claimed = List.of();
    private List<String> failed = List.of();
    private Unread unread = Unread.NOTHING;
    private List<String> changed = List.of();
    private List<String> present = List.of();
    private List<Path> own = List.of();

    EvidenceBuilder(Path directory) {
        this.directory = directory;
    }

    EvidenceBuilder asked(String task) {
        asked = new Asked(task.lines().findFirst().orElse(""), task, "", List.of());
        return this;
    }

    /** The task may only read. */
    EvidenceBuilder reading() {
        readOnly = true;
        return this;
    }

    /** The task is of a type that changes something. */
    EvidenceBuilder changing() {
        expectsChange = true;
        return this;
    }

    EvidenceBuilder withShell() {
        hadShell = true;
        return this;
    }

    EvidenceBuilder expects(String... globs) {
        expectedFiles = List.of(globs);
        return this;
    }

    EvidenceBuilder says(String text) {
        result = text;
        return this;
    }

    EvidenceBuilder gives(String schema, @Nullable String json) throws IOException {
        outputSchema = schema;
        output = json == null ? null : Json.full().readTree(json);
        return this;
    }

    EvidenceBuilder claims(String... files) {
        claimed = List.of(files);
        return this;
    }

    EvidenceBuilder failsToWrite(String... files) {
        failed = List.of(files);
        return this;
    }

    EvidenceBuilder unread(String... places) {
        unread = new Unread(List.of(places));
        return this;
    }

    EvidenceBuilder changed(String... files) {
        changed = List.of(files);
        return this;
    }

    EvidenceBuilder present(String... files) {
        present = List.of(files);
        return this;
    }

    EvidenceBuilder own(Path... paths) {
        own = List.of(paths);
        return this;
    }

    Evidence build() {
        return new Evidence(
                asked,
                directory,
                readOnly,
                expectsChange,
                hadShell,
                expectedFiles,
                result,
                outputSchema,
                output,
                claimed,
                failed,
                unread,
                changed,
                present,
                own);
    }

    ValidationReport check() {
        return ValidationReport.of(build());
    }

    Finding check(String name) {
        Finding finding = check().findings().get(name);
        if (finding == null) {
            throw new AssertionError("no check " + name);
        }
        return finding;
    }
}
