package dev.orchestrator.health;

import dev.orchestrator.config.Home;
import dev.orchestrator.files.Moves;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the names that are made here are not too long: some file systems take less, and so do many programs of Windows. */
final class LongPathChecks {
    /** An id has up to 80 characters, and what is put behind it and around a temporary file has fewer than these. */
    private static final int LONGEST_NAME = 140;
    /** Of the 260 that a program of Windows can open, so many are left for the copy of a task, its id, and a file in it. */
    private static final int LONGEST_ROOT = 90;

    private final Path root;
    private final boolean isWindows;

    LongPathChecks(Home home, boolean isWindows) {
        this.root = home.root();
        this.isWindows = isWindows;
    }

    CheckResult longPaths() {
        if (!Files.isDirectory(root)) {
            return CheckResult.ok("nothing to try it with yet");
        }
        Path file = root.resolve("." + "n".repeat(LONGEST_NAME - 1));
        try {
            // One that is there was left by a doctor that was ended.
            Moves.delete(file);
            Files.createFile(file);
            Moves.delete(file);
        } catch (AccessDeniedException e) {
            return CheckResult.warn(
                    "not tried, since nothing can be written into " + root + ": permission denied",
                    "Mend what `home directory` names, then run `doctor` again.");
        } catch (IOException e) {
            return CheckResult.fail(
                    "a name of " + LONGEST_NAME + " characters cannot be made in " + root + ": " + e.getMessage(),
                    "Choose a home on another file system with --home; an encrypted one may take less.");
        }
        return isWindows && root.toString().length() > LONGEST_ROOT
                ? CheckResult.warn(
                        root + " is so long that programs may not open files in the copies below it",
                        "Choose a shorter home with --home, or let programs use long paths: reg add"
                                + " HKLM\\SYSTEM\\CurrentControlSet\\Control\\FileSystem /v LongPathsEnabled /t REG_DWORD /d 1 /f"
                                + " and `git config --global core.longpaths true`.")
                : CheckResult.ok("names of " + LONGEST_NAME + " characters can be made");
    }
}
