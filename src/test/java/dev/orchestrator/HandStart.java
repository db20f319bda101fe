package dev.orchestrator;

import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.cli.Cli;
import dev.orchestrator.cli.DaemonRunner;
import dev.orchestrator.config.Home;
import dev.orchestrator.testkit.disk.DiskFault;
import dev.orchestrator.testkit.disk.FaultyDisk;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code run --once} as somebody calls it at a prompt, on a disk with a fault that is over when the daemon is ready. */
final class HandStart {
    private final FaultLab lab;

    HandStart(FaultLab lab) {
        this.lab = lab;
    }

    /** @param text all that was printed */
    record Outcome(int code, String text) {}

    Outcome run(FaultRoot root, DiskFault fault) {
        FaultyDisk disk = new FaultyDisk();
        disk.watch(fault);
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        DaemonRunner daemon = (request, listener) -> new LocalDaemon()
                .run(onDisk(request, new Home(disk.on(root.home().root())), root), new UntilReady(listener, fault));
        int code = new Cli(Map.of(), out, out, daemon, Thread::new).run(arguments(root));
        return new Outcome(code, text.toString());
    }

    private DaemonRunner.Request onDisk(DaemonRunner.Request request, Home home, FaultRoot root) {
        List<String> arguments = lab.scenario().agentArguments(root.starts());
        ClaudeOptions agent = new ClaudeOptions(lab.agent().toString(), arguments, List.of(), null);
        return new DaemonRunner.Request(
                home, request.settings(), request.environment(), request.once(), Optional.of(agent), true);
    }

    private String[] arguments(FaultRoot root) {
        List<String> arguments =
                new ArrayList<>(List.of("--home", root.home().root().toString(), "run", "--once"));
        DaemonLife.settings(lab.work())
                .forEach((name, value) -> arguments.addAll(List.of("--set", name + "=" + value)));
        return arguments.toArray(String[]::new);
    }

    private record UntilReady(DaemonRunner.Listener listener, DiskFault fault) implements DaemonRunner.Listener {
        @Override
        public void note(String text) {
            listener.note(text);
        }

        @Override
        public void ready() {
            fault.end();
            listener.ready();
        }
    }
}
