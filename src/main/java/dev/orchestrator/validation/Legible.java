package dev.orchestrator.validation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the agent said last is a text: not noise, not the same over and over, not letters that were read in the wrong charset,
 * not a form that nobody filled in. The bounds were chosen on the answers in {@code validation/corpus/calibration.yaml}.
 */
final class Legible implements Validator {
    private static final int ENOUGH_CHARACTERS = 40;
    private static final int MANY_CHARACTERS = 100;
    private static final double FEW_BITS = 2;
    private static final double HARDLY_A_BIT = 1.5;
    private static final int ENOUGH_WORDS = 20;
    private static final int MANY_WORDS = 100;
    private static final double SAME_AGAIN = 0.45;
    private static final double FEW = 0.2;

    /** Rows of tables, lines of logs and frames of stack traces are alike for good reason. */
    private static final Pattern LIST_LIKE =
            Pattern.compile("\\s*(\\||at\\s+[\\w.$/]+\\(|File \"|\\W?\\d{2,4}[-:/.]\\d\\d[-:/.]\\d\\d"
                    + "|\\W?(TRACE|DEBUG|INFO|WARN|ERROR)\\b).*");
    /** What prose puts between its words says nothing by itself; an operator, or a sign of some other kind, may be what was asked for. */
    private static final String BETWEEN_WORDS = ".,;:!?\u2026-\u2013\u2014_*`'\"()[]{}";

    private static final Pattern WANTS_A_PICTURE = Pattern.compile(
            "(?i)\\b(draw\\w*|ascii|art|diagram|board|pattern|separator|rule|progress|mask|bits?|binary|zeros?|sequence|output of)\\b");

    private static final Pattern WANTS_REPETITION = Pattern.compile("(?i)\\b(times|repeat\\w*|again|\\d{2,})\\b");
    private static final Pattern WRONG_CHARSET = Pattern.compile(
            "\u00c3[\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac\u2122\u0192\u02c6\u02dc]|\u00e2\u20ac|\u00c2[\u00a0-\u00bf]");
    private static final int CLEARLY_WRONG = 3;
    private static final char UNREADABLE = '\ufffd';
    private static final Pattern FORM = Pattern.compile(
            "(?is)\\W*(todo|tbd|n/a|null|undefined|no (content|response)|\\[object object\\]|[\\[<{]+\\s*(insert|your|add|enter|fill|write)\\b[^\\]>}]*[\\]>}]+)\\W*");
    /** A heading with nothing below it, an item with nothing in it. */
    private static final Pattern EMPTY_PART = Pattern.compile("\\s*(#{1,6}\\s.*|[-*+]\\s*(\\[.?])?\\s*|\\d+\\.\\s*)?");

    private static final Pattern ERROR_LINE = Pattern.compile("(?i)(api )?error:?\\s(?!(no|none|0)\\b)[^\n]{1,200}");
    private static final Pattern ABOUT_ERRORS =
            Pattern.compile("(?i)\\b(errors?|exceptions?|fail\\w*|messages?|logs?|prints?|output|says?|fehler\\w*)\\b");

    private static final Pattern FILLER = Pattern.compile("(?i)\\blorem ipsum\\b");
    private static final Pattern VOWEL = Pattern.compile("(?i)[aeiouyäöüàâéèêëîïôûùáíóúãõåæø]");
    private static final Pattern LATIN_WORD = Pattern.compile("[a-z]{4,}");
    private static final int ENOUGH_TO_TELL = 8;

    @Override
    public String name() {
        return "text";
    }

    @Override
    public Finding check(Evidence evidence) {
        String answer = Prose.capped(evidence.result()).strip();
        if (answer.isEmpty()) {
            return Finding.skipped("there is none");
        }
        return noWords(answer, evidence)
                .or(() -> fewCharacters(answer, evidence))
                .or(() -> sameWords(answer, evidence))
                .or(() -> unreadable(answer, evidence))
                .or(() -> leftovers(answer, evidence))
                .or(() -> noise(answer))
                .orElseGet(() -> Finding.pass("it reads like a text"));
    }

    /** A tick or a thumb is an answer. */
    private static Optional<Finding> noWords(String answer, Evidence evidence) {
        boolean says = answer.codePoints().anyMatch(Legible::saysSomething);
        return says ? Optional.empty() : Optional.of(doubted("it has no letter and no digit", evidence));
    }

