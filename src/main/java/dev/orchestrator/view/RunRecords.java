package dev.orchestrator.view;

import dev.orchestrator.process.RunFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the raw records of a task's attempts, also while they are being written. */
public final class RunRecords {
    /** In some turns nobody works, so the numbers have gaps. */
    private static final Pattern RECORD = Pattern.compile("turn-(\\d{1,6})\\.attempt-\\d{1,6}\\..*");

    private final Path directory;

    /** @param directory of the task's runs; need not exist */
    public RunRecords(Path directory) {
        this.directory = directory;
    }

    /** The attempts of {@code turn} in order; empty when the agent was never started for it. */
    public List<RunFiles> attempts(int turn) {
        List<RunFiles> attempts = new ArrayList<>();
        RunFiles next = new RunFiles(directory, turn, 1);
        while (Files.exists(next.prompt()) || Files.exists(next.stream())) {
            attempts.add(next);
            next = new RunFiles(directory, turn, attempts.size() + 1);
        }
        return attempts;
    }

    /** The latest turn for which the agent was started; 0 when it never was. */
    public int latestTurn() {
        String[] names = Optional.ofNullable(directory.toFile().list()).orElse(new String[0]);
        return Stream.of(names)
                .map(RECORD::matcher)
                .filter(Matcher::matches)
                .mapToInt(name -> Integer.parseInt(name.group(1)))
                .max()
                .orElse(0);
    }
}
