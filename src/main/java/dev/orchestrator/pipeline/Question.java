package dev.orchestrator.pipeline;

import dev.orchestrator.mediator.PromptComposer;
import dev.orchestrator.secret.Cut;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises an agent that asked something and stopped, before the work was done or in the midst of it. */
final class Question {
    private static final int LONGEST = 500;
    /** Stands behind the last sign of a sentence and says nothing. */
    private static final String CLOSING = "*_`\"')";
    /** Agents like to adorn the beginning of a line. */
    private static final Pattern MARKED = Pattern.compile("[\\s>*_`#-]*" + PromptComposer.QUESTION + "[\\s*_`]*(.*)");
    /** Agents like to fill in a form, too. */
    private static final Pattern NONE = Pattern.compile("(?i)(none|no|no questions|n/a)[.!]?");

    /** What is a request to whoever is there, though it is no question by its punctuation. */
    private static final Pattern REQUEST = Pattern.compile("(?is).*\\b("
            + "please (confirm|clarify|specify|let me know|tell me|grant|approve|advise|provide)"
            + "|i('d| would)? need (your |some |more )*+(permission|approval|confirmation|clarification|input|information|guidance|details)"
            + "|(waiting|wait) for your (permission|approval|confirmation|reply|answer|input|go-ahead|instructions)"
            + "|i('m| am) (not sure|unsure|confused about|unclear about|unclear) (what|which|how|about|whether|on|as to)"
            + "|let me know (if|how|which|what|whether|when|your)"
            + ")\\b.*");

    private Question() {}

    /** What {@code report} asks when its last line is marked as a question, as every prompt tells the agent to do. */
    static Optional<String> marked(String report) {
        Matcher marked = MARKED.matcher(lastLine(report));
        return marked.matches() && !NONE.matcher(marked.group(1)).matches()
                ? Optional.of(capped(marked.group(1)))
                : Optional.empty();
    }

    /** The last line of {@code report} when it is a question by its punctuation. */
    static Optional<String> in(String report) {
        String line = lastLine(report);
        return line.matches("(?s).*[?？؟]") ? Optional.of(capped(line)) : Optional.empty();
    }

    /** The last line of {@code report} when it asks somebody for something, whatever it ends with. */
    static Optional<String> request(String report) {
        String line = lastLine(report);
        return REQUEST.matcher(line).matches() ? Optional.of(capped(line)) : Optional.empty();
    }

    private static String lastLine(String report) {
        String text = report.strip();
        String line = text.substring(text.lastIndexOf('\n') + 1);
        int end = line.length();
        while (end > 0
                && (CLOSING.indexOf(line.charAt(end - 1)) >= 0 || Character.isWhitespace(line.charAt(end - 1)))) {
            end--;
        }
        return line.substring(0, end).strip();
    }

    private static String capped(String line) {
        return Cut.beginning(line, LONGEST);
    }
}
