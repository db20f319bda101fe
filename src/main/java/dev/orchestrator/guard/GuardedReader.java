package dev.orchestrator.guard;

import dev.orchestrator.secret.Cut;
import dev.orchestrator.task.Access;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads a file for somebody who is no agent and may see no more than one: by the same policy. Thread-safe. */
public final class GuardedReader {
    private static final String TOOL = "Read";
    private static final int MOST_NAMES = 200;

    private final Supplier<OwnFiles> own;
    private final Supplier<SecretFiles> secrets;

    public GuardedReader(Supplier<OwnFiles> own, Supplier<SecretFiles> secrets) {
        this.own = own;
        this.secrets = secrets;
    }

    /** What came of it. */
    public sealed interface Result {
        /**
         * @param text of a file its beginning, of a directory the names in it
         * @param whole false when there is more
         */
        record Text(String text, boolean whole) implements Result {}

        record Refused(Refusal refusal) implements Result {}

        /** @param why there is nothing to be read, in few words */
        record Nothing(String why) implements Result {}
    }

    /**
     * @param directory where relative paths start; real
     * @param roots what may be read besides; real
     * @param most bytes
     */
    public Result read(Path directory, List<Path> roots, String target, int most) {
        Policy policy = new Policy(new Bounds(directory, Access.READ, roots, List.of()), own.get(), secrets.get());
        Optional<Refusal> refusal = refusal(policy, target, directory);
        if (refusal.isPresent()) {
            return new Result.Refused(refusal.get());
        }
        Optional<Path> place = RealPath.of(directory.resolve(target));
        if (place.isEmpty() || !Files.exists(place.get(), LinkOption.NOFOLLOW_LINKS)) {
            return new Result.Nothing("there is no such file");
        }
        // What is read is judged by itself too: a link may have been put there meanwhile, or lead elsewhere for an
        // agent.
        Optional<Refusal> led = refusal(policy, place.get().toString(), directory);
        if (led.isPresent()) {
            return new Result.Refused(led.get());
        }
        try {
            return Files.isDirectory(place.get(), LinkOption.NOFOLLOW_LINKS)
                    ? names(place.get())
                    : text(place.get(), most);
        } catch (IOException e) {
            return new Result.Nothing("it cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static Optional<Refusal> refusal(Policy policy, String target, Path directory) {
        ToolUse use = new ToolUse("", TOOL, Map.of("file_path", target), directory, null);
        return policy.decide(use) instanceof Decision.Refused refused
                ? Optional.of(refused.refusal())
                : Optional.empty();
    }

    private static Result names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            List<String> names = entries.map(GuardedReader::name)
                    .sorted()
                    .limit(MOST_NAMES + 1L)
                    .toList();
            boolean whole = names.size() <= MOST_NAMES;
            return new Result.Text(String.join("\n", whole ? names : names.subList(0, MOST_NAMES)), whole);
        }
    }

    private static String name(Path entry) {
        return entry.getFileName() + (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) ? "/" : "");
    }

    /** What is neither file nor directory may never come to an end. */
    private static Result text(Path file, int most) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Result.Nothing("it is no file");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(most);
            boolean whole = in.read() < 0;
            for (byte each : bytes) {
                if (each == 0) {
                    return new Result.Nothing("it is no text");
                }
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            return new Result.Text(whole ? text : Cut.beginning(text, text.length() - 1), whole);
        }
    }
}
