package dev.orchestrator.validation;

import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Each pattern of {@code expected_files} matches a file that is there now. */
final class ExpectedFiles implements Validator {
    @Override
    public String name() {
        return "expected_files";
    }

    @Override
    public Finding check(Evidence evidence) {
        if (evidence.expectedFiles().isEmpty()) {
            return Finding.skipped("the task expects no particular file");
        }
        List<String> missing = evidence.expectedFiles().stream()
                .filter(glob -> !isPresent(glob, evidence))
                .toList();
        return missing.isEmpty()
                ? Finding.pass("all of " + Evidence.some(evidence.expectedFiles()) + " are there")
                : Finding.error("no file matches " + Evidence.some(missing));
    }

    private static boolean isPresent(String glob, Evidence evidence) {
        if (glob.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
            return Files.exists(evidence.directory().resolve(glob));
        }
        FileSystem fileSystem = evidence.directory().getFileSystem();
        try {
            // `src/**/X` is commonly meant to match src/X as well, which the JDK's matcher does not do.
            PathMatcher exact = fileSystem.getPathMatcher("glob:" + glob);
            PathMatcher shallow = fileSystem.getPathMatcher("glob:" + glob.replace("**/", ""));
            return evidence.present().stream()
                    .map(fileSystem::getPath)
                    .anyMatch(path -> exact.matches(path) || shallow.matches(path));
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
