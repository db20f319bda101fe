package dev.orchestrator.agent.simulated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run: reads the prompt's target files, and mends the known fault in the first that has it, as far as the run's tools and
 * rules let it.
 */
final class SimulatedRun {
    private static final String TARGETS = "## Target files";

    private final List<String> tools;
    private final Grants grants;
    private final Guard guard;
    private final Path directory;
    private final StreamWriter stream;

    /** @param directory the working directory; its real path */
    SimulatedRun(List<String> tools, Grants grants, Guard guard, Path directory, StreamWriter stream) {
        this.tools = tools;
        this.grants = grants;
        this.guard = guard;
        this.directory = directory;
        this.stream = stream;
    }

    void run(String prompt) throws IOException {
        stream.init(tools);
        int read = 0;
        for (Path file : targets(prompt)) {
            Optional<String> text = read(file);
            Optional<KnownFault> fault = text.flatMap(KnownFault::in);
            if (fault.isPresent()) {
                stream.finish(mend(file, text.get(), fault.get()));
                return;
            }
            read += text.isPresent() ? 1 : 0;
        }
        stream.finish("Read " + read + " of the task's target files and found nothing that this simulation can mend. No"
                + " model was asked.");
    }

    private Optional<String> read(Path file) throws IOException {
        ObjectNode input = input(file);
        String id = stream.call("Read", input);
        boolean refused = guard.refuses(id, "Read", input);
        if (refused || !tools.contains("Read") || !grants.allows("Read", file)) {
            stream.denied(id, "Read", input);
            return Optional.empty();
        }
        String text = Files.readString(file);
        stream.returned(id, text);
        return Optional.of(text);
    }

    /** What to report about it. */
    private String mend(Path file, String text, KnownFault fault) throws IOException {
        String where = directory.relativize(file).toString().replace('\\', '/') + ", line " + fault.line();
        if (!tools.contains("Edit")) {
            return "Found the fault in " + where + ": `" + fault.faulty() + "` should be `" + fault.right()
                    + "`. Changed nothing, because this run may only read.";
        }
        ObjectNode input = input(file).put("old_string", fault.faulty()).put("new_string", fault.right());
        String id = stream.call("Edit", input);
        boolean refused = guard.refuses(id, "Edit", input);
        if (refused || !grants.allows("Edit", file)) {
            stream.denied(id, "Edit", input);
            return "Found the fault in " + where + ", but was not allowed to change the file.";
        }
        Files.writeString(file, fault.mended(text));
        stream.returned(id, "The file " + file + " has been updated successfully.");
        return "Fixed " + where + ": `" + fault.faulty() + "` is now `" + fault.right()
                + "`, because an average divides by the number of values. No model was asked.";
    }

    /** The target files that are there and lie in the working directory, by their real paths. */
    private List<Path> targets(String prompt) throws IOException {
        List<Path> files = new ArrayList<>();
        boolean inSection = false;
        for (String line : prompt.lines().toList()) {
            if (line.startsWith("#")) {
                inSection = line.equals(TARGETS);
            } else if (inSection && line.startsWith("- ")) {
                present(line.substring(2).strip()).ifPresent(files::add);
            }
        }
        return files;
    }

    private Optional<Path> present(String name) throws IOException {
        try {
            Path file = directory.resolve(name);
            return Files.isRegularFile(file)
                    ? Optional.of(file.toRealPath()).filter(real -> real.startsWith(directory))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode input(Path file) {
        return Json.full().createObjectNode().put("file_path", file.toString());
    }
}
