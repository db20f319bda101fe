package dev.orchestrator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.guard.Refusal.Kind;
import dev.orchestrator.task.Access;
import dev.orchestrator.testkit.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The home is itself the directory {@code project} that the task works in, as it is by default; {@code root} may be read
 * besides.
 */
class PathPolicyTest {
    private static final Map<String, String> PARAMETERS =
            Map.of("Grep", "path", "Glob", "pattern", "NotebookEdit", "notebook_path");

    @TempDir
    Path temp;

    private Path root = Path.of("");
    private Path project = Path.of("");
    private Path outside = Path.of("");

    @BeforeEach
    void lay_out() throws IOException {
        Path real = temp.toRealPath();
        root = Files.createDirectories(real.resolve("root"));
        project = Files.createDirectories(root.resolve("project"));
        Files.createDirectories(root.resolve("other"));
        Files.createDirectories(project.resolve("tasks"));
        Files.createDirectories(project.resolve("src"));
        Files.createDirectories(project.resolve("logs/runs"));
        outside = Files.createDirectory(real.resolve("outside"));
    }

    @ParameterizedTest
    @CsvSource({
        "Write, a.txt",
        "Write, new/b.txt",
        "Write, ./src/../c.txt",
        "Edit, .github/workflows/build.yml",
        "Edit, .gitignore",
        "Edit, .gitattributes",
        "Write, .env.example",
        "Write, keys.txt",
        "Write, a:b",
        "Write, con.txt",
        "NotebookEdit, n.ipynb",
        "Read, a.txt",
        "Read, ../other/a.txt",
        "Read, tasks/a.task.md",
        "Grep, src",
        "Grep, ../other",
        "Glob, **/*.java",
        "Glob, ../other/*",
        "Glob, *.{java,kt}",
    })
    void what_is_within_bounds_is_left_to_the_agents_own_rules(String tool, String target) {
        assertThat(decision(tool, target)).isEqualTo(new Decision.Unopposed());
    }

