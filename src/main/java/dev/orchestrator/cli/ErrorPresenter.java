package dev.orchestrator.cli;

import dev.orchestrator.files.NameEncoding;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, shortly, on standard error. */
final class ErrorPresenter {
    private static final int WIDTH = 500;

    private ErrorPresenter() {}

    static int badUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        String problem = Shown.safe(String.valueOf(e.getMessage()));
        if (!toldProgram(command, problem)) {
            err.println(problem);
            if (!UnmatchedArgumentException.printSuggestions(e, err)) {
                err.println("Try `" + command.getCommandSpec().qualifiedName() + " --help`.");
            }
        }
        return ExitCode.USAGE.code();
    }

    /** True when {@code command} was asked for JSON in which it can say that it failed. */
    private static boolean toldProgram(CommandLine command, String problem) {
        if (command.getCommand() instanceof ControlCommand control && control.asJson()) {
            control.printFailure(problem);
            return true;
        }
        return false;
    }

    /**
     * What to say when the current directory has a name that Java cannot write: everything that is relative to it would be
     * looked for elsewhere.
     */
    static Optional<String> lostDirectory(String directory) {
        NameEncoding names = NameEncoding.ofThisJvm();
        return names.limit()
                .filter(limit -> !names.canName(directory))
                .map(limit -> Shown.line("The current directory " + directory + " cannot be used: " + limit, WIDTH)
                        + ".\n" + NameEncoding.remedy());
    }

    private static Optional<String> limit() {
        return NameEncoding.ofThisJvm().limit();
    }

    private static String unnameable(InvalidPathException e) {
        return Shown.line(e.getInput() + " cannot be used: " + limit().orElse(e.getReason()), WIDTH) + ".\n"
                + NameEncoding.remedy();
    }

    /** The disk and its permissions are the user's. */
    private static String unusable(FileSystemException e) {
        String reason = e instanceof AccessDeniedException ? "permission denied" : e.getReason();
        String kind = e.getClass().getSimpleName().replace("Exception", "");
        return Shown.line(e.getFile() + " cannot be used: " + (reason == null ? kind : reason), WIDTH)
                + "\nCheck --home, the permissions of this file and of its directories, and the space on its disk.";
    }

    private record Said(ExitCode code, String text) {}

    static int failed(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        Said said = said(e);
        if (!toldProgram(command, said.text())) {
            err.println(said.text());
        }
        if (said.code() == ExitCode.INTERNAL) {
            e.printStackTrace(err);
        }
        return said.code().code();
    }

    private static Said said(Exception e) {
        if (e instanceof CommandFailed expected) {
            return new Said(expected.exitCode(), Shown.safe(String.valueOf(expected.getMessage())));
        }
        if (e instanceof InvalidPathException path && limit().isPresent()) {
            return new Said(ExitCode.CONFIGURATION, unnameable(path));
        }
        Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof FileSystemException file) {
            return new Said(ExitCode.CONFIGURATION, unusable(file));
        }
        if (cause instanceof IOException) {
            return new Said(ExitCode.FAILED, Shown.line(String.valueOf(cause.getMessage()), WIDTH));
        }
        return new Said(ExitCode.INTERNAL, "This is a fault of the orchestrator: " + e);
    }
}
