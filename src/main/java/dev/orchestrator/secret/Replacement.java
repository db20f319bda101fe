package dev.orchestrator.secret;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts the mark in place of what was found. What overlaps is replaced together, so that no end of anything stays. */
final class Replacement {
    private Replacement() {}

    /** The text itself when there is nothing to be replaced. */
    static String in(String text, List<Span> found) {
        List<Span> spans = found.isEmpty() ? found : merged(replaceable(text, found));
        if (spans.isEmpty()) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        int done = 0;
        for (Span span : spans) {
            result.append(text, done, span.from()).append(span.quoted() ? '"' + Mark.TEXT + '"' : Mark.TEXT);
            done = span.to();
        }
        return result.append(text, done, text.length()).toString();
    }

    private static List<Span> replaceable(String text, List<Span> found) {
        Optional<JsonText> json = JsonText.of(text);
        return json.isEmpty()
                ? found
                : found.stream()
                        .flatMap(span -> json.get().within(span).stream())
                        .toList();
    }

    private static List<Span> merged(List<Span> spans) {
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingInt(Span::from));
        List<Span> merged = new ArrayList<>();
        for (Span span : sorted) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).overlaps(span)) {
                merged.set(last, merged.get(last).and(span));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }
}
