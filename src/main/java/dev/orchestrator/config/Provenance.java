package dev.orchestrator.config;

/**
 * Where the value of a setting came from.
 *
 * @param setting its name
 * @param value in the form a user would write; {@code ***} for a secret and for what stands behind the server in an
 *     address, empty for none
 * @param source {@code --workers}, {@code environment ORCHESTRATOR_WORKERS}, {@code .env line 3},
 *     {@code orchestrator.yaml line 2} or {@code default}
 */
public record Provenance(String setting, String value, String source) {
    static final String DEFAULT = "default";

    static <T> Provenance of(Setting<T> setting, T value, String source) {
        return new Provenance(setting.name(), setting.shown(setting.type().print(value)), source);
    }
}
