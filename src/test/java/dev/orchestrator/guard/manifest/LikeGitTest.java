package dev.orchestrator.guard.manifest;

import static dev.orchestrator.guard.manifest.WorkingDirectory.paths;
import static dev.orchestrator.guard.manifest.WorkingDirectory.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we leave out is what a real git leaves out. Skipped where there is none. */
class LikeGitTest {
    private static final List<String> NAMES = List.of("a", "b", "c.log", "d.o", "keep", "out");
    private static final List<String> PATTERNS = List.of(
            "a",
            "/a",
            "a/",
            "b",
            "*.log",
            "!c.log",
            "*.o",
            "!keep",
            "out/",
            "/out",
            "a/b",
            "a/*",
            "**/b",
            "a/**",
            "!a/keep",
            "?",
            "[bc]*",
            "# comment",
            "",
            "\\!x",
            "*",
            "!*/",
            "out/**/keep",
            "**/out/a");

    @TempDir
    Path directory;

    @TempDir
    Path empty;

    @BeforeEach
    void needGit() throws Exception {
        try {
            git("--version");
        } catch (IOException e) {
            assumeTrue(false, "no git here");
        }
    }

    @Test
    void we_see_the_files_that_git_sees() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            Path top = Files.createDirectory(directory.resolve("round" + round));
            git("init", "-q", top.toString());
            grow(top, 3, random);
            track(top, random);
            Files.writeString(top.resolve(".git/info/exclude"), rules(random));

            assertThat(paths(new ManifestScanner(List.of()).scan(top)))
                    .as("round %d", round)
                    .isEqualTo(List.copyOf(new TreeSet<>(Arrays.asList(listed(top)))));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void an_index_of_git_tells_what_a_file_held(int version) throws Exception {
        WorkingDirectory work =
                new WorkingDirectory(directory).write("src/a", "same").write("src/ab", "same");
        for (String name : List.of("src/a", "src/ab")) {
            Files.setLastModifiedTime(work.path(name), FileTime.fromMillis(1_600_000_000_123L));
        }
        git("init", "-q", directory.toString());
        git("-C", directory.toString(), "-c", "index.version=" + version, "add", ".");
        Manifest before = work.scan();
        for (String name : List.of("src/a", "src/ab")) {
            Files.setLastModifiedTime(work.path(name), FileTime.fromMillis(1_600_000_009_123L));
        }
        work.write("src/ab", "diff");

        assertThat(before.entries())
                .filteredOn(entry -> !entry.stat().equals(FileStat.GIT_DIRECTORY))
                .isNotEmpty()
                .allMatch(entry -> entry.blob() != null);
        assertThat(told(work.changesSince(before))).containsExactly("modified src/ab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--split-index", "--index-version 4", "--force-untracked-cache"})
    void a_change_to_a_tracked_file_that_is_ignored_is_seen_whatever_the_form_of_the_index(String form)
            throws Exception {
        WorkingDirectory work =
                new WorkingDirectory(directory).write(".gitignore", "ign/\n").write("ign/t", "1");
        String top = directory.toString();
        git("init", "-q", top);
        git("-C", top, "add", "-f", ".");
        git(("-C " + top + " update-index " + form).split(" "));
        Manifest before = work.scan();
        work.write("ign/t", "22");

        assertThat(told(work.changesSince(before))).containsExactly("modified ign/t");
    }

    private static void grow(Path parent, int depth, Random random) throws IOException {
        for (String name : NAMES) {
            Path path = parent.resolve(name);
            if (depth > 0 && random.nextInt(3) == 0) {
                grow(Files.createDirectory(path), depth - 1, random);
            } else if (random.nextBoolean()) {
                Files.createFile(path);
            }
        }
        if (random.nextInt(3) == 0) {
            Files.writeString(parent.resolve(".gitignore"), rules(random));
        }
    }

    private static String rules(Random random) {
        StringBuilder rules = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            rules.append(PATTERNS.get(random.nextInt(PATTERNS.size()))).append('\n');
        }
        return rules.toString();
    }

    /** Adds a few files by force, ignored or not. */
    private void track(Path top, Random random) throws Exception {
        List<String> add = new ArrayList<>(List.of("-C", top.toString(), "add", "-f", "--"));
        try (Stream<Path> files = Files.walk(top)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(top.resolve(".git")) && random.nextInt(8) == 0)
                    .forEach(file -> add.add(top.relativize(file).toString()));
        }
        if (add.size() > 5) {
            git(add.toArray(new String[0]));
        }
    }

    private String[] listed(Path top) throws Exception {
        String all = git("-C", top.toString(), "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        return all.isEmpty() ? new String[0] : all.split("\0");
    }

    private String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", empty.toString());
        builder.environment().put("XDG_CONFIG_HOME", empty.toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
