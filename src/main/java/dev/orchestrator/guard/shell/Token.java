package dev.orchestrator.guard.shell;

/** What a command line consists of. */
sealed interface Token {
    /**
     * @param text without quotes
     * @param known whether bash leaves the text as it is
     */
    record Word(String text, boolean known) implements Token {}

    /** {@code && || | |&} want a command on each side, {@code ; &} and a line break one in front. */
    record Separator(String sign) implements Token {
        boolean wantsAnother() {
            return !sign.equals(";") && !sign.equals("&") && !isLineBreak();
        }

        boolean feeds() {
            return sign.equals("|") || sign.equals("|&");
        }

        boolean isLineBreak() {
            return sign.equals("\n");
        }
    }

    /** Without the number of a descriptor in front. */
    record Redirect(String sign) implements Token {
        boolean reads() {
            return sign.startsWith("<");
        }

        boolean writes() {
            return sign.contains(">");
        }

        /** Of descriptors. */
        boolean copies() {
            return sign.endsWith("&");
        }
    }
}
