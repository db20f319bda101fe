package dev.orchestrator.secret;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hides secrets in a text, whoever put them there. What is hidden:
 *
 * <ul>
 *   <li>known values, in the {@link Forms} in which they may turn up
 *   <li>texts that have one of the well-known {@link Shapes}, known or not
 * </ul>
 *
 * <p>Each becomes {@code [redacted]}, without the name of the variable: a value may have several names, matches that overlap
 * have none in common, and who reads a log that was passed on need not learn which credentials exist. A text without quotes
 * and backslashes also needs no escaping wherever it is put.
 *
 * <p>Each text is looked at by itself: of a key whose lines come one by one only those of a known one are hidden.
 *
 * <p>JSON stays JSON: only what is inside its strings is replaced, never a part of an escape; a number becomes a string.
 * Thread-safe. Shows nothing of what it knows.
 */
public final class Redactor {
    /** Replaces nothing but well-known token shapes. */
    public static final Redactor SHAPES_ONLY = of(Map.of(), List.of());

    /**
     * What is replaced may uncover the beginning of a token that had no beginning before, and that one no other. The limit
     * keeps the time linear whatever the values are.
     */
    private static final int MOST_ROUNDS = 4;

    private volatile Known known;

    private Redactor(Set<String> values) {
        known = Known.of(values);
    }

    /** What is looked for. */
    private record Known(Set<String> values, Finder inText, Finder inBytes) {
        static Known of(Set<String> values) {
            Finder inText = new Finder(values);
            Set<String> bytes = Forms.asBytes(values);
            return new Known(values, inText, bytes.equals(values) ? inText : new Finder(bytes));
        }
    }

    /** From now on hides these too; what it knows it never forgets, for an old secret may turn up still. As for {@link #of}. */
    public synchronized void learn(List<Map<String, String>> variables, Collection<String> also) {
        if (this == SHAPES_ONLY) {
            throw new IllegalStateException("this one is everybody's and learns nothing");
        }
        Set<String> all = new HashSet<>(known.values());
        if (all.addAll(Forms.of(KnownValues.of(variables, also)))) {
            known = Known.of(all);
        }
    }

    /**
     * @param variables names and values, e.g. of the environment; of those whose NAME says that it is secret the VALUE is
     *     hidden wherever it turns up
     * @param also values that are secret whatever they are called
     */
    public static Redactor of(Map<String, String> variables, Collection<String> also) {
        return of(List.of(variables), also);
    }

    /** As {@link #of(Map, Collection)} for variables of several origins: one name may have a value in each. */
    public static Redactor of(List<Map<String, String>> variables, Collection<String> also) {
        return new Redactor(Forms.of(KnownValues.of(variables, also)));
    }

    /**
     * The same text with every secret replaced by {@code [redacted]}; the very same instance when nothing had to be
     * replaced. Doing it again changes nothing.
     */
    public String redact(String text) {
        return redact(text, known.inText());
    }

    /** For a sink that has bytes in UTF-8, e.g. a finished JSON line; the same array when nothing is to be replaced. */
    public byte[] redact(byte[] utf8) {
        // One character a byte: costs a copy and no decoding, and no byte is lost when it is not UTF-8 after all.
        String text = new String(utf8, StandardCharsets.ISO_8859_1);
        String redacted = redact(text, known.inBytes());
        return redacted.equals(text) ? utf8 : redacted.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String redact(String text, Finder finder) {
        String result = text;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            String before = result;
            result = Replacement.in(before, finder.find(before));
            if (result.equals(before)) {
                break;
            }
        }
        return result;
    }

    @Override
    public String toString() {
        return "Redactor[values hidden]";
    }
}
