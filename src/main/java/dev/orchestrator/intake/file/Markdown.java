package dev.orchestrator.intake.file;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** The two ways in which this package parses Markdown. */
final class Markdown {
    /** Deeper nesting is taken as text, so that no visitor runs out of stack. */
    private static final int MAX_NESTING = 50;

    private static final int MAX_PLAIN = 1000;

    /** Blocks only: what is inside them is taken from the source, character by character. */
    private static final Parser BLOCKS = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .maxOpenBlockParsers(MAX_NESTING)
            .inlineParserFactory(context -> (lines, block) -> {})
            .build();

    private static final Parser FULL = Parser.builder()
            .maxOpenBlockParsers(MAX_NESTING)
            .maxInlineNesting(MAX_NESTING)
            .build();

    private Markdown() {}

    /** The blocks of {@code text} with source spans and without inline nodes. */
    static Document blocks(String text) {
        return (Document) BLOCKS.parse(text);
    }

    /** The text of {@code markdown} without marks, code fences and HTML, as one line; only its beginning is read. */
    static String plain(String markdown) {
        PlainText plain = new PlainText();
        FULL.parse(Visible.cut(markdown, MAX_PLAIN)).accept(plain);
        return plain.text.toString().strip();
    }

    private static final class PlainText extends AbstractVisitor {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void visit(Text node) {
            text.append(node.getLiteral());
        }

        @Override
        public void visit(Code node) {
            text.append(node.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak node) {
            text.append(' ');
        }

        @Override
        public void visit(HardLineBreak node) {
            text.append(' ');
        }
    }
}
