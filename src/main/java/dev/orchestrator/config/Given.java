package dev.orchestrator.config;

/**
 * What one layer says about one setting.
 *
 * @param written what the user wrote
 * @param text the same in the form that the setting's own type reads; differs only for an {@link Alias}
 * @param source where it stands, as it is shown: {@code --workers}, {@code .env line 3}
 */
record Given(String setting, String written, String text, String source) {

    static Given verbatim(Setting<?> setting, String text, String source) {
        return new Given(setting.name(), text, text, source);
    }
}
