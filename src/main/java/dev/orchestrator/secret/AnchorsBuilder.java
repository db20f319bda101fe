package dev.orchestrator.secret;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/** Makes the automaton: a tree of all texts, whose missing branches lead to where the rest of what was read may go on. */
final class AnchorsBuilder {
    private static final int MISSING = -1;

    private final byte[] classes = new byte[128];
    private final List<int[]> branches = new ArrayList<>();
    private final List<List<Integer>> found = new ArrayList<>();
    private final int width;

    private AnchorsBuilder(List<String> texts) {
        width = classify(texts);
        node();
        for (int i = 0; i < texts.size(); i++) {
            add(texts.get(i), i);
        }
    }

    static Anchors build(List<String> texts) {
        AnchorsBuilder builder = new AnchorsBuilder(texts);
        builder.complete();
        return builder.table(texts);
    }

    private int classify(List<String> texts) {
        byte last = 0;
        for (char c : String.join("", texts).toCharArray()) {
            char folded = folded(c);
            if (folded < 128 && classes[folded] == 0) {
                classes[folded] = ++last;
                classes[Character.toUpperCase(folded)] = last;
            }
        }
        return last + 1;
    }

    private static char folded(char c) {
        return c >= 'A' && c <= 'Z' ? Character.toLowerCase(c) : c;
    }

    private int node() {
        int[] none = new int[width];
        Arrays.fill(none, MISSING);
        branches.add(none);
        found.add(new ArrayList<>());
        return branches.size() - 1;
    }

    private void add(String text, int anchor) {
        int at = 0;
        for (char c : text.toCharArray()) {
            int column = c < 128 ? classes[c] : 0;
            if (branches.get(at)[column] == MISSING) {
                int added = node();
                branches.get(at)[column] = added;
            }
            at = branches.get(at)[column];
        }
        found.get(at).add(anchor);
    }

    private void complete() {
        int[] fallback = new int[branches.size()];
        Queue<Integer> open = new ArrayDeque<>();
        open.add(0);
        while (!open.isEmpty()) {
            int node = open.remove();
            for (int column = 0; column < width; column++) {
                int elsewhere = node == 0 ? 0 : branches.get(fallback[node])[column];
                int child = branches.get(node)[column];
                if (child == MISSING) {
                    branches.get(node)[column] = elsewhere;
                } else {
                    fallback[child] = elsewhere;
                    found.get(child).addAll(found.get(elsewhere));
                    open.add(child);
                }
            }
        }
    }

    /** With the states that find something last, so that one comparison tells them. */
    private Anchors table(List<String> texts) {
        List<Integer> order = new ArrayList<>();
        addTo(order, false);
        int findings = branches.size() - order.size();
        addTo(order, true);
        int[] lengths = new int[texts.size()];
        Arrays.setAll(lengths, i -> texts.get(i).length());
        return new Anchors(
                lengths, classes, rows(order), order.stream().map(this::found).toArray(int[][]::new), findings);
    }

    private int[] rows(List<Integer> order) {
        int[] row = new int[order.size()];
        for (int i = 0; i < row.length; i++) {
            row[order.get(i)] = i * width;
        }
        int[] next = new int[order.size() * width];
        for (int i = 0; i < next.length; i++) {
            next[i] = row[branches.get(order.get(i / width))[i % width]];
        }
        return next;
    }

    private int[] found(int node) {
        return found.get(node).stream().mapToInt(Integer::intValue).toArray();
    }

    private void addTo(List<Integer> order, boolean finding) {
        for (int node = 0; node < branches.size(); node++) {
            if (found.get(node).isEmpty() != finding) {
                order.add(node);
            }
        }
    }
}
