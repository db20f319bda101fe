package dev.orchestrator.intake.file;

/**
 * One value of the front matter.
 *
 * @param text as written, without quotes and surrounding white space; never empty, no control characters
 * @param line of the file
 */
record Value(String key, String text, int line) {

    /** @param problem what follows "key: 'value'" */
    TaskRejected bad(String problem, String remedy) {
        return new TaskRejected(key + ": " + Visible.quote(text) + " " + problem, line, remedy);
    }
}
