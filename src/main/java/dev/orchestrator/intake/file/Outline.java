package dev.orchestrator.intake.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.jspecify.annotations.Nullable;

/**
 * Where the title and the sections of a body are. A section is introduced by a heading of its name, or by a line of a
 * paragraph that starts with its name in bold:
 *
 * <pre>
 * **Target Files:**
 * - src/login.py
 * **Prompt:** Make the limit configurable.
 * </pre>
 *
 * <p>As people leave out the blank line before such a line, which makes it a part of the list above for Markdown, it also
 * counts inside a list when it is not indented. In code and HTML blocks nothing counts.
 */
final class Outline extends AbstractVisitor {
    private static final Pattern BOLD_NAME =
            Pattern.compile("\\s*(\\*\\*|__)\\s*([A-Za-z]+(?:\\s+[A-Za-z]+)?)\\s*(?::\\s*\\1|\\1\\s*:)[ \\t]*");
    private static final Pattern HEADING_MARKS = Pattern.compile("^\\s*#{1,6}(?=\\s|$)|\\s#+\\s*$");
    private static final Pattern AROUND_NAME = Pattern.compile("^[\\s*_]+|[\\s*_:]+$");

    /** Longer headings are not looked at for a name. */
    private static final int MAX_NAME = 100;

    private final String body;
    private final List<Mark> marks = new ArrayList<>();
    private @Nullable Title title;

    private Outline(String body) {
        this.body = body;
    }

    /**
     * What introduces a section.
     *
     * @param start offset of its line
     * @param content offset of the section's text, which may begin in the same line
     */
    record Mark(Section section, int start, int content) {}

    /** The first heading of level 1 from {@code start} to {@code end}, {@code text} without the marks of a heading. */
    record Title(int start, int end, String text) {}

    static Outline of(String body) {
        Outline outline = new Outline(body);
        Markdown.blocks(body).accept(outline);
        return outline;
    }

    /** In the order of the body. */
    List<Mark> marks() {
        return marks;
    }

    Optional<Title> title() {
        return Optional.ofNullable(title);
    }

    @Override
    public void visit(Paragraph paragraph) {
        boolean topLevel = paragraph.getParent() instanceof Document;
        for (SourceSpan line : paragraph.getSourceSpans()) {
            if (topLevel || line.getColumnIndex() == 0) {
                addBoldMark(line);
            }
        }
    }

    @Override
    public void visit(Heading heading) {
        List<SourceSpan> lines = heading.getSourceSpans();
        if (!(heading.getParent() instanceof Document) || lines.isEmpty()) {
            return;
        }
        int start = lineStart(lines.get(0));
        int end = end(lines.get(lines.size() - 1));
        String text = text(lines);
        Optional<Section> section = name(text);
        if (section.isPresent()) {
            marks.add(new Mark(section.get(), start, end));
        } else if (!addBoldMarks(lines) && title == null && heading.getLevel() == 1 && !text.isBlank()) {
            title = new Title(start, end, text);
        }
    }

    /** A paragraph with a line of dashes right below it is a heading for Markdown, and seldom meant as one. */
    private boolean addBoldMarks(List<SourceSpan> lines) {
        boolean found = false;
        for (SourceSpan line : lines) {
            found |= addBoldMark(line);
        }
        return found;
    }

    private boolean addBoldMark(SourceSpan line) {
        Matcher bold = BOLD_NAME.matcher(source(line));
        if (!bold.lookingAt()) {
            return false;
        }
        Optional<Section> section = Section.named(bold.group(2));
        section.ifPresent(found -> marks.add(new Mark(found, lineStart(line), line.getInputIndex() + bold.end())));
        return section.isPresent();
    }

    private static Optional<Section> name(String heading) {
        return heading.length() > MAX_NAME
                ? Optional.empty()
                : Section.named(AROUND_NAME.matcher(heading).replaceAll(""));
    }

    /** The text of a heading; the last of several lines is its underline. */
    private String text(List<SourceSpan> lines) {
        if (lines.size() == 1) {
            return HEADING_MARKS.matcher(source(lines.get(0))).replaceAll("").strip();
        }
        StringBuilder text = new StringBuilder();
        lines.subList(0, lines.size() - 1)
                .forEach(line -> text.append(source(line).strip()).append(' '));
        return text.toString().strip();
    }

    private String source(SourceSpan line) {
        return body.substring(line.getInputIndex(), end(line));
    }

    private int lineStart(SourceSpan line) {
        return body.lastIndexOf('\n', line.getInputIndex() - 1) + 1;
    }

    private static int end(SourceSpan line) {
        return line.getInputIndex() + line.getLength();
    }
}
