package dev.orchestrator.config;

import java.util.function.UnaryOperator;

/**
 * A variable by which others know one of our settings.
 *
 * @param variable its name in the environment or in {@code .env}
 * @param difference how its values differ from those of the setting, as a sentence; empty when they do not
 * @param translation from its values to those of the setting; leaves alone what it does not understand, so that the
 *     setting's own type refuses it
 */
record Alias(String variable, String difference, UnaryOperator<String> translation) {

    static Alias same(String variable) {
        return new Alias(variable, "", UnaryOperator.identity());
    }

    static Alias seconds(String variable) {
        return new Alias(variable, "A number of seconds.", text -> text.matches("[0-9]+") ? text + "s" : text);
    }

    static Alias zeroIsNone(String variable) {
        return new Alias(variable, "0 sets no limit.", text -> text.matches("0+") ? "" : text);
    }
}
