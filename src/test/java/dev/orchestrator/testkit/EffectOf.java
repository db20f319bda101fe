package dev.orchestrator.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Claims that a test fails when a setting does nothing: it gives the setting another value than its default, through a settings
 * file, a flag, the environment or {@code Config}, and sees that the product then does something else. A test of a part that
 * is handed the value by the test itself does not claim it, since nothing there comes from the settings.
 *
 * <p>{@code SettingsEffectTest} holds these claims against the table of settings.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface EffectOf {
    /** Names as the table has them: {@code workers}, {@code claude.timeout}, {@code agents.NAME.command}. */
    String[] value();
}
