package dev.orchestrator.files;

import java.text.Normalizer;
import java.util.Locale;

/** Makes names out of text that came from outside. */
public final class SafeName {
    private SafeName() {}

    /**
     * Lower case letters, digits and single dashes out of {@code text}, at most {@code maxLength} of them; accents are
     * dropped, everything else becomes a dash. Empty when nothing usable is left.
     */
    public static String slug(String text, int maxLength) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        String dashed = plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = dashed.length() > maxLength ? dashed.substring(0, maxLength) : dashed;
        return cut.replaceAll("^-+|-+$", "");
    }
}
