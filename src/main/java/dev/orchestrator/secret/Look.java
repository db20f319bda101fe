package dev.orchestrator.secret;

/**
 * What a rule found at an anchor.
 *
 * @param from where the secret begins
 * @param to behind its last character; {@code from} when there is none
 * @param next the same rule need not look at anchors before this one, so that no character is looked at again and again
 */
record Look(int from, int to, int next) {
    static final Look NOTHING = new Look(0, 0, 0);

    static Look secret(int from, int to) {
        return new Look(from, to, to);
    }

    static Look nothingBefore(int next) {
        return new Look(0, 0, next);
    }

    boolean found() {
        return from < to;
    }
}
