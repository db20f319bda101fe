package dev.orchestrator.health;

import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigOutcome;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The settings as the daemon would have them. Loaded by the first check that needs them, so that a file that cannot be read
 * costs a check its time limit and not the command its answer. Thread-safe.
 */
final class Settings {
    private final FutureTask<ConfigOutcome> loading;

    Settings(Callable<ConfigOutcome> load) {
        loading = new FutureTask<>(load);
    }

    /** Finds something out about valid settings. */
    @FunctionalInterface
    interface Question {
        CheckResult ask(Config config) throws Exception;
    }

    ConfigOutcome outcome() throws InterruptedException, ExecutionException {
        // Does nothing but for the first who comes.
        loading.run();
        return loading.get();
    }

    /** The answer to {@code question}, which is not asked while the settings are not valid. */
    Check.Body ifValid(Question question) {
        return () -> outcome() instanceof ConfigOutcome.Loaded loaded
                ? question.ask(loaded.config())
                : CheckResult.warn(
                        "not asked, because the settings are not valid",
                        "Correct the settings first, then run `doctor` again.");
    }
}