    private static boolean saysSomething(int point) {
        int type = Character.getType(point);
        boolean sign = !Character.isWhitespace(point)
                && type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.UNASSIGNED
                && BETWEEN_WORDS.indexOf(point) < 0;
        return sign && point != UNREADABLE;
    }

    private static Optional<Finding> fewCharacters(String answer, Evidence evidence) {
        double bits = Entropy.ofCharacters(answer);
        if (answer.length() < ENOUGH_CHARACTERS || bits >= FEW_BITS) {
            return Optional.empty();
        }
        String detail = "it is made of a few characters that come again and again";
        // Digits may be a long number.
        boolean certain = answer.length() >= MANY_CHARACTERS
                && bits < HARDLY_A_BIT
                && answer.chars().filter(Character::isDigit).count() < FEW * answer.length();
        return Optional.of(certain ? doubted(detail, evidence) : Finding.warning(detail));
    }

    private static Optional<Finding> sameWords(String answer, Evidence evidence) {
        List<String> words = Words.of(answer.lines()
                .filter(line -> !LIST_LIKE.matcher(line).matches())
                .reduce("", (text, line) -> text + "\n" + line));
        if (words.size() < ENOUGH_WORDS || Entropy.ofWords(words) >= SAME_AGAIN) {
            return Optional.empty();
        }
        String detail = "it says the same over and over";
        boolean certain = words.size() >= MANY_WORDS
                && !Prose.of(answer).hasCode()
                && !WANTS_REPETITION.matcher(evidence.asked().whole()).find();
        return Optional.of(certain ? worthless(detail, evidence) : Finding.warning(detail));
    }

    private static Optional<Finding> unreadable(String answer, Evidence evidence) {
        long lost = answer.chars().filter(c -> c == UNREADABLE).count();
        long wrong = count(WRONG_CHARSET.matcher(Prose.of(answer).text()));
        boolean asked = WRONG_CHARSET.matcher(evidence.asked().whole()).find();
        if (lost >= CLEARLY_WRONG) {
            return Optional.of(Finding.warning(lost + " of its characters were lost"));
        }
        return wrong >= CLEARLY_WRONG && !asked
                ? Optional.of(Finding.warning("its letters were read in the wrong charset"))
                : Optional.empty();
    }

    private static long count(Matcher matcher) {
        return matcher.results().count();
    }

    private static Optional<Finding> leftovers(String answer, Evidence evidence) {
        boolean form = FORM.matcher(answer).matches() && !evidence.asked().isQuestion();
        if (form || isEmptyForm(answer)) {
            return Optional.of(Finding.warning("it is a form that nobody filled in"));
        }
        if (ERROR_LINE.matcher(answer).matches()
                && !ABOUT_ERRORS.matcher(evidence.asked().whole()).find()) {
            return Optional.of(Finding.warning("it is the message of an error"));
        }
        boolean filler = FILLER.matcher(Prose.of(answer).text()).find()
                && !FILLER.matcher(evidence.asked().whole()).find();
        return filler ? Optional.of(Finding.warning("it has text in it that only fills space")) : Optional.empty();
    }

    private static boolean isEmptyForm(String answer) {
        return answer.indexOf('\n') > 0
                && answer.lines().allMatch(line -> EMPTY_PART.matcher(line).matches());
    }

    /** Keys that somebody hit: words that nobody could say. */
    private static Optional<Finding> noise(String answer) {
        List<String> words = Words.of(Prose.of(answer).text()).stream()
                .filter(word -> LATIN_WORD.matcher(word).matches())
                .toList();
        long unspeakable =
                words.stream().filter(word -> !VOWEL.matcher(word).find()).count();
        return words.size() >= ENOUGH_TO_TELL && 2 * unspeakable > words.size()
                ? Optional.of(Finding.warning("most of its words are none"))
                : Optional.empty();
    }

    /** Lines and boxes, and a letter a hundred times, are what some tasks want. */
    private static Finding doubted(String detail, Evidence evidence) {
        String asked = evidence.asked().whole();
        boolean wanted = WANTS_REPETITION.matcher(asked).find()
                || WANTS_A_PICTURE.matcher(asked).find();
        return wanted ? Finding.warning(detail) : worthless(detail, evidence);
    }

    /** Where something was changed, the work may be good all the same. */
    private static Finding worthless(String detail, Evidence evidence) {
        return evidence.changed().isEmpty() ? Finding.error(detail) : Finding.warning(detail);
    }
}
