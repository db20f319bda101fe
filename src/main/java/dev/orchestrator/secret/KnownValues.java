package dev.orchestrator.secret;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The values that are secret: of variables whose {@linkplain SecretNames name} says so, the passwords in the URLs of all
 * variables, and those the caller knows of. {@link Ordinary} ones are left out; those of the caller only when they are short.
 *
 * <p>Of a value with several lines each long line is secret as well, for a key is seldom printed whole.
 */
final class KnownValues {
    private static final int LONG_LINE = 16;
    /** Also as a file of variables writes it that knows no line breaks in values. */
    private static final Pattern LINE_BREAK = Pattern.compile("\\R|(\\\\r)?\\\\n");

    private static final String HEADER = "-----";

    private final Set<String> values = new LinkedHashSet<>();

    private KnownValues() {}

    static Set<String> of(List<Map<String, String>> variables, Collection<String> also) {
        KnownValues known = new KnownValues();
        variables.forEach(each -> each.forEach(known::addVariable));
        also.stream()
                .map(String::strip)
                .filter(value -> !Ordinary.isShort(value))
                .forEach(known::add);
        return known.values;
    }

    private void addVariable(String name, String value) {
        if (SecretNames.include(name)) {
            addUnlessOrdinary(value.strip());
        }
        for (String password : UrlPassword.in(value)) {
            addUnlessOrdinary(password);
            addUnlessOrdinary(decoded(password));
        }
    }

    private static String decoded(String password) {
        try {
            return URLDecoder.decode(password.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return password;
        }
    }

    private void addUnlessOrdinary(String value) {
        if (!Ordinary.is(value)) {
            add(value);
        }
    }

    private void add(String value) {
        values.add(value);
        String[] lines = LINE_BREAK.split(value);
        if (lines.length > 1) {
            values.add(String.join("\n", lines));
            values.add(String.join("\r\n", lines));
            addLines(lines);
        }
    }

    /** Without the header and the end of a key, which are the same in all of them. */
    private void addLines(String[] lines) {
        for (String line : lines) {
            String bare = line.strip();
            if (bare.length() >= LONG_LINE && !bare.startsWith(HEADER)) {
                values.add(bare);
            }
        }
    }
}
