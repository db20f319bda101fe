package dev.orchestrator.agent.simulated;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one fault that the simulated agent knows, an average that is divided by one too few: {@code sum(x) / (len(x) - 1)}.
 *
 * @param line in which it is, counted from 1
 * @param faulty the text that is wrong
 * @param right what belongs there
 */
record KnownFault(int line, String faulty, String right) {
    private static final Pattern ONE_TOO_FEW = Pattern.compile("(sum\\((\\w+)\\) / )\\(len\\(\\2\\) - 1\\)");

    /** The first one in {@code text}. */
    static Optional<KnownFault> in(String text) {
        Matcher fault = ONE_TOO_FEW.matcher(text);
        if (!fault.find()) {
            return Optional.empty();
        }
        int line = 1
                + (int) text.substring(0, fault.start())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return Optional.of(new KnownFault(line, fault.group(), fault.group(1) + "len(" + fault.group(2) + ")"));
    }

    String mended(String text) {
        int start = text.indexOf(faulty);
        return text.substring(0, start) + right + text.substring(start + faulty.length());
    }
}
