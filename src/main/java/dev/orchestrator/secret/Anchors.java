package dev.orchestrator.secret;

/**
 * The cheap first look: finds all of some texts in one pass, with one step a character however many there are (the automaton
 * of Aho and Corasick). Upper and lower case of ASCII are the same to it, and so are all characters that are in none of the
 * texts.
 */
final class Anchors {
    /** Told of every place where one of the texts is. */
    interface Hits {
        void hit(int anchor, int from, int to);
    }

    private final int[] lengths;
    private final byte[] classes;
    private final int[] next;
    private final int[][] found;
    private final int width;
    private final int firstFinding;

    /**
     * @param lengths of the texts; more of them is not needed
     * @param classes of each ASCII character its column; all others have column 0
     * @param next a row for each state, which is the index of its row
     * @param found of each row the texts that end there
     * @param findings how many rows, all of them at the end, have some
     */
    Anchors(int[] lengths, byte[] classes, int[] next, int[][] found, int findings) {
        this.lengths = lengths;
        this.classes = classes;
        this.next = next;
        this.found = found;
        width = next.length / found.length;
        firstFinding = (found.length - findings) * width;
    }

    void scan(String text, Hits hits) {
        int state = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            state = next[state + (c < 128 ? classes[c] : 0)];
            if (state >= firstFinding) {
                report(state / width, at + 1, hits);
            }
        }
    }

    private void report(int row, int to, Hits hits) {
        for (int anchor : found[row]) {
            hits.hit(anchor, to - lengths[anchor], to);
        }
    }
}
