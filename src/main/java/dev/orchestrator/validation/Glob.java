package dev.orchestrator.validation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A pattern for relative paths with {@code /} between the names: {@code *} and {@code ?} within a name, {@code **} across
 * names, {@code **}{@code /} also for no directory at all, {@code [a-c]}, {@code [!a]}, {@code {a,b}}, and {@code \} before
 * what is meant as it stands. A class of our own because the matcher of the JDK tries all ways one after the other: the agent
 * can name a file so that {@code *a*a*a*a*b} keeps it busy for years. This one is at all places of the pattern at once, so
 * its time is the length of the path times that of the pattern.
 */
public final class Glob {
    private static final IntPredicate ANY = c -> true;
    private static final IntPredicate IN_NAME = c -> c != '/';

    /** Each either takes a character and goes on to the next, or goes on to others without taking one. */
    private final List<Step> steps = new ArrayList<>();

    private final String pattern;
    private final boolean caseIgnored;
    private int at;

    private Glob(String pattern, boolean caseIgnored) {
        this.pattern = caseIgnored ? pattern.toLowerCase(Locale.ROOT) : pattern;
        this.caseIgnored = caseIgnored;
        sequence(false);
    }

    private record Step(IntPredicate takes, List<Integer> goesTo) {}

    /** Empty when {@code pattern} is none: a bracket that does not close. */
    public static Optional<Glob> of(String pattern, boolean caseIgnored) {
        try {
            return Optional.of(new Glob(pattern, caseIgnored));
        } catch (StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    public boolean matches(String path) {
        String text = caseIgnored ? path.toLowerCase(Locale.ROOT) : path;
        BitSet places = new BitSet();
        enter(0, places);
        for (int i = 0; i < text.length() && !places.isEmpty(); i++) {
            places = after(text.charAt(i), places);
        }
        return places.get(steps.size());
    }

    private BitSet after(char c, BitSet places) {
        BitSet next = new BitSet();
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            if (place < steps.size() && steps.get(place).takes().test(c)) {
                enter(place + 1, next);
            }
        }
        return next;
    }

    /** At {@code place}, and wherever one gets from there without taking a character. */
    private void enter(int place, BitSet places) {
        if (places.get(place)) {
            return;
        }
        places.set(place);
        if (place < steps.size()) {
            steps.get(place).goesTo().forEach(other -> enter(other, places));
        }
    }

    private void sequence(boolean inGroup) {
        while (at < pattern.length() && !(inGroup && (pattern.charAt(at) == ',' || pattern.charAt(at) == '}'))) {
            element();
        }
    }

    private void element() {
        char c = pattern.charAt(at++);
        switch (c) {
            case '*' -> star();
            case '?' -> take(IN_NAME);
            case '[' -> take(bracket());
            case '{' -> group();
            case '\\' -> literal(pattern.charAt(at++));
            default -> literal(c);
        }
    }

    private void literal(char literal) {
        take(c -> c == literal);
    }

    private void take(IntPredicate takes) {
        steps.add(new Step(takes, List.of()));
    }

    private void star() {
        boolean across = pattern.startsWith("*", at);
        if (across) {
            at++;
        }
        boolean directories = across && pattern.startsWith("/", at);
        int start = steps.size();
        // Past the loop: over the star's step and the way back, and over the slash if that may be missing too.
        List<Integer> onwards = new ArrayList<>();
        steps.add(new Step(c -> false, onwards));
        int loop = steps.size();
        take(across ? ANY : IN_NAME);
        jump(List.of(loop, steps.size() + 1));
        onwards.add(loop);
        onwards.add(steps.size());
        if (directories) {
            at++;
            literal('/');
            steps.get(start).goesTo().add(steps.size());
        }
    }

    private void group() {
        List<Integer> starts = new ArrayList<>();
        List<List<Integer>> ends = new ArrayList<>();
        jump(starts);
        do {
            starts.add(steps.size());
            sequence(true);
            List<Integer> end = new ArrayList<>();
            jump(end);
            ends.add(end);
        } while (pattern.charAt(at++) == ',');
        ends.forEach(end -> end.add(steps.size()));
    }

    private void jump(List<Integer> to) {
        steps.add(new Step(c -> false, to));
    }

    private IntPredicate bracket() {
        boolean not = pattern.charAt(at) == '!' || pattern.charAt(at) == '^';
        if (not) {
            at++;
        }
        IntPredicate among = c -> false;
        boolean first = true;
        while (first || pattern.charAt(at) != ']') {
            first = false;
            char low = pattern.charAt(at++);
            boolean range = pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']';
            char high = range ? pattern.charAt(at + 1) : low;
            at += range ? 2 : 0;
            among = among.or(c -> c >= low && c <= high);
        }
        at++;
        IntPredicate listed = among;
        return c -> c != '/' && listed.test(c) != not;
    }
}
