package dev.orchestrator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program as a process of its own, from the classes that are tested. */
final class MainProcess {
    private MainProcess() {}

    static List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.orchestrator.Main"));
        command.addAll(List.of(args));
        return command;
    }

    static ProcessBuilder of(String... args) {
        return new ProcessBuilder(command(args));
    }
}
