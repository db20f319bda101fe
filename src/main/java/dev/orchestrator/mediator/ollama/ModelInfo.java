package dev.orchestrator.mediator.ollama;

import java.util.List;
import java.util.Locale;

/** What Ollama says about its models. */
public final class ModelInfo {
    private static final String NEWEST = ":latest";

    private ModelInfo() {}

    /**
     * One it has.
     *
     * @param name with its tag
     * @param remote true when it runs elsewhere, so that what it is asked leaves this machine
     */
    public record Entry(String name, long bytes, boolean remote) {}

    /**
     * One it was asked about.
     *
     * @param contextLength the most tokens it was made for; 0 when nobody says
     * @param capabilities such as {@code completion}, {@code tools}, {@code thinking}
     */
    public record Details(long contextLength, List<String> capabilities, boolean remote) {
        public Details {
            capabilities = List.copyOf(capabilities);
        }

        /** True also when nobody says. */
        public boolean canAnswer() {
            return capabilities.isEmpty() || capabilities.contains("completion");
        }

        /** True also when nobody says. */
        public boolean canUseTools() {
            return capabilities.isEmpty() || capabilities.contains("tools");
        }
    }

    /**
     * One that is in memory.
     *
     * @param contextLength with which it was loaded; 0 when nobody says
     */
    public record Loaded(String name, long contextLength) {}

    /** True when both mean the same model: without a tag, {@code latest} is meant. */
    public static boolean isSame(String one, String other) {
        return tagged(one).equals(tagged(other));
    }

    private static String tagged(String name) {
        String folded = name.strip().toLowerCase(Locale.ROOT);
        int slash = folded.lastIndexOf('/');
        return folded.indexOf(':', slash + 1) < 0 ? folded + NEWEST : folded;
    }
}
