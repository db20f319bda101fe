package dev.orchestrator.config;

import dev.orchestrator.config.Units.Unit;
import java.util.List;
import java.util.Locale;

/** Sizes in bytes as users write them: {@code 512KB}, {@code 1MB}; each unit is 1024 of the one before. */
final class Sizes {
    static final long KB = 1024;
    static final long MB = 1024 * KB;
    static final long GB = 1024 * MB;
    static final String FORM = "a size such as 64KB or 1MB";

    private static final Units UNITS = new Units(
            "a size",
            List.of(new Unit("GB", GB), new Unit("MB", MB), new Unit("KB", KB), new Unit("B", 1)),
            Sizes::withoutI);

    private Sizes() {}

    /** @throws IllegalArgumentException whose message follows the text: "is a number without a unit" */
    static long parse(String text) {
        return UNITS.parse(text);
    }

    static String print(long bytes) {
        return UNITS.print(bytes);
    }

    /** {@code mb}, {@code MiB} and {@code MB} are the same here. */
    private static String withoutI(String unit) {
        return unit.toUpperCase(Locale.ROOT).replaceFirst("^([KMG])IB$", "$1B");
    }
}
