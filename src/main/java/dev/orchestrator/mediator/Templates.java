package dev.orchestrator.mediator;

import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.intake.file.TemplateFileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The templates: those in the jar, and the user's own, which win. A user's template is read anew each time, so an edit
 * takes effect with the next task. Thread-safe.
 */
public final class Templates {
    private static final List<String> BUILT_IN =
            List.of("analyze", "bug_fix", "code_review", "custom", "documentation", "summarize");
    private static final String SUFFIX = ".md";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private final Path userDirectory;
    private final Map<String, Template> builtIn;

    /** @param userDirectory need not exist */
    public Templates(Path userDirectory) {
        this.userDirectory = userDirectory;
        this.builtIn = BUILT_IN.stream()
                .map(Templates::fromJar)
                .collect(Collectors.toMap(Template::name, Function.identity()));
    }

    /** What came of looking for a template. */
    public sealed interface Search {
        record Found(Template template) implements Search {}

        record Unknown() implements Search {}

        /** @param origin the file */
        record Invalid(String origin, Rejection why) implements Search {
            /** What is wrong with the file, where, and what to change. */
            public String problem() {
                return "template " + where() + ". " + why.remedy();
            }

            /** The same without what to change. */
            public String where() {
                String line = why.line() == null ? "" : " (line " + why.line() + ")";
                return origin + " is not valid: " + why.reason() + line;
            }
        }
    }

    /** A name that may stand behind {@code type:}. */
    public record Listed(String name, Origin origin, Search search) {
        /** The file in the home; null for a built-in one. */
        public @Nullable String file() {
            return origin == Origin.BUILT_IN ? null : fileOf(name);
        }
    }

    /** Where a template comes from. */
    public enum Origin {
        BUILT_IN,
        OWN,
        /** The user's own, in the place of a built-in one. */
        OVERRIDES;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Search find(String name) {
        if (!NAME.matcher(name).matches()) {
            return new Search.Unknown();
        }
        Path file = userDirectory.resolve(name + SUFFIX);
        try {
            return isSomethingElse(file)
                    ? invalid(name, "It is not a file")
                    : TemplateFormat.parse(name, content(file), fileOf(name));
        } catch (NoSuchFileException e) {
            return Optional.ofNullable(builtIn.get(name))
                    .<Search>map(Search.Found::new)
                    .orElseGet(Search.Unknown::new);
        } catch (IOException e) {
            return invalid(name, "It cannot be read: " + e);
        }
    }

    /** A pipe, say, would have its reader wait for ever; and a link that leads nowhere is no reason to use what is built in. */
    private static boolean isSomethingElse(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file);
    }

    /** Not more of it than shows that it is too long, for it is read with each task. */
    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(TemplateFileReader.MAX_BYTES + 1);
        }
    }

    private static Search invalid(String name, String reason) {
        return new Search.Invalid(fileOf(name), new Rejection(reason, null, "Put a readable Markdown file there."));
    }

    private static String fileOf(String name) {
        return "templates/" + name + SUFFIX;
    }

    /** The names of all templates, sorted. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(BUILT_IN);
        names.addAll(ownNames());
        return names;
    }

    /** All, with those that are not valid, sorted by name. */
    public List<Listed> list() {
        Set<String> own = ownNames();
        return names().stream()
                .map(name -> new Listed(name, origin(name, own), find(name)))
                .toList();
    }

    private static Origin origin(String name, Set<String> own) {
        if (!own.contains(name)) {
            return Origin.BUILT_IN;
        }
        return BUILT_IN.contains(name) ? Origin.OVERRIDES : Origin.OWN;
    }

    /** All that are valid, sorted by name. */
    public List<Template> all() {
        return names().stream()
                .map(this::find)
                .filter(Search.Found.class::isInstance)
                .map(found -> ((Search.Found) found).template())
                .toList();
    }

    private Set<String> ownNames() {
        Set<String> names = new TreeSet<>(stems());
        names.removeIf(name -> !NAME.matcher(name).matches());
        return names;
    }

    /** Files that look like templates and are none, since no {@code type:} could name them. Sorted. */
    public List<String> misnamed() {
        return stems().stream()
                .filter(name -> !NAME.matcher(name).matches())
                .sorted()
                .map(Templates::fileOf)
                .toList();
    }

    private List<String> stems() {
        List<String> stems = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(userDirectory, "*" + SUFFIX)) {
            for (Path file : files) {
                String fileName = String.valueOf(file.getFileName());
                stems.add(fileName.substring(0, fileName.length() - SUFFIX.length()));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // The user has none.
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot list " + userDirectory, e);
        }
        return stems;
    }

    private static Template fromJar(String name) {
        String resource = "/templates/" + name + SUFFIX;
        try (InputStream in = Templates.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            if (TemplateFormat.parse(name, in.readAllBytes(), "built in") instanceof Search.Found found) {
                return found.template();
            }
            throw new IllegalStateException(resource + " is not valid");
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        }
    }
}
