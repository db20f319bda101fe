package dev.orchestrator.health;

import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.NameEncoding;
import dev.orchestrator.time.TimeSource;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which checks there are for a home. */
public final class Checks {
    private static final int OLDEST_JAVA = 17;

    private Checks() {}

    /** @param environment of this process */
    public static List<Check> of(Home home, Map<String, String> environment, TimeSource time) {
        Settings settings = new Settings(() -> ConfigLoader.load(home, Map.of(), environment));
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("java", "version", () -> java(Runtime.version())));
        checks.add(new Check("java", "file names", () -> names(NameEncoding.ofThisJvm())));
        FileChecks files = new FileChecks(home, FileChecks::isReadable);
        checks.addAll(new HomeChecks(home, time).all());
        checks.add(new Check("home", "files", files::readable));
        boolean isWindows = File.separatorChar == '\\';
        checks.add(new Check("home", "long paths", new LongPathChecks(home, isWindows)::longPaths));
        checks.add(new Check("home", "open to others", () -> OpenDoors.check(home, settings.outcome())));
        checks.addAll(new SettingsChecks(home, settings).all());
        checks.add(new Check("home", "templates", new TemplateChecks(home.templates())::templates));
        checks.add(ScheduleChecks.of(settings, home, time));
        checks.addAll(ClaudeChecks.all(settings, environment, home));
        checks.add(AgentChecks.of(settings, environment));
        checks.addAll(GuardChecks.all(settings, environment, time));
        checks.add(SandboxChecks.of(settings, environment, time));
        checks.addAll(OllamaChecks.of(settings));
        checks.addAll(MessengerChecks.of(settings, environment, home, time));
        checks.add(new Check("guard", "user", new UserChecks(home)::user));
        checks.add(new Check("guard", "trusted", new TrustChecks(home.trusted())::trusted));
        return checks.stream().map(files::inWords).toList();
    }

    static CheckResult names(NameEncoding encoding) {
        return encoding.limit()
                .map(limit -> CheckResult.warn(limit, NameEncoding.remedy()))
                .orElseGet(() -> CheckResult.ok("any character can be in them"));
    }

    static CheckResult java(Runtime.Version version) {
        return version.feature() >= OLDEST_JAVA
                ? CheckResult.ok(version.toString())
                : CheckResult.fail(
                        version + " is older than " + OLDEST_JAVA,
                        "Install Java " + OLDEST_JAVA + " or newer and start the jar with its `java`.");
    }
}
