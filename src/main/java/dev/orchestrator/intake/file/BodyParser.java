package dev.orchestrator.intake.file;

import dev.orchestrator.task.TaskBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Markdown of a task file to title, instructions, targets, criteria and context. Text is taken from the source as it
 * stands. None gets lost: what belongs to no section is the instructions, or context where there is a prompt section.
 */
final class BodyParser {
    private static final int MAX_TITLE = 200;
    private static final int MAX_TITLE_FROM_TEXT = 80;
    private static final int LINES_FOR_TITLE = 20;
    /** Rules, empty lists, fences: marks of Markdown that say nothing on their own. */
    private static final Pattern MARKS_ONLY = Pattern.compile("[\\s\\p{Z}\\p{Cf}*_=#>`~+-]*+");

    private final String body;
    private final int firstLine;
    private final Outline outline;
    private final List<String> outside = new ArrayList<>();
    private final List<String> prompts = new ArrayList<>();
    private final List<String> background = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();
    private final List<String> criteria = new ArrayList<>();

    /** @param firstLine number of the first line of {@code body} in the file */
    BodyParser(String body, int firstLine) {
        this.body = body;
        this.firstLine = firstLine;
        this.outline = Outline.of(body);
    }

    /**
     * To be called once.
     *
     * @param stem title of last resort
     */
    ParsedBody parse(String stem) throws TaskRejected {
        List<Outline.Mark> marks = outline.marks();
        addOutside(0, marks.isEmpty() ? body.length() : marks.get(0).start());
        for (int i = 0; i < marks.size(); i++) {
            addSection(marks.get(i), i + 1 < marks.size() ? marks.get(i + 1).start() : body.length());
        }
        String instructions = instructions();
        List<String> context = new ArrayList<>(prompts.isEmpty() ? List.of() : outside);
        context.addAll(background);
        return new ParsedBody(
                title(instructions, stem), new TaskBody(instructions, targets, criteria, joined(context)));
    }

    private void addSection(Outline.Mark mark, int end) throws TaskRejected {
        switch (mark.section()) {
            case PROMPT -> prompts.add(trimmed(mark.content(), end));
            case CONTEXT -> background.add(trimmed(mark.content(), end));
            case TARGETS -> addTargets(mark.content(), end);
            case CRITERIA -> {
                EntryList list = EntryList.of(body.substring(mark.content(), end), true);
                list.entries().forEach(entry -> criteria.add(entry.text()));
                addOutside(mark.content() + list.end(), end);
            }
        }
    }

    private void addTargets(int start, int end) throws TaskRejected {
        EntryList list = EntryList.of(body.substring(start, end), false);
        for (EntryList.Entry entry : list.entries()) {
            String target = entry.text()
                    .replace("`", "")
                    .replace('\n', ' ')
                    .replace('\t', ' ')
                    .strip();
            if (target.codePoints().anyMatch(Visible::isHidden)) {
                throw new TaskRejected(
                        "The target file " + Visible.quote(target) + " holds an invisible character",
                        line(start + entry.offset()),
                        "Write the name as plain text.");
            }
            if (!target.isEmpty()) {
                targets.add(target);
            }
        }
        addOutside(start + list.end(), end);
    }

    /** What lies between sections, without the line of the title. */
    private void addOutside(int start, int end) {
        Optional<Outline.Title> title = outline.title().filter(found -> found.start() >= start && found.end() <= end);
        int cut = title.map(Outline.Title::start).orElse(end);
        int resume = title.map(Outline.Title::end).orElse(end);
        Stream.of(trimmed(start, cut), trimmed(resume, end))
                .filter(text -> !saysNothing(text))
                .forEach(outside::add);
    }

    private String instructions() throws TaskRejected {
        String text = joined(prompts.isEmpty() ? outside : prompts);
        if (!saysNothing(text)) {
            return text;
        }
        if (prompts.isEmpty() && outline.title().isPresent()) {
            return outline.title().get().text();
        }
        Integer line = outline.marks().stream()
                .filter(mark -> mark.section() == Section.PROMPT)
                .map(mark -> line(mark.start()))
                .findFirst()
                .orElse(null);
        String reason = line == null ? "The file does not say what is to be done" : "The section 'Prompt' is empty";
        throw new TaskRejected(reason, line, "Write what is to be done, as plain text or below '**Prompt:**'.");
    }

    private String title(String instructions, String stem) {
        Stream<String> heading =
                outline.title().stream().map(title -> Visible.line(Markdown.plain("# " + title.text()), MAX_TITLE));
        Stream<String> text = instructions
                .lines()
                .limit(LINES_FOR_TITLE)
                .map(line -> Visible.line(Markdown.plain(line), MAX_TITLE_FROM_TEXT));
        return Stream.of(heading, text, Stream.of(Visible.line(stem, MAX_TITLE_FROM_TEXT)))
                .flatMap(candidates -> candidates)
                .filter(candidate -> !saysNothing(candidate))
                .findFirst()
                .orElse("task");
    }

    /** The source without blank lines around it; the indentation of its first line stays. */
    private String trimmed(int start, int end) {
        int from = start;
        for (int i = start; i < end && Character.isWhitespace(body.charAt(i)); i++) {
            if (body.charAt(i) == '\n') {
                from = i + 1;
            }
        }
        return body.substring(from, end).stripTrailing();
    }

    private static String joined(List<String> texts) {
        return texts.stream().filter(text -> !text.isBlank()).collect(Collectors.joining("\n\n"));
    }

    /** An unfilled form is nothing to do: comments, blank lines, bare marks. */
    private static boolean saysNothing(String text) {
        int from = 0;
        int comment = text.indexOf("<!--");
        while (comment >= 0 && MARKS_ONLY.matcher(text.substring(from, comment)).matches()) {
            int end = text.indexOf("-->", comment);
            if (end < 0) {
                return false;
            }
            from = end + 3;
            comment = text.indexOf("<!--", from);
        }
        return MARKS_ONLY.matcher(text.substring(from)).matches();
    }

    private int line(int offset) {
        return firstLine
                + (int) body.substring(0, offset).chars().filter(c -> c == '\n').count();
    }
}
