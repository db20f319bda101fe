package dev.orchestrator.mediator;

import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Understands a request by rules: no network, the same answer every time. A type that the user named stands; otherwise the
 * first words that speak for one decide, and what speaks for none is a {@code custom} task.
 */
public final class RuleMediator implements Mediator {
    private static final String CUSTOM = "custom";
    /** Which words speak for which type; the first rule that fits decides, so the narrower ones come first. */
    private static final List<Rule> RULES = List.of(
            new Rule("code_review", "(code )?review\\b"),
            new Rule("summarize", "(summari[sz]e|summary|tl;?dr)\\b"),
            new Rule("documentation", "(document|documentation|docs|readme|javadoc|docstrings?)\\b"),
            new Rule("bug_fix", "(fix(es)?|bugs?|bugfix|repair|debug|broken|crash(es)?|regression)\\b"),
            new Rule("analyze", "(analy[sz]e|analysis|explain|investigate|understand|inspect)\\b"),
            new Rule("analyze", "(what|why|how|where|which|who|when|does|is|are|list|describe|find|count)\\b"));

    private record Rule(String type, Pattern start) {
        Rule(String type, String words) {
            this(type, Pattern.compile("^\\W*((please|can you|could you)\\s+)*+" + words));
        }
    }

    @Override
    public Optional<Understanding> understand(TaskSpec spec, TaskBody body, Errand errand) {
        return Optional.of(understand(spec, body));
    }

    /** The same without anybody who waits for it. */
    public Understanding understand(TaskSpec spec, TaskBody body) {
        return spec.type() != null
                ? Understanding.byRules(spec.type(), "the task names its type")
                : Understanding.byRules(typeOf(spec.title(), body.instructions()), "no type given; told by its words");
    }

    /** To what only asks for a word to go on. */
    @Override
    public Optional<Answer> answer(String question, String title, TaskBody body, Errand errand) {
        return Confirmation.of(question);
    }

    /** The agent's own report is the best that rules can do. */
    @Override
    public Optional<Summary> summarize(String title, String said, Errand errand) {
        return Optional.empty();
    }

    /** Rules know words, not what they mean. */
    @Override
    public Optional<List<Judgement>> judge(List<String> criteria, String said, List<String> changed, Errand errand) {
        return Optional.of(Judgement.unjudged(criteria, "no model judges here"));
    }

    private static String typeOf(String title, String instructions) {
        String heading = title.toLowerCase(Locale.ROOT);
        String start = instructions.strip().toLowerCase(Locale.ROOT);
        return RULES.stream()
                .filter(rule -> rule.start.matcher(heading).find()
                        || rule.start.matcher(start).find())
                .map(Rule::type)
                .findFirst()
                .orElse(CUSTOM);
    }
}
