package dev.orchestrator.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.orchestrator.testkit.Links;
import dev.orchestrator.validation.Finding.Severity;
import dev.orchestrator.validation.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedFilesTest {
    @TempDir
    Path temp;

    private Path directory = Path.of("");
    private final List<String> present = new ArrayList<>();

    @BeforeEach
    void lay_out() throws IOException {
        directory = Files.createDirectory(temp.toRealPath().resolve("project"));
        seen("README.md");
        seen("src/Login.java");
        seen("src/a/deep/LoginTest.java");
        seen("docs/guide/intro.md");
        ignored("target/app.jar");
        ignored("node_modules/tool/report.html");
        ignored(".git/config");
        Files.createDirectories(directory.resolve("empty"));
    }

    @ParameterizedTest
    @CsvSource({
        "README.md, true",
        "./README.md, true",
        "CHANGES.md, false",
        "src/Login.java, true",
        "src/*.java, true",
        "src/*Test.java, false",
        "src/**/Login.java, true",
        "src/**/Login*.java, true",
        "src/**/a/**/LoginTest.java, true",
        "**/LoginTest.java, true",
        "**/README.md, true",
        "src/**, true",
        "'{src,lib}/**/Login.java', true",
        "'{src/**/Login,lib/X}.java', true",
        "'src/a/**/Login{Test,IT}.java', true",
        "docs, false",
        "docs/, true",
        "docs/*, false",
        "empty, false",
        "empty/, false",
        "e*, false",
        "target/app.jar, true",
        "target/*.jar, true",
        "**/report.html, false",
        "node_modules/**/report.html, true",
        ".git/config, false",
        ".git/*, false",
        "src/[a, false"
    })
    void each_pattern_needs_a_file(String glob, boolean found) {
        Finding finding = evidence().expects(glob).check("expected_files");

        assertThat(finding.verdict()).isEqualTo(found ? Verdict.PASS : Verdict.FAIL);
        assertThat(finding.isBlocking()).isEqualTo(!found);
    }

    @Test
    void all_patterns_must_be_met_and_the_missing_ones_are_named() {
        Finding finding =
                evidence().expects("README.md", "CHANGES.md", "*.toml").check("expected_files");

        assertThat(finding.detail()).isEqualTo("no file matches CHANGES.md, *.toml");
    }

    @Test
    void a_task_that_expects_nothing_is_not_asked() {
        assertThat(evidence().check("expected_files").verdict()).isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void a_name_in_other_case_is_another_file() {
        assumeFalse(
                Files.exists(directory.resolve("readme.md")),
                "this file system takes names of either case for the same");

        assertThat(evidence().expects("readme.md").check("expected_files").isBlocking())
                .isTrue();
        assertThat(evidence().expects("r*.md").check("expected_files").isBlocking())
                .isTrue();
    }

    @Test
    void a_link_to_a_file_inside_counts_and_one_that_leads_outside_or_nowhere_does_not() throws IOException {
        Path outside = Files.writeString(temp.toRealPath().resolve("outside.txt"), "x");
        Links.symbolic(directory.resolve("in.txt"), directory.resolve("README.md"));
        Links.symbolic(directory.resolve("out.txt"), outside);
        Links.symbolic(directory.resolve("dangling.txt"), directory.resolve("not-there"));
        present.addAll(List.of("in.txt", "out.txt", "dangling.txt"));

        assertThat(evidence()
                        .expects("in.txt", "i*.txt")
                        .check("expected_files")
                        .verdict())
                .isEqualTo(Verdict.PASS);
        for (String glob : List.of("out.txt", "out.*", "dangling.txt", "dangling.*")) {
            assertThat(evidence().expects(glob).check("expected_files").isBlocking())
                    .as(glob)
                    .isTrue();
        }
    }

    @Test
    void a_file_that_was_seen_and_is_gone_again_does_not_count() throws IOException {
        Files.delete(directory.resolve("src/Login.java"));

        assertThat(evidence().expects("src/Login*").check("expected_files").isBlocking())
                .isTrue();
    }

    @Test
    void the_orchestrators_own_files_meet_no_expectation() throws IOException {
        ignored("results/earlier.json");
        EvidenceBuilder evidence = evidence().own(directory.resolve("results"));

        assertThat(evidence.expects("results/*.json").check("expected_files").isBlocking())
                .isTrue();
        assertThat(evidence.expects("results/earlier.json")
                        .check("expected_files")
                        .isBlocking())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"data/a.txt, data", "data/**/*.txt, data/private", "*.txt, data", "data/*, .", "data/sub/*, data"})
    void a_file_that_may_lie_where_nobody_could_look_is_not_proven(String glob, String unread) {
        Finding finding = evidence().expects(glob).unread(unread).check("expected_files");

        assertThat(finding.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.detail()).contains("not known");
    }

    @Test
    void an_unread_place_elsewhere_changes_nothing() {
        assertThat(evidence()
                        .expects("lib/*.txt")
                        .unread("data")
                        .check("expected_files")
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(evidence()
                        .expects("README.md")
                        .unread("data")
                        .check("expected_files")
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    private void seen(String file) throws IOException {
        ignored(file);
        present.add(file);
    }

    private void ignored(String file) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "x");
    }

    private EvidenceBuilder evidence() {
        return new EvidenceBuilder(directory).present(present.toArray(String[]::new));
    }
}
