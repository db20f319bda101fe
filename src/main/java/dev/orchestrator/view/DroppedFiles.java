package dev.orchestrator.view;

import dev.orchestrator.intake.file.TaskFileNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * What lies in {@code tasks/} under the names of task files. There can be any number of them, so counting stops at
 * {@link StatusReport#MOST_DROPPED}.
 *
 * @param files that wait to be accepted
 * @param unusable links, directories and the like, which nobody takes
 */
record DroppedFiles(int files, int unusable) {

    /** How many commands lie in {@code control}, which need not exist. */
    static int commandsIn(Path control) throws IOException {
        int commands = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(control, "[!.]*.json")) {
            for (Path entry : entries) {
                commands += Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) ? 1 : 0;
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return 0;
        }
        return commands;
    }

    /** @param tasks need not exist */
    static DroppedFiles in(Path tasks) throws IOException {
        int files = 0;
        int unusable = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(tasks)) {
            for (Path entry : entries) {
                if (files + unusable == StatusReport.MOST_DROPPED) {
                    break;
                }
                if (TaskFileNames.isTaskFile(String.valueOf(entry.getFileName()))) {
                    boolean isFile = Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS);
                    files += isFile ? 1 : 0;
                    unusable += isFile ? 0 : 1;
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new DroppedFiles(0, 0);
        }
        return new DroppedFiles(files, unusable);
    }
}
