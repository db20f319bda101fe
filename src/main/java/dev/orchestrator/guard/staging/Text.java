package dev.orchestrator.guard.staging;

/** Tells text from pictures. */
final class Text {
    /** What has more bytes is one piece, like a picture: more lines than anybody would read or merge. */
    static final long LARGEST = 8L << 20;

    /** As far as git looks. */
    private static final int LOOKED_AT = 8_000;

    private Text() {}

    /** As git does it: nothing but a zero byte makes it none, so that no odd character hides what was changed. */
    static boolean is(byte[] content) {
        for (int i = 0; i < Math.min(LOOKED_AT, content.length); i++) {
            if (content[i] == 0) {
                return false;
            }
        }
        return true;
    }
}
