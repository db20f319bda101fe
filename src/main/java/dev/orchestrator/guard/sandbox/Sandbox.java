package dev.orchestrator.guard.sandbox;

import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encloses commands where that is wanted and works, which is tried now and then rather than guessed. Thread-safe. */
public final class Sandbox {
    private static final Logger log = LoggerFactory.getLogger(Sandbox.class);
    /** To try takes some milliseconds; what the answer depends on changes when an administrator says so. */
    private static final Duration TRY_AGAIN = Duration.ofMinutes(1);

    private final Supplier<SandboxMode> mode;
    private final SandboxProbe probe;
    private final TimeSource time;
    private @Nullable Stopwatch sinceTried;
    private SandboxProbe.Answer known = new SandboxProbe.Answer.Unusable("nobody has tried yet");
    private boolean told;

    Sandbox(Supplier<SandboxMode> mode, SandboxProbe probe, TimeSource time) {
        this.mode = mode;
        this.probe = probe;
        this.time = time;
    }

    /** The one of this machine. */
    public static Sandbox ofThisMachine(Supplier<SandboxMode> mode, Map<String, String> environment, TimeSource time) {
        Programs programs = new Programs(environment, File.separatorChar == '\\');
        return new Sandbox(mode, new SandboxProbe(programs, new ProcessRunner()), time);
    }

    /** None, whatever the machine offers. */
    public static Sandbox none() {
        return ofThisMachine(() -> SandboxMode.OFF, Map.of(), TimeSource.system());
    }

    /** What becomes of a command. */
    public sealed interface Entry {
        /** @param command that runs what was asked for inside */
        record Enclosed(List<String> command) implements Entry {}

        /** It may run as it is. */
        record Open() implements Entry {}

        /** It must not run. */
        record Refused(String problem) implements Entry {}
    }

    /** Says what an enclosure is to be. Asked only when there is going to be one. */
    @FunctionalInterface
    public interface Plan {
        Enclosure enclosure() throws IOException;
    }

    public Entry enter(List<String> command, Plan plan) throws IOException, InterruptedException {
        SandboxMode wanted = mode.get();
        if (wanted == SandboxMode.OFF) {
            return new Entry.Open();
        }
        SandboxProbe.Answer answer = look();
        if (answer instanceof SandboxProbe.Answer.Usable usable) {
            return new Entry.Enclosed(Bubblewrap.command(usable.program(), plan.enclosure(), command));
        }
        String problem = ((SandboxProbe.Answer.Unusable) answer).problem();
        if (wanted == SandboxMode.REQUIRE) {
            return new Entry.Refused("there is no sandbox, and `guard.sandbox` requires one: " + problem);
        }
        tell(problem);
        return new Entry.Open();
    }

    /** As {@link #enter} where a sandbox is required, whatever the settings say: never {@link Entry.Open}. */
    public Entry require(List<String> command, Plan plan) throws IOException, InterruptedException {
        if (mode.get() == SandboxMode.OFF) {
            return new Entry.Refused("it runs in a sandbox only, and `guard.sandbox` is off");
        }
        return look() instanceof SandboxProbe.Answer.Unusable unusable
                ? new Entry.Refused("it runs in a sandbox only, and there is none: " + unusable.problem())
                : enter(command, plan);
    }

    /** Why nothing may be started; empty when something may. */
    public Optional<String> lack() throws InterruptedException {
        return mode.get() == SandboxMode.REQUIRE && look() instanceof SandboxProbe.Answer.Unusable unusable
                ? Optional.of(unusable.problem())
                : Optional.empty();
    }

    private synchronized SandboxProbe.Answer look() throws InterruptedException {
        if (sinceTried == null || sinceTried.reached(TRY_AGAIN)) {
            known = probe.ask();
            sinceTried = Stopwatch.start(time);
            told &= known instanceof SandboxProbe.Answer.Unusable;
        }
        return known;
    }

    private synchronized void tell(String problem) {
        if (!told) {
            told = true;
            log.warn(
                    "Agents run without a sandbox: {}. The guard holds all the same; what a granted command does is not"
                            + " bound by it. `guard.sandbox` says whether one is required.",
                    problem);
        }
    }
}
