package dev.orchestrator.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * How a value may be written: as it is, within a string of JSON (also of JSON within JSON), encoded for a URL, in Base64.
 *
 * <p>Base64 only of the value alone: within something longer, as the password is in the credentials of {@code Basic}, it
 * looks different. Not covered either: quoting of a shell, HTML, hexadecimal.
 */
final class Forms {
    private Forms() {}

    static Set<String> of(Collection<String> values) {
        Set<String> forms = new LinkedHashSet<>();
        for (String value : values) {
            forms.add(value);
            // As names and ids are folded.
            forms.add(value.toLowerCase(Locale.ROOT));
            addJson(forms, value);
            addUrl(forms, value);
            addBase64(forms, value);
        }
        return forms;
    }

    private static void addJson(Set<String> forms, String value) {
        for (JsonEscape escape : JsonEscape.ALL) {
            String once = escape.of(value);
            forms.add(once);
            forms.add(escape.of(once));
        }
    }

    private static void addUrl(Set<String> forms, String value) {
        for (UrlEscape escape : UrlEscape.ALL) {
            forms.add(escape.of(value));
        }
    }

    private static void addBase64(Set<String> forms, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        forms.add(Base64.getEncoder().encodeToString(bytes));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The same texts as they look when each byte of their UTF-8 is taken for a character. */
    static Set<String> asBytes(Collection<String> forms) {
        Set<String> bytes = new LinkedHashSet<>();
        for (String form : forms) {
            bytes.add(new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        }
        return bytes;
    }
}
