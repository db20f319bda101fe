package dev.orchestrator.config;

/**
 * One setting whose value is another now.
 *
 * @param setting its name
 * @param before in the form a user would write; {@code ***} for a secret, empty for none
 * @param after the same for the value in force now
 * @param source where that stands, as {@link Provenance#source}
 */
public record SettingChange(String setting, String before, String after, String source) {

    @Override
    public String toString() {
        return setting + ": " + shown(before) + " -> " + shown(after) + " (" + source + ")";
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : value;
    }
}
