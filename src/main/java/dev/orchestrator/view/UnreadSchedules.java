package dev.orchestrator.view;

import dev.orchestrator.intake.file.TaskFileNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The files in {@code schedules/} of a home in which no daemon has looked at them yet: their names, and no more. */
final class UnreadSchedules {
    private static final int MOST = 1000;

    private UnreadSchedules() {}

    /**
     * By name, without {@code .task.md}; of very many some.
     *
     * @param schedules need not exist
     */
    static List<String> in(Path schedules) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(schedules)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (TaskFileNames.isTaskFile(name) && names.size() < MOST) {
                    names.add(TaskFileNames.stem(name));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        Collections.sort(names);
        return names;
    }
}
