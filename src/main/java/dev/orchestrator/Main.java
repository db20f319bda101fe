package dev.orchestrator;

import dev.orchestrator.cli.Cli;
import dev.orchestrator.cli.StandardOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the program begins, and the only place where it ends the process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Windows: refuse arguments that cmd.exe would read a second time. Read when the first process is started.
        System.setProperty("jdk.lang.Process.allowAmbiguousCommands", "false");
        Logging.silence();
        StandardOutput written = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = new PrintWriter(new java.io.OutputStreamWriter(written, StandardCharsets.UTF_8), true);
        PrintWriter err = new PrintWriter(new java.io.OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        int code = new Cli(System.getenv(), out, err, new LocalDaemon(), Threads.numbered("check")).run(args);
        out.flush();
        int told = written.exitCode(code, err);
        err.flush();
        System.exit(told);
    }
}
