package dev.orchestrator.secret;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the secrets of a text by all rules at once: the shapes, and one rule for each known text. */
final class Finder {
    private final List<Rule> rules;
    private final Anchors anchors;
    /** Of each anchor the rule that it belongs to. */
    private final int[] owners;

    Finder(Collection<String> known) {
        rules = new ArrayList<>(Shapes.ALL);
        known.forEach(text -> rules.add(new KnownText(text)));
        List<String> texts = new ArrayList<>();
        List<Integer> owner = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            for (String anchor : rules.get(i).anchors()) {
                texts.add(anchor);
                owner.add(i);
            }
        }
        anchors = AnchorsBuilder.build(texts);
        owners = owner.stream().mapToInt(Integer::intValue).toArray();
    }

    /** In no particular order; they may overlap. */
    List<Span> find(String text) {
        Search search = new Search(text);
        anchors.scan(text, search);
        return search.spans == null ? List.of() : search.spans;
    }

    private final class Search implements Anchors.Hits {
        private final String text;
        // Most texts have no secret, and many no anchor: nothing is made for them.
        private @Nullable List<Span> spans;
        private int @Nullable [] next;

        Search(String text) {
            this.text = text;
        }

        @Override
        public void hit(int anchor, int from, int to) {
            int owner = owners[anchor];
            if (next != null && from < next[owner]) {
                return;
            }
            Look look = rules.get(owner).look(text, from, to);
            if (look.next() > 0) {
                skip(owner, look.next());
            }
            if (look.found()) {
                add(new Span(look.from(), look.to()));
            }
        }

        private void skip(int owner, int until) {
            if (next == null) {
                next = new int[rules.size()];
            }
            next[owner] = until;
        }

        private void add(Span span) {
            if (spans == null) {
                spans = new ArrayList<>();
            }
            spans.add(span);
        }
    }
}
