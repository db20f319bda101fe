package dev.orchestrator.testkit;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The real Claude Code CLI for tests: installed once per machine through npm, run with an environment that reaches nothing but
 * a {@link ScriptedApi}.
 *
 * <p>{@code Path claude = RealClaude.require();}
 */
public final class RealClaude {
    public static final String VERSION = "2.1.330";
    private static final List<String> PASSED = List.of(
            "PATH", "LANG", "SystemRoot", "COMSPEC", "PATHEXT", "TEMP", "TMP", "TMPDIR", "CLAUDE_CODE_GIT_BASH_PATH");

    private RealClaude() {}

    /**
     * Path of the CLI's native binary, installed by the first call on a machine (about 365 MB, under
     * {@code $ORCHESTRATOR_TEST_CACHE} or {@code ~/.cache/orchestrator-tests}).
     *
     * @throws org.opentest4j.TestAbortedException when it cannot be had and this is a developer's machine: the test is skipped
     * @throws AssertionError when it cannot be had and {@code CI=true}
     */
    public static Path require() {
        return require(Installed.RESULT, "true".equals(System.getenv("CI")));
    }

    static Path require(ClaudeCache.Result result, boolean ci) {
        if (result instanceof ClaudeCache.Result.Ready ready) {
            return ready.binary();
        }
        String message = "The tests against the real Claude Code CLI did not run: "
                + ((ClaudeCache.Result.Unavailable) result).reason()
                + ". Install Node.js with npm, let it reach the npm registry, and try: npm install @anthropic-ai/claude-code@"
                + VERSION;
        if (ci) {
            throw new AssertionError(message);
        }
        System.err.println("SKIPPED: " + message);
        return Assumptions.abort(message);
    }

    /**
     * A clean environment for the CLI, or for a program that starts it.
     *
     * @param configDir the home directory of the run; sessions stay in it, so a resume needs the same one
     */
    public static Map<String, String> environment(Path configDir, ScriptedApi api) {
        Map<String, String> environment = new HashMap<>();
        PASSED.forEach(name -> environment.computeIfAbsent(name, System::getenv));
        environment.put("HOME", configDir.toString());
        environment.put("USERPROFILE", configDir.toString());
        environment.put("CLAUDE_CONFIG_DIR", configDir.resolve(".claude").toString());
        environment.put("ANTHROPIC_BASE_URL", api.url().toString());
        environment.put("ANTHROPIC_API_KEY", "test-key");
        environment.put("DISABLE_AUTOUPDATER", "1");
        environment.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        return environment;
    }

    // Tried once per JVM, so that a machine without npm does not try again for every test.
    private static final class Installed {
        static final ClaudeCache.Result RESULT = new ClaudeCache(
                        ClaudeCache.defaultRoot(), new NpmInstaller(NpmInstaller.npm(), VERSION), VERSION)
                .binary();
    }
}
