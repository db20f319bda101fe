package dev.orchestrator.json;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * How much a look at one object by one schema may take. Both come from outside: a few lines of schema can have each of their
 * parts looked at twice as often as the one before, and a pattern can try all ways through a text. Nobody waits for such a
 * look, and nothing could stop it. For one thread.
 */
final class Effort {
    /** A second or so; the largest object that is kept needs a tenth of it. */
    private static final long MOST = 40_000_000;

    private static final long A_WORD_OF_SCHEMA = 10;
    /** Each level of it is some frames of the stack. */
    private static final int DEEPEST = 4_000;

    private long left = MOST;

    /** It was stopped; nothing is known of the object. */
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuch(String message) {
            super(message, null, false, false);
        }
    }

    private void spend(long some) {
        left -= some;
        if (left < 0) {
            throw new TooMuch("that takes too long");
        }
    }

    /** Told of each step into the schema. */
    ExecutionContext context() {
        return new ExecutionContext() {
            private int depth;

            @Override
            public void evaluationPathAddLast(String word) {
                deeper();
                super.evaluationPathAddLast(word);
            }

            @Override
            public void evaluationPathAddLast(int place) {
                deeper();
                super.evaluationPathAddLast(place);
            }

            @Override
            public void evaluationPathRemoveLast() {
                depth--;
                super.evaluationPathRemoveLast();
            }

            private void deeper() {
                spend(A_WORD_OF_SCHEMA);
                depth++;
                if (depth > DEEPEST) {
                    throw new TooMuch("that goes too deep");
                }
            }
        };
    }

    /** A pattern as the library reads it, whose every look at a character counts. */
    RegularExpression pattern(String text) {
        Pattern pattern = Pattern.compile(
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(text)));
        return value -> found(pattern, value);
    }

    private boolean found(Pattern pattern, String value) {
        try {
            return pattern.matcher(new Counted(value)).find();
        } catch (StackOverflowError e) {
            // The JDK's own way of giving up: it goes down a level for each repetition.
            throw new TooMuch("a text in it is too long for its pattern");
        }
    }

    private final class Counted implements CharSequence {
        private final String text;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            spend(1);
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
