package dev.orchestrator.agent.run;

import dev.orchestrator.secret.Cut;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import java.util.regex.Pattern;

/** Puts what happened into a message for a person: our own plain words first, then a little of the program's. Pure. */
public final class Words {
    /** An error may quote a whole request, with whatever stands in it. */
    static final int MOST_QUOTED = 300;

    private static final Pattern COLOUR = Pattern.compile("\\x1b\\[[0-9;?]*[A-Za-z]");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+");

    private Words() {}

    /** @param quoted what the program said; may be blank */
    public static Failure failure(FailureCategory category, String what, String quoted) {
        String brief = quote(quoted);
        return Failure.of(category, brief.isEmpty() ? what : what + ": " + brief);
    }

    /** What happened, for a category whose cause was told by the program. */
    public static String plain(FailureCategory category) {
        return switch (category) {
            case USAGE_LIMIT -> "the plan's usage limit is reached";
            case RATE_LIMIT -> "the API asked for fewer requests";
            case OVERLOADED -> "the API is overloaded";
            case SERVER -> "the API had an internal error";
            case NETWORK -> "the API could not be reached, or the connection was lost";
            case AUTH -> "the credentials were refused or are missing";
            case BILLING -> "the account has no credit left, or must not spend more";
            case CONTEXT_EXHAUSTED -> "the conversation no longer fits into the model's context";
            case MAX_TURNS -> "the agent used up its turns";
            case BUDGET -> "the agent used up its budget";
            case INTERACTIVE -> "the agent waits for a decision";
            case PERMISSION -> "what the agent needed was refused";
            case MODEL -> "the model cannot be used";
            case POLICY -> "the model refused the task";
            case CONFIG -> "the request or its settings are not valid";
            case SESSION -> "the agent's session could not be used";
            case VALIDATION -> "the agent gave no output of the form that was asked for";
            case KILLED -> "the agent was stopped from outside";
            case NO_RESULT -> "the agent gave no answer";
            default -> "the agent reported an error";
        };
    }

    /** One line of at most {@link #MOST_QUOTED} characters, without control characters and colours. */
    public static String quote(String text) {
        String plain = COLOUR.matcher(text).replaceAll("");
        String line = INVISIBLE.matcher(plain).replaceAll(" ").strip();
        return line.length() <= MOST_QUOTED ? line : Cut.beginning(line, MOST_QUOTED - 1) + "…";
    }

    public static String lastLine(String text) {
        String stripped = text.strip();
        return stripped.substring(stripped.lastIndexOf('\n') + 1);
    }
}
