package dev.orchestrator.mediator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

        /** @param problem what is wrong with the file, for a person */
        record Invalid(String problem) implements Search {}
    }

    public Search find(String name) {
        if (!NAME.matcher(name).matches()) {
            return new Search.Unknown();
        }
        Path file = userDirectory.resolve(name + SUFFIX);
        try {
            return TemplateFormat.parse(name, Files.readString(file), "templates/" + name + SUFFIX);
        } catch (NoSuchFileException e) {
            return Optional.ofNullable(builtIn.get(name))
                    .<Search>map(Search.Found::new)
                    .orElseGet(Search.Unknown::new);
        } catch (IOException e) {
            return new Search.Invalid(file + " cannot be read: " + e);
        }
    }

    /** The names of all templates, sorted. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(BUILT_IN);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(userDirectory, "*" + SUFFIX)) {
            for (Path file : files) {
                String fileName = String.valueOf(file.getFileName());
                String name = fileName.substring(0, fileName.length() - SUFFIX.length());
                if (NAME.matcher(name).matches()) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // The user has none.
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot list " + userDirectory, e);
        }
        return names;
    }

    /** All that are valid, sorted by name. */
    public List<Template> all() {
        return names().stream()
                .map(this::find)
                .filter(Search.Found.class::isInstance)
                .map(found -> ((Search.Found) found).template())
                .toList();
    }

    private static Template fromJar(String name) {
        String resource = "/templates/" + name + SUFFIX;
        try (InputStream in = Templates.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (TemplateFormat.parse(name, text, "built in") instanceof Search.Found found) {
                return found.template();
            }
            throw new IllegalStateException(resource + " is not valid");
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        }
    }
}
