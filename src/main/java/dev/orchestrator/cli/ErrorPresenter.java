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
        err.println(Shown.safe(String.valueOf(e.getMessage())));
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("Try `" + command.getCommandSpec().qualifiedName() + " --help`.");
        }
        return ExitCode.USAGE.code();
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

    private static int unnameable(InvalidPathException e, PrintWriter err) {
        err.println(Shown.line(e.getInput() + " cannot be used: " + limit().orElse(e.getReason()), WIDTH) + ".");
        err.println(NameEncoding.remedy());
        return ExitCode.CONFIGURATION.code();
    }

    /** The disk and its permissions are the user's. */
    private static String unusable(FileSystemException e) {
        String reason = e instanceof AccessDeniedException ? "permission denied" : e.getReason();
        String kind = e.getClass().getSimpleName().replace("Exception", "");
        return Shown.line(e.getFile() + " cannot be used: " + (reason == null ? kind : reason), WIDTH)
                + "\nCheck --home, the permissions of this file and of its directories, and the space on its disk.";
    }

    static int failed(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (e instanceof CommandFailed expected) {
            err.println(Shown.safe(String.valueOf(expected.getMessage())));
            return expected.exitCode().code();
        }
        if (e instanceof InvalidPathException path && limit().isPresent()) {
            return unnameable(path, err);
        }
        Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof FileSystemException file) {
            err.println(unusable(file));
            return ExitCode.CONFIGURATION.code();
        }
        if (cause instanceof IOException) {
            err.println(Shown.line(String.valueOf(cause.getMessage()), WIDTH));
            return ExitCode.FAILED.code();
        }
        err.println("This is a fault of the orchestrator: " + e);
        e.printStackTrace(err);
        return ExitCode.INTERNAL.code();
    }
}
