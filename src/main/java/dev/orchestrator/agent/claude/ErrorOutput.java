package dev.orchestrator.agent.claude;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The line of the error output that tells why a run without a result ended. Pure. Servers, hooks and libraries write there as
 * well, and most of what they complain of ends nothing:
 *
 * <pre>
 * [warn] mcp server 'x': Failed to authenticate
 * Error: Not logged in · Please run /login
 * </pre>
 */
final class ErrorOutput {
    private ErrorOutput() {}

    /**
     * The last line that names a known fault.
     *
     * @param lastWordOnly true when no line but the very last can be about the end
     */
    static Optional<String> fault(String tail, boolean lastWordOnly) {
        List<String> lines = new ArrayList<>(tail.lines()
                .filter(Predicate.not(String::isBlank))
                .map(String::strip)
                .toList());
        Collections.reverse(lines);
        return lines.stream()
                .limit(lastWordOnly ? 1 : lines.size())
                .filter(line -> ErrorText.of(line).isPresent())
                .findFirst();
    }
}
