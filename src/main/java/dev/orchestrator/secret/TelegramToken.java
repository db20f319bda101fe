package dev.orchestrator.secret;

import java.util.List;

/** The number of a bot, a colon, and 35 characters, also right behind {@code bot} in the address of its interface. */
final class TelegramToken implements Rule {
    private static final int LEAST_DIGITS = 8;
    private static final int MOST_DIGITS = 10;
    private static final int LENGTH = 35;

    @Override
    public List<String> anchors() {
        return List.of("0:", "1:", "2:", "3:", "4:", "5:", "6:", "7:", "8:", "9:");
    }

    @Override
    public Look look(String text, int from, int to) {
        int start = from;
        while (to - 1 - start <= MOST_DIGITS && Ascii.DIGITS.isAt(text, start - 1)) {
            start--;
        }
        int digits = to - 1 - start;
        boolean token =
                digits >= LEAST_DIGITS && digits <= MOST_DIGITS && Ascii.TOKEN.end(text, to, LENGTH + 1) == to + LENGTH;
        return token ? Look.secret(start, to + LENGTH) : Look.NOTHING;
    }
}
