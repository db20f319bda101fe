package dev.orchestrator.guard.shell;

import java.text.Normalizer;

/**
 * Characters that may be in a command line at all: what a person sees must be what bash reads. Refused are those that
 * cannot be seen, that are blank without being a space, or that look like a sign with a meaning (U+FF1B like a semicolon).
 */
final class PlainText {
    private static final String SIGNS = ";&|<>()$`\\\"'{}*?[]~#!= ";

    private PlainText() {}

    static void require(String text) throws NotPlain {
        if (text.length() > ShellScript.MOST_CHARACTERS) {
            throw new NotPlain("it is longer than " + ShellScript.MOST_CHARACTERS + " characters");
        }
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            requireOne(text.codePointAt(at));
        }
    }

    private static void requireOne(int character) throws NotPlain {
        if (character == '\n' || character == '\t' || (character >= ' ' && character < 0x7f)) {
            return;
        }
        if (isUnseen(character)) {
            throw new NotPlain("it contains the invisible or unusual character " + name(character));
        }
        if (looksLikeASign(character)) {
            throw new NotPlain("it contains " + name(character) + ", which looks like another character");
        }
    }

    private static boolean isUnseen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static boolean looksLikeASign(int character) {
        return Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKC)
                .chars()
                .anyMatch(c -> SIGNS.indexOf(c) >= 0);
    }

    private static String name(int character) {
        return "U+%04X".formatted(character);
    }
}
