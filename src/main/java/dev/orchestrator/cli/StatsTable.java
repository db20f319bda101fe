package dev.orchestrator.cli;

import dev.orchestrator.view.Ends;
import dev.orchestrator.view.Spread;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Rows of numbers below each other, and how each kind of them looks. What is not known is a dash. */
final class StatsTable {
    private static final int WIDTH = 13;
    private static final int DIGITS_OF_MONEY = 4;

    private final PrintWriter out;

    StatsTable(PrintWriter out) {
        this.out = out;
    }

    /** How one value is shown. */
    @FunctionalInterface
    interface Form<T> {
        String of(@Nullable T value);
    }

    <T extends Number> void spread(String label, Spread<T> spread, Form<T> form) {
        row(
                label,
                form.of(spread.p50()),
                form.of(spread.p90()),
                form.of(spread.p95()),
                form.of(spread.p99()),
                form.of(spread.max()),
                form.of(spread.total()));
    }

    void row(String label, String... cells) {
        StringBuilder line = new StringBuilder(label);
        for (String cell : cells) {
            line.append(" ".repeat(Math.max(1, WIDTH - cell.length()))).append(cell);
        }
        out.println(line.toString().stripTrailing());
    }

    static String duration(@Nullable Long millis) {
        // The clock of the machine may have been set back meanwhile.
        return millis == null ? "-" : Shown.duration(Math.max(0, millis));
    }

    static String number(@Nullable Long number) {
        return number == null ? "-" : Long.toString(number);
    }

    /** In hundredths of a cent; {@code --json} has all digits. */
    static String usd(@Nullable BigDecimal amount) {
        return amount == null
                ? "-"
                : "$" + amount.setScale(DIGITS_OF_MONEY, RoundingMode.HALF_UP).toPlainString();
    }

    /** {@code 97.31 %}. */
    static String rate(Ends ends) {
        return ends.successRate() == null
                ? "-"
                : ends.successRate().movePointRight(2).toPlainString() + " %";
    }
}
