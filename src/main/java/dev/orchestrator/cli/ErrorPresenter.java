package dev.orchestrator.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, shortly, on standard error. */
final class ErrorPresenter {
    private ErrorPresenter() {}

    static int badUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(e.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("Try `" + command.getCommandSpec().qualifiedName() + " --help`.");
        }
        return ExitCode.USAGE.code();
    }

    static int failed(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (e instanceof CommandFailed expected) {
            err.println(expected.getMessage());
            return expected.exitCode().code();
        }
        err.println("This is a fault of the orchestrator: " + e);
        e.printStackTrace(err);
        return ExitCode.INTERNAL.code();
    }
}
