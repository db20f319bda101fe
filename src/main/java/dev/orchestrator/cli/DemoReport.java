package dev.orchestrator.cli;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.config.Home;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.TaskEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells what the demo did, from the journal, the artifact and the disk, and from nothing else. */
final class DemoReport {
    private final DemoHome demo;
    private final Home home;
    private final PrintWriter out;

    DemoReport(DemoHome demo, PrintWriter out) {
        this.demo = demo;
        this.home = demo.home();
        this.out = out;
    }

    void opening() {
        out.println("AI Task Orchestrator: one task from file to artifact, offline, with a SIMULATED agent.");
        out.println("No model is asked and nothing leaves this machine. Home: " + home.root());
        out.println();
        step("project", home.relative(demo.source()) + " has a fault:");
        out.println("      " + DemoHome.FAULTY.strip());
    }

    void dropped(String file) {
        step("dropped", file + ", which says:");
        DemoHome.TASK_TEXT.lines().forEach(line -> out.println("      " + line));
    }

    /** The events of the task, with the time since it was accepted. */
    void events() throws IOException {
        Instant[] first = new Instant[1];
        new JournalReader(home.journal()).read(new JournalReader(home.journal()).start(), (line, after) -> {
            try {
                var entry = LineFormat.decode(line);
                if (entry.event() instanceof TaskEvent event) {
                    first[0] = first[0] == null ? entry.ts() : first[0];
                    event(Duration.between(first[0], entry.ts()), event);
                }
            } catch (LineFormat.MalformedLine e) {
                out.println("      a damaged line in the journal: " + e.getMessage());
            }
        });
    }

    private void event(Duration since, TaskEvent event) {
        String at = String.format(Locale.ROOT, "%.1f s", since.toMillis() / 1000.0);
        if (event instanceof TaskEvent.TaskAccepted accepted) {
            step("accepted", "as task " + accepted.taskId());
        } else if (event instanceof TaskEvent.TaskParsed parsed) {
            step(
                    "understood",
                    "as " + parsed.type() + " (" + parsed.reason() + "); prompt of " + parsed.promptChars()
                            + " characters");
        } else if (event instanceof AttemptEvent.RunStarted run) {
            step("agent", "SIMULATED agent started as process " + run.pid());
        } else if (event instanceof AttemptEvent.ToolUsed tool) {
            String target = tool.target() == null ? "" : " " + home.relative(Path.of(tool.target()));
            out.println("      " + at + "  " + tool.tool() + target + (tool.succeeded() ? "" : " (refused)"));
        }
    }

    void change() throws IOException {
        if (!demo.isMended()) {
            step("changed", "nothing: " + home.relative(demo.source()) + " is as it was");
            return;
        }
        step("changed", home.relative(demo.source()) + ", on disk:");
        out.println("      - " + DemoHome.FAULTY.strip());
        out.println("      + " + demo.lineNow().strip());
    }

    void artifact(Artifact artifact) {
        step("reported", artifact.result());
        step("checked", verdict(artifact.validation().valid()));
        for (Artifact.Check check : artifact.validation().checks()) {
            out.println(
                    String.format(Locale.ROOT, "      %-7s  %s: %s", check.verdict(), check.name(), check.detail()));
        }
        step(
                "ended",
                artifact.status()
                        + String.format(Locale.ROOT, " after %.1f s", artifact.durationMs() / 1000.0)
                        + (artifact.error() == null
                                ? ""
                                : ": " + artifact.error().message()));
        out.println("      artifact  " + home.artifact(artifact.taskId()));
        out.println("      summary   " + home.summary(artifact.taskId()));
        out.println("      journal   " + home.journal());
        out.println("      raw run   " + home.runs(artifact.taskId()));
    }

    private static String verdict(@Nullable Boolean valid) {
        if (valid == null) {
            return "nothing, because there was no finished work to judge";
        }
        return valid ? "all checks passed:" : "a check failed:";
    }

    void closing() {
        out.println();
        out.println("This was SIMULATED: the agent is a small program in this jar that knows this one fault.");
        out.println("With the real one, in a project of yours:");
        out.println("  1. npm install -g @anthropic-ai/claude-code     then log in with: claude auth login");
        out.println("  2. orchestrator doctor                          tells what is still missing");
        out.println("  3. orchestrator run                             the daemon, in the project's directory");
        out.println("  4. orchestrator submit my.task.md --wait        or drop the file into tasks/");
        out.println(
                "`orchestrator` stands for `java -jar orchestrator.jar`; `orchestrator create-sample` prints a task file.");
        out.println("The demo's files stay in " + home.root() + " until you delete them.");
    }

    private void step(String name, String text) {
        out.println(String.format(Locale.ROOT, "%-10s  %s", name, text));
    }
}
