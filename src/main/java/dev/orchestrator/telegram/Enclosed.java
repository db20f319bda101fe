package dev.orchestrator.telegram;

/** What came with a message beside its text. */
sealed interface Enclosed permits Attachment, Enclosed.Unusable {

    /** Nothing comes of the whole message: without it something else would be done. */
    record Unusable(String why) implements Enclosed {
        static final Unusable KIND =
                new Unusable("Only text, documents and photos are understood here. Nothing was done.");
        static final Unusable SEVERAL =
                new Unusable("One file can come with a task. Send one, or all in an archive. Nothing was done.");
    }
}
