package dev.orchestrator;

/** What becomes of the first process of an agent. */
enum FirstRun {
    ENDS(1),
    DIES_BEFORE_ITS_FIRST_LINE(2),
    DIES_IN_A_LINE(2),
    DIES_AFTER_ITS_FIRST_LINE(2),
    DIES_IN_ITS_RESULT(2),
    DIES_AFTER_ITS_RESULT(1),
    FAILS_AFTER_ITS_RESULT(1),
    LINGERS_AFTER_ITS_RESULT(1),
    LEAVES_A_CHILD_BEHIND(1),
    /** After some time, one that does not end when it is asked to. */
    LEAVES_A_DEAF_CHILD_BEHIND(1),
    /** Ends when a file called like that of the starts, with {@code .go} behind it, is there. */
    WAITS_TO_BE_TOLD(1);

    private final int starts;

    FirstRun(int starts) {
        this.starts = starts;
    }

    /** How often an agent has to be started until the first task is done. */
    int starts() {
        return starts;
    }
}