    @ParameterizedTest
    @CsvSource({
        "Write, ../a.txt, OUTSIDE",
        "Write, new/../../a.txt, UNCLEAR",
        "Write, src/../../a.txt, OUTSIDE",
        "Write, ../other/a.txt, OUTSIDE",
        "Write, /etc/passwd, OUTSIDE",
        "Write, /proc/self/cwd/a.txt, OUTSIDE",
        "Read, /dev/fd/3, OUTSIDE",
        "Write, ~/a.txt, UNCLEAR",
        "Write, ' ', UNCLEAR",
        "Grep, ' /etc/passwd', UNCLEAR",
        "Grep, '.ssh ', UNCLEAR",
        "Read, '\u00a0a.txt', UNCLEAR",
        "Read, ../../outside/a.txt, OUTSIDE",
        "Read, /etc/passwd, OUTSIDE",
        "Grep, /etc, OUTSIDE",
        "Glob, /etc/*, OUTSIDE",
        "Glob, ../../*, OUTSIDE",
        "Glob, src/*/../../../*, UNCLEAR",
        "Glob, '{..,src}/*', UNCLEAR",
        "Write, tasks/a.task.md, OWN",
        "Write, tasks/new/a.task.md, OWN",
        "Read, logs/runs/x, OWN",
        "Read, orchestrator.yaml, OWN",
        "Edit, .git/hooks/pre-commit, PROTECTED",
        "Edit, sub/.git/config, PROTECTED",
        "Edit, sub/.git, PROTECTED",
        "Edit, .GIT/config, PROTECTED",
        "Edit, .git./config, PROTECTED",
        "Edit, '.git /config', PROTECTED",
        "Edit, git~1/config, PROTECTED",
        "Edit, .git::$INDEX_ALLOCATION/config, PROTECTED",
        "Edit, .g\u200cit/config, PROTECTED",
        "Edit, .bashrc, PROTECTED",
        "Edit, .ba\u017fhrc, PROTECTED",
        "Edit, .hu\u017fky/x, PROTECTED",
        "Edit, .hg/hgrc, PROTECTED",
        "Edit, .mcp.json, PROTECTED",
        "Edit, .claude/settings.json, PROTECTED",
        "Edit, .vscode/tasks.json, PROTECTED",
        "Read, .env, SECRET",
        "Read, sub/.ENV, SECRET",
        "Read, .env.production.local, SECRET",
        "Read, certs/server.pem, SECRET",
        "Read, ../other/.ssh/config, SECRET",
        "Read, .aws/credentials, SECRET",
        "Grep, .env, SECRET",
        "Write, .env, SECRET",
    })
    void what_is_beyond_is_refused_and_is_a_violation(String tool, String target, Kind kind) {
        Refusal refusal = refusal(tool, target);

        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.kind().isViolation()).isTrue();
        assertThat(refusal.target()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "Write, link/a.txt, OUTSIDE",
        "Read, link/new/a.txt, OUTSIDE",
        "Write, chain/a.txt, OUTSIDE",
        "Write, dangling, OUTSIDE",
        "Write, dangling/a.txt, OUTSIDE",
        "Write, file, OUTSIDE",
        "Write, inward/a.task.md, OWN",
        "Read, logs-link/runs, OWN",
        "Write, src-link/../a.txt, OUTSIDE",
        "Write, repo/config, PROTECTED",
        "Read, innocent.txt, SECRET",
        "Write, round/a.txt, UNCLEAR",
        "Glob, link/*, OUTSIDE",
    })
    void links_are_followed_before_it_is_judged(String tool, String target, Kind kind) throws IOException {
        link("link", outside);
        link("chain", project.resolve("link"));
        link("dangling", outside.resolve("not/there"));
        link("file", Files.writeString(outside.resolve("secret.txt"), "x"));
        link("inward", project.resolve("tasks"));
        link("logs-link", project.resolve("logs"));
        link("src-link", Files.createDirectories(outside.resolve("deep")));
        link("repo", Files.createDirectories(project.resolve(".git")));
        link("innocent.txt", Files.writeString(project.resolve(".env"), "KEY=1"));
        link("round", project.resolve("round"));

        assertThat(refusal(tool, target).kind()).isEqualTo(kind);
    }

    @Test
    void a_refusal_says_where_the_path_leads() throws IOException {
        link("link", outside);

        assertThat(refusal("Write", "link/a.txt").realPath()).isEqualTo(outside.resolve("a.txt"));
    }

    /** By one name or by the other: it is one file. */
    @ParameterizedTest
    @ValueSource(strings = {"tools/husky/pre-commit", ".husky/pre-commit", ".bare/config", ".bare/hooks/post-checkout"})
    void what_a_protected_name_leads_to_is_protected_too(String target) throws IOException {
        link(".husky", Files.createDirectories(project.resolve("tools/husky")));
        Files.writeString(Files.createDirectories(project.resolve(".bare")).resolve("HEAD"), "ref: refs/heads/main");
        Files.writeString(project.resolve(".git"), "gitdir: ./.bare\n");

        assertThat(refusal("Write", target).kind()).isEqualTo(Kind.PROTECTED);
        assertThat(decision("Write", "tools/a.sh")).isEqualTo(new Decision.Unopposed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"inside", "inside/new.txt"})
    void a_link_that_stays_inside_is_as_good_as_its_target(String target) throws IOException {
        link("inside", project.resolve("src"));

        assertThat(decision("Write", target)).isEqualTo(new Decision.Unopposed());
    }

    @Test
    void a_task_that_may_only_read_changes_nothing_and_that_is_no_violation() {
        Decision decision =
                policy(Access.READ).decide(use("Write", project.resolve("a.txt").toString()));

        Refusal refusal = ((Decision.Refused) decision).refusal();
        assertThat(refusal.kind()).isEqualTo(Kind.READ_ONLY);
        assertThat(refusal.kind().isViolation()).isFalse();
    }

    @Test
    void outputs_that_the_agent_put_aside_for_itself_may_be_read_and_nothing_else_there() {
        Path notes = outside.resolve("session/tool-results");

        assertThat(policy(Access.WRITE)
                        .decide(new ToolUse("t", "Read", Map.of("file_path", notes + "/1.txt"), project, notes)))
                .isEqualTo(new Decision.Unopposed());
        assertThat(policy(Access.WRITE)
                        .decide(new ToolUse("t", "Write", Map.of("file_path", notes + "/1.txt"), project, notes)))
                .isInstanceOf(Decision.Refused.class);
        assertThat(policy(Access.WRITE)
                        .decide(new ToolUse("t", "Read", Map.of("file_path", notes + "/../x"), project, notes)))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void a_line_break_in_a_path_is_refused() {
        assertThat(refusal("Grep", "\n/etc").kind()).isEqualTo(Kind.UNCLEAR);
        assertThat(refusal("Write", "a\nb").kind()).isEqualTo(Kind.UNCLEAR);
    }

    /** To follow it would take so long that nobody else is answered meanwhile. */
    @Test
    void a_path_longer_than_any_is_refused_unseen() {
        assertThat(refusal("Grep", "a/".repeat(100_000)).kind()).isEqualTo(Kind.UNCLEAR);
        assertThat(refusal("Glob", "a/".repeat(100_000) + "*").kind()).isEqualTo(Kind.UNCLEAR);
    }

    @Test
    void a_call_that_names_no_file_is_refused() {
        assertThat(policy(Access.WRITE).decide(new ToolUse("t", "Write", Map.of(), project, null)))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void where_case_is_ignored_the_orchestrators_own_is_known_in_any() {
        OwnFiles own = new OwnFiles(List.of(project.resolve("tasks")), List.of(), true);
        Policy policy = new Policy(bounds(Access.WRITE), own, new SecretFiles(SecretFiles.USUAL));

        assertThat(policy.decide(use("Write", project.resolve("TASKS/a.task.md").toString())))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void names_of_the_directory_itself_do_not_count() throws IOException {
        Path inside = Files.createDirectories(root.resolve(".claude/worktrees/.ssh"));
        Policy policy = new Policy(
                new Bounds(inside, Access.WRITE, List.of(), List.of()),
                new OwnFiles(List.of(), List.of(), false),
                new SecretFiles(SecretFiles.USUAL));

        assertThat(policy.decide(new ToolUse("t", "Write", Map.of("file_path", inside + "/a"), inside, null)))
                .isEqualTo(new Decision.Unopposed());
    }

    private Decision decision(String tool, String target) {
        return policy(Access.WRITE).decide(use(tool, target));
    }

    private Refusal refusal(String tool, String target) {
        Decision decision = decision(tool, target);
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        return ((Decision.Refused) decision).refusal();
    }

    private ToolUse use(String tool, String target) {
        return new ToolUse("t", tool, Map.of(PARAMETERS.getOrDefault(tool, "file_path"), target), project, null);
    }

    private Policy policy(Access access) {
        OwnFiles own = new OwnFiles(
                List.of(project.resolve("tasks")),
                List.of(project.resolve("logs"), project.resolve("orchestrator.yaml")),
                false);
        return new Policy(bounds(access), own, new SecretFiles(SecretFiles.USUAL));
    }

    private Bounds bounds(Access access) {
        return new Bounds(project, access, List.of(root), List.of());
    }

    private void link(String name, Path target) throws IOException {
        Links.symbolic(project.resolve(name), target);
    }
}
