package dev.orchestrator.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a turn that calls itself done.
 *
 * @param asked what the task says
 * @param directory where the agent worked; absolute and real
 * @param readOnly the task was not to change anything
 * @param expectsChange a task of its kind changes something
 * @param hadShell the agent could run commands, whose changes it need not mention
 * @param expectedFiles globs, relative to the directory
 * @param result what the agent said last
 * @param outputSchema of an object that it was to give; null for none
 * @param output that it gave; null for none
 * @param claimed files that the agent says it wrote, as it named them
 * @param failed files that the agent tried to write and could not
 * @param unread where changes would not have been seen
 * @param changed files that are different now, relative to the directory
 * @param present files that are there now and that git does not ignore, relative to the directory
 * @param own the orchestrator's own files and directories, which are nobody's work
 */
public record Evidence(
        Asked asked,
        Path directory,
        boolean readOnly,
        boolean expectsChange,
        boolean hadShell,
        List<String> expectedFiles,
        String result,
        @Nullable String outputSchema,
        @Nullable JsonNode output,
        List<String> claimed,
        List<String> failed,
        Unread unread,
        List<String> changed,
        List<String> present,
        List<Path> own) {

    public Evidence {
        expectedFiles = List.copyOf(expectedFiles);
        claimed = List.copyOf(claimed);
        failed = List.copyOf(failed);
        changed = List.copyOf(changed);
        own = List.copyOf(own);
    }

    /** Each file that the agent says it wrote, once. */
    List<Claim> claims() {
        return claimed.stream()
                .map(said -> Claim.of(said, directory))
                .distinct()
                .toList();
    }

    /** A pass that rests on having seen everything; not known when something could not be looked into. */
    Finding passIfAllWasSeen(String detail) {
        return unread.isEmpty()
                ? Finding.pass(detail)
                : Finding.unknown(detail + " where that can be seen; the rest is " + unread);
    }

    /** The first few of {@code paths}, for a message. */
    static String some(List<String> paths) {
        int shown = Math.min(3, paths.size());
        String rest = paths.size() > shown ? " and " + (paths.size() - shown) + " more" : "";
        return String.join(", ", paths.subList(0, shown)) + rest;
    }
}
