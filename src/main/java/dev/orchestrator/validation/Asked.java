package dev.orchestrator.validation;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was asked for, in the user's own words.
 *
 * @param title of the task
 * @param instructions what to do; blank when nobody knows any more
 * @param background what else the task says: context, criteria
 * @param files that the task names in a list of its own
 */
public record Asked(String title, String instructions, String background, List<String> files) {
    private static final Pattern FILE =
            Pattern.compile("(?<![\\p{L}\\p{N}_-])[\\p{L}\\p{N}_-]++(?:[./\\\\][\\p{L}\\p{N}_-]++)++");
    private static final Pattern QUESTION = Pattern.compile(
            "(?iuU)\\?\\s*$|^\\W*(?:is|are|was|were|has|have|does|do|did|what|which|who|why|where|when|how|can|ist|sind|hat|was|wie|warum|welche\\w*)\\b");

    public Asked {
        files = List.copyOf(files);
    }

    boolean isKnown() {
        return !instructions.isBlank();
    }

    /** True when it wants to know something: then also a single word can be all that there is to say. */
    boolean isQuestion() {
        return Stream.of(title, instructions)
                .anyMatch(text -> QUESTION.matcher(Prose.capped(text).strip()).find());
    }

    /** Everything that the task says, files too; of a very long one its beginning and its end. */
    String whole() {
        return Prose.capped(String.join("\n", title, instructions, background, String.join("\n", files)));
    }

    /** True when it is about what stands in a file: then its own words need not have anything to do with the answer. */
    boolean namesFile() {
        return !files.isEmpty()
                || FILE.matcher(Prose.capped(title + "\n" + instructions)).find();
    }
}
