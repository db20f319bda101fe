package dev.orchestrator.mediator;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A question that asks for nothing but a word to go on. What is asked of an unattended agent is its task; that it was given the
 * task is the answer. Questions that leave a choice, and such about what cannot be undone, are for persons. Pure.
 */
final class Confirmation {
    private static final int LONGEST = 160;
    private static final String GO_ON = "(go ahead|go on|proceed|continue|carry on|start|begin)";
    private static final Pattern ASKED = Pattern.compile("(.*[,;:] )?("
            + "(shall|should|may|can|could) i (now )?" + GO_ON + "\\b.*"
            + "|(do you want|would you like) me to (now )?" + GO_ON + "\\b.*"
            + "|(is it|is this|is that|would it be|are you) (ok|okay|alright|fine|good)( with you)?( to| for me to| if i| that i)? ?"
            + GO_ON + "?.*"
            + "|(ok|okay|ready) to " + GO_ON + "\\b.*"
            + "|do i have (your )?(permission|approval|confirmation) to " + GO_ON + "\\b.*"
            + ")\\?");
    private static final Pattern NOT_FOR_RULES = Pattern.compile(
            "\\b(or|which|what|how|who|where|when|instead|rather|either|delete|remove|drop|destroy|wipe|reset|force|overwrite|"
                    + "push|publish|deploy|release|merge|migrate|send|pay|buy|install|secret|password|token|credential|production)\\b");

    private static final String GO_AHEAD =
            "Nobody is there to confirm anything; the task as it was given is your confirmation. Go on"
                    + " with what it asks for, within the rules of this run. Where it leaves a choice, take what changes least, and say in"
                    + " your report what you took and why. What is refused stays refused.";

    private Confirmation() {}

    static Optional<Answer> of(String question) {
        String plain = question.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return plain.length() <= LONGEST
                        && ASKED.matcher(plain).matches()
                        && !NOT_FOR_RULES.matcher(plain).find()
                ? Optional.of(new Answer(GO_AHEAD, Answer.BY_RULES))
                : Optional.empty();
    }
}
