package dev.orchestrator.health;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param detail what is so, in a few words
 * @param remedy the command that mends it; null when all is well
 */
public record CheckResult(
        Verdict verdict, String detail, @Nullable String remedy) {

    /** How bad it is. */
    public enum Verdict {
        OK,
        /** Work goes on, but somebody should look. */
        WARN,
        /** Tasks cannot run, or not safely. */
        FAIL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static CheckResult ok(String detail) {
        return new CheckResult(Verdict.OK, detail, null);
    }

    static CheckResult warn(String detail, String remedy) {
        return new CheckResult(Verdict.WARN, detail, remedy);
    }

    static CheckResult fail(String detail, String remedy) {
        return new CheckResult(Verdict.FAIL, detail, remedy);
    }
}
