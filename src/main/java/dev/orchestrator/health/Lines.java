package dev.orchestrator.health;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What one check has to say of several things: a line for each, of many the first. */
final class Lines {
    private static final int MOST = 8;

    private Lines() {}

    static <T> String of(List<T> all, Function<T, String> told) {
        String lines = all.stream()
                .limit(MOST)
                .map(each -> told.apply(each).strip().replaceAll("\\R", " "))
                .collect(Collectors.joining("\n"));
        return all.size() > MOST ? lines + "\nand " + (all.size() - MOST) + " more" : lines;
    }
}
