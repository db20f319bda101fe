package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import dev.orchestrator.config.KnownSecrets;
import dev.orchestrator.health.CheckResult;
import dev.orchestrator.health.CheckResult.Verdict;
import dev.orchestrator.health.Checks;
import dev.orchestrator.health.Doctor;
import dev.orchestrator.health.Doctor.Finding;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Redaction;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Tries whether everything that tasks need is there, and says how to mend what is not.")
final class DoctorCommand extends HomeCommand {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String MEND = "      mend it:           ";
    private static final String INDENT = " ".repeat(MEND.length());

    private final Map<String, String> environment;
    private final ThreadFactory threads;
    private final TimeSource time;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    DoctorCommand(Map<String, String> environment, ThreadFactory threads, TimeSource time) {
        this.environment = environment;
        this.threads = threads;
        this.time = time;
    }

    /** What {@code --json} prints. */
    private record Report(String schemaVersion, boolean healthy, String home, List<Line> checks) {}

    private record Line(
            String group,
            String name,
            Verdict verdict,
            String detail,
            @Nullable String remedy) {
        static Line of(Finding finding) {
            CheckResult result = finding.result();
            return new Line(
                    finding.check().group(),
                    finding.check().name(),
                    result.verdict(),
                    result.detail(),
                    result.remedy());
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Home home = homeOrNew();
        // Programs are asked, and what they answer is shown.
        Redaction redaction = new Redaction(KnownSecrets.redactor(home, Map.of(), environment));
        List<Finding> findings = new Doctor(Checks.of(home, environment, time), LIMIT, threads, time)
                .examine().stream()
                        .map(finding -> new Finding(finding.check(), redaction.of(finding.result())))
                        .toList();
        boolean healthy = count(findings, Verdict.FAIL) == 0;
        if (json) {
            Report report = new Report(
                    "1.0",
                    healthy,
                    home.root().toString(),
                    findings.stream().map(Line::of).toList());
            out().println(Json.text(Json.pretty(), report));
        } else {
            print(findings);
        }
        return (healthy ? ExitCode.DONE : ExitCode.FAILED).code();
    }

    private void print(List<Finding> findings) {
        for (Finding finding : findings) {
            CheckResult result = finding.result();
            String name = finding.check().group() + " " + finding.check().name();
            print(String.format(Locale.ROOT, "%-4s  %-17s  ", mark(result.verdict()), name), result.detail());
            if (result.remedy() != null) {
                print(MEND, result.remedy());
            }
        }
        out().println(count(findings, Verdict.FAIL) + " failed, " + count(findings, Verdict.WARN) + " to look at, "
                + count(findings, Verdict.OK) + " ok.");
    }

    /** What files and programs say is among it. */
    private void print(String head, String text) {
        String before = head;
        for (String line : Shown.safe(text).split("\n")) {
            out().println(before + line);
            before = INDENT;
        }
    }

    private static String mark(Verdict verdict) {
        return verdict == Verdict.FAIL ? "FAIL" : verdict.toString();
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream()
                .filter(finding -> finding.result().verdict() == verdict)
                .count();
    }
}
