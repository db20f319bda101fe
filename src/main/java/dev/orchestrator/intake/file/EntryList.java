package dev.orchestrator.intake.file;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.ThematicBreak;

/**
 * The entries of a section that is a list. Such a section ends with its lists: text that follows them belongs to the
 * task, and must not get lost because nobody put a heading before it. Where there is no list the first paragraph or code
 * block stands for one.
 */
final class EntryList {
    private static final Pattern LIST_MARK = Pattern.compile("^\\s*([-*+]|\\d{1,9}[.)])\\s+");
    private static final Pattern TASK_MARK = Pattern.compile("^\\[[ xX]?](\\s+|$)");

    private final String text;
    private final boolean proseIsOneEntry;
    private final List<Entry> entries = new ArrayList<>();
    private int end;

    private EntryList(String text, boolean proseIsOneEntry) {
        this.text = text;
        this.proseIsOneEntry = proseIsOneEntry;
        this.end = text.length();
    }

    /** @param offset in the text of the section */
    record Entry(String text, int offset) {}

    /**
     * @param text of the section
     * @param proseIsOneEntry a paragraph is one entry, as opposed to names with commas or line breaks between them
     */
    static EntryList of(String text, boolean proseIsOneEntry) {
        EntryList list = new EntryList(text, proseIsOneEntry);
        list.readBlocks();
        return list;
    }

    /** Without the marks of lists and check boxes; never blank. */
    List<Entry> entries() {
        return entries;
    }

    /** Offset of the text that does not belong to the section any more. */
    int end() {
        return end;
    }

    private void readBlocks() {
        boolean introduced = false;
        for (Node node = Markdown.blocks(text).getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof ListBlock list) {
                addItems(list);
            } else if (isComment(node) || node.getSourceSpans().isEmpty()) {
                continue;
            } else if (introduced || !addStandIn(node)) {
                end = node instanceof ThematicBreak ? lineEnd(node) : lineStart(node);
                return;
            }
            introduced = true;
        }
    }

    private static boolean isComment(Node block) {
        return block instanceof HtmlBlock html
                && html.getLiteral().stripLeading().startsWith("<!--");
    }

    private boolean addStandIn(Node block) {
        if (block instanceof Paragraph && proseIsOneEntry) {
            addProse(block);
            return true;
        }
        if (block instanceof FencedCodeBlock code) {
            code.getLiteral().lines().forEach(line -> add(line, offset(code)));
            return true;
        }
        if (block instanceof IndentedCodeBlock || (block instanceof Paragraph && areNames(block))) {
            addLines(block);
            return true;
        }
        return false;
    }

    /** In the line of the section's name everything is meant as names; below it prose is the task's text again. */
    private boolean areNames(Node paragraph) {
        return text.lastIndexOf('\n', offset(paragraph)) < 0
                || lines(paragraph)
                        .flatMap(line -> Stream.of(line.split(",")))
                        .noneMatch(part -> part.strip().chars().anyMatch(Character::isWhitespace));
    }

    /** An introduction to a list below it, recognised by its colon, is not an entry. */
    private void addProse(Node paragraph) {
        String prose = lines(paragraph).map(String::strip).collect(Collectors.joining(" "));
        if (!prose.endsWith(":") || !(paragraph.getNext() instanceof ListBlock)) {
            add(prose, offset(paragraph));
        }
    }

    private void addLines(Node block) {
        for (SourceSpan span : block.getSourceSpans()) {
            String line = LIST_MARK.matcher(source(span)).replaceFirst("");
            for (String part : proseIsOneEntry ? List.of(line) : List.of(line.split(","))) {
                add(part, span.getInputIndex());
            }
        }
    }

    /** Nested lists are entries of their own, after the one they explain. */
    private void addItems(ListBlock list) {
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            List<ListBlock> nested = new ArrayList<>();
            List<String> own = new ArrayList<>();
            for (Node child = item.getFirstChild(); child != null; child = child.getNext()) {
                if (child instanceof ListBlock inner) {
                    nested.add(inner);
                } else {
                    String between = child instanceof Paragraph ? " " : "\n";
                    own.add(lines(child).collect(Collectors.joining(between)));
                }
            }
            add(String.join("\n", own), offset(item));
            nested.forEach(this::addItems);
        }
    }

    private void add(String entry, int offset) {
        String bare = TASK_MARK.matcher(entry.strip()).replaceFirst("").strip();
        if (!bare.isEmpty()) {
            entries.add(new Entry(bare, offset));
        }
    }

    private Stream<String> lines(Node block) {
        return block.getSourceSpans().stream().map(this::source);
    }

    private String source(SourceSpan span) {
        return text.substring(span.getInputIndex(), span.getInputIndex() + span.getLength());
    }

    private int lineStart(Node block) {
        return text.lastIndexOf('\n', offset(block) - 1) + 1;
    }

    private int lineEnd(Node block) {
        int end = text.indexOf('\n', offset(block));
        return end < 0 ? text.length() : end;
    }

    private static int offset(Node block) {
        return block.getSourceSpans().isEmpty()
                ? 0
                : block.getSourceSpans().get(0).getInputIndex();
    }
}
