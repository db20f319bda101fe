package dev.orchestrator.config;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole numbers with a unit: {@code 90s}, {@code 512KB}. A number alone is refused, since it means something else to everyone. */
final class Units {
    /** Fifteen digits always fit into a {@code long}; {@link #times} sees to the product. */
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,15}) ?([A-Za-z]*)");

    private final String noun;
    private final List<Unit> largestFirst;
    private final UnaryOperator<String> spelling;

    /** @param factor in terms of the smallest unit, whose own is 1 */
    record Unit(String name, long factor) {}

    /**
     * @param noun with its article, for the error
     * @param spelling turns what a user may write as a unit into its name
     */
    Units(String noun, List<Unit> largestFirst, UnaryOperator<String> spelling) {
        this.noun = noun;
        this.largestFirst = largestFirst;
        this.spelling = spelling;
    }

    /** @throws IllegalArgumentException whose message follows the text: "is not a duration" */
    long parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not " + noun);
        }
        if (matcher.group(2).isEmpty()) {
            throw new IllegalArgumentException("is a number without a unit");
        }
        return times(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
    }

    /** The number in the largest unit that leaves no fraction. */
    String print(long number) {
        for (Unit unit : largestFirst) {
            if (number != 0 && number % unit.factor() == 0) {
                return number / unit.factor() + unit.name();
            }
        }
        return number + smallest().name();
    }

    private Unit unit(String written) {
        String name = spelling.apply(written);
        return largestFirst.stream()
                .filter(unit -> unit.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("has the unknown unit " + written));
    }

    private Unit smallest() {
        return largestFirst.get(largestFirst.size() - 1);
    }

    private static long times(long number, Unit unit) {
        try {
            return Math.multiplyExact(number, unit.factor());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is too large", e);
        }
    }
}
