package dev.orchestrator.validation;

import dev.orchestrator.files.NameCase;
import java.util.List;
import java.util.Optional;

/**
 * Each pattern of {@code expected_files} matches a file that is there now. A directory is no file; {@code docs/} stands for
 * any file below it.
 */
final class ExpectedFiles implements Validator {
    private static final String WILDCARDS = "*?[{\\";

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
                .filter(glob -> !isPresent(glob.endsWith("/") ? glob + "**" : glob, evidence))
                .toList();
        if (missing.isEmpty()) {
            return Finding.pass("all of " + Evidence.some(evidence.expectedFiles()) + " are there");
        }
        String detail = "no file matches " + Evidence.some(missing);
        return missing.stream().allMatch(glob -> evidence.unread().touches(start(glob)))
                ? Finding.unproven(detail + " where that can be seen; the rest is " + evidence.unread())
                : Finding.error(detail);
    }

    /**
     * Files that git ignores count when the pattern says in which directory they lie: {@code target/*.jar} is a thing to
     * wait for, while {@code **}{@code /*.jar} shall not be met by what some tool has left about.
     */
    private static boolean isPresent(String glob, Evidence evidence) {
        FileSearch search = new FileSearch(evidence.directory(), evidence.own());
        String start = start(glob);
        if (start.equals(glob)) {
            return search.isFile(evidence.directory().resolve(glob));
        }
        Optional<Glob> pattern = Glob.of(glob, NameCase.isIgnoredFor(evidence.directory()));
        return pattern.isPresent()
                && (evidence.present().stream()
                                .filter(pattern.get()::matches)
                                .anyMatch(path ->
                                        search.isFile(evidence.directory().resolve(path)))
                        || (!start.isEmpty()
                                && search.anyBelow(evidence.directory().resolve(start), pattern.get())));
    }

    /** The directories that {@code glob} names before its first wildcard; without a wildcard all of it. */
    private static String start(String glob) {
        int wildcard = 0;
        while (wildcard < glob.length() && WILDCARDS.indexOf(glob.charAt(wildcard)) < 0) {
            wildcard++;
        }
        return wildcard == glob.length() ? glob : glob.substring(0, Math.max(0, glob.lastIndexOf('/', wildcard)));
    }
}
