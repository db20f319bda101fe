package dev.orchestrator.guard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.process.Command;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.RealSandbox;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a program in the sandbox sees and what it can do, with tiny programs. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "platform: there is no sandbox elsewhere")
class SandboxTest {
    private static final Map<String, String> PATH =
            Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));

    @TempDir
    Path temp;

    private Path root;
    private Path work;

    @BeforeEach
    void lay_out() throws Exception {
        root = temp.toRealPath();
        work = Files.createDirectory(root.resolve("work"));
    }

    @Test
    void a_program_keeps_its_exit_code_and_its_output() throws Exception {
        Command.Result.Ended ended = run(enclosure(List.of(), List.of(), List.of()), "echo said; exit 42");

        assertThat(ended.exitCode()).isEqualTo(42);
        assertThat(ended.stdout()).isEqualTo("said\n");
    }

    @Test
    void the_trial_of_doctor_finds_nothing_wrong() throws Exception {
        RealSandbox.require();
        Path directory = Files.createDirectory(root.resolve("trial"));
        Path program = ((SandboxProbe.Answer.Usable) probe(PATH).ask()).program();

        assertThat(new SandboxTrial(program, new ProcessRunner(), TimeSource.system())
                        .in(directory, root.hashCode() & Integer.MAX_VALUE))
                .isEmpty();
    }

    @Test
    void the_longer_path_decides() throws Exception {
        Path state = Files.createDirectories(work.resolve("state"));
        Files.writeString(state.resolve("secret"), "secret");
        Path stage = Files.createDirectories(state.resolve("runs/stage"));
        Path fixed = Files.writeString(work.resolve("fixed"), "as it was");

        Command.Result.Ended ended = run(
                enclosure(List.of(work, stage), List.of(fixed), List.of(state)),
                "cat state/secret; echo x > state/runs/stage/x; echo x > state/y; echo x > fixed; echo x > z; rm fixed");

        assertThat(ended.stdout()).isEmpty();
        assertThat(stage.resolve("x")).exists();
        assertThat(state.resolve("y")).doesNotExist();
        assertThat(fixed).hasContent("as it was");
        assertThat(work.resolve("z")).exists();
    }

    @Test
    void names_with_odd_characters_and_links_are_what_they_are() throws Exception {
        Path odd = Files.createDirectory(work.resolve("a b\n'\"$*\u00e4-"));
        Path secret = Files.writeString(odd.resolve("--bind"), "secret");
        Path outside = Files.writeString(root.resolve("outside"), "as it was");
        Files.createSymbolicLink(odd.resolve("link"), outside);

        Command.Result.Ended ended = run(
                enclosure(List.of(work), List.of(odd.resolve("link")), List.of(secret, odd.resolve("not there"))),
                "cd a*; cat -- --bind; echo x > link; echo x > ok");

        assertThat(ended.stdout()).isEmpty();
        assertThat(outside).hasContent("as it was");
        assertThat(odd.resolve("ok")).exists();
        assertThat(odd.resolve("not there")).doesNotExist();
    }

    @Test
    void what_is_made_in_a_layer_is_the_programs_own_and_its_entries_stay_as_they_are() throws Exception {
        Path home = Files.createDirectory(root.resolve("home"));
        Files.writeString(home.resolve("profile"), "as it was");
        Files.writeString(home.resolve("key"), "secret");
        Files.createSymbolicLink(home.resolve("link"), Path.of("profile"));
        Enclosure enclosure = new Enclosure(
                work,
                List.of(),
                List.of(work),
                List.of(home),
                List.of(),
                List.of(),
                List.of(home.resolve("key")),
                Map.of());

        Command.Result.Ended ended = run(
                enclosure,
                "cd ../home; mkdir lock && echo made; echo x > profile; echo x > link; cat link; test -e key || echo no key");

        assertThat(ended.stdout()).isEqualTo("made\nas it wasno key\n");
        assertThat(home.resolve("lock")).doesNotExist();
        assertThat(home.resolve("profile")).hasContent("as it was");
    }

    /** What else git keeps in there has to be written for that. */
    @Test
    void a_commit_works_where_hooks_and_settings_of_the_repository_are_fixed() throws Exception {
        run(enclosure(List.of(work), List.of(), List.of()), "git init -q . && mkdir -p .git/hooks");
        Sensitive sensitive = Sensitive.in(work, new SecretFiles(SecretFiles.USUAL), List.of());
        List<Path> writable = List.of(work, sensitive.pinned().get(0));

        Command.Result.Ended ended = run(
                enclosure(writable, sensitive.protectedOnes(), List.of()),
                "echo x > a; git add a && git -c user.name=a -c user.email=a@b commit -q -m a && git log --format=%s;"
                        + " git config core.fsmonitor ./evil; touch .git/hooks/post-commit; mv .git .other");

        assertThat(ended.stdout()).isEqualTo("a\n");
        assertThat(work.resolve(".git/hooks/post-commit")).doesNotExist();
        assertThat(work.resolve(".git/config")).content().doesNotContain("evil");
        assertThat(work.resolve(".other")).doesNotExist();
    }

    /** Its mounts move along with the directory, and another repository would stand in its place. */
    @Test
    void the_directory_around_a_repository_further_down_cannot_be_moved() throws Exception {
        Path git =
                Files.createDirectories(work.resolve("libs/inner/.git/hooks")).getParent();
        Files.writeString(git.resolve("config"), "as it was");
        Sensitive sensitive = Sensitive.in(work, new SecretFiles(SecretFiles.USUAL), List.of());
        List<Path> writable = new ArrayList<>(List.of(work));
        writable.addAll(sensitive.pinned());
        Enclosure enclosure = new Enclosure(
                work,
                List.of(work.resolve("libs")),
                writable,
                List.of(),
                List.of(),
                sensitive.protectedOnes(),
                List.of(),
                Map.of());

        run(
                enclosure,
                "mv libs/inner libs/other; mv libs others; mkdir -p libs/inner/.git; echo evil > libs/inner/.git/config");

        assertThat(git.resolve("config")).hasContent("as it was");
        assertThat(work.resolve("libs/other")).doesNotExist();
        assertThat(work.resolve("others")).doesNotExist();
    }

    @Test
    void what_names_programs_in_submodules_and_work_trees_is_fixed_whatever_they_are_called() throws Exception {
        Path module = Files.createDirectories(work.resolve(".git/modules/libs/inner/modules/deep/hooks"));
        Path hooks = Files.createDirectories(work.resolve(".git/modules/libs/inner/hooks"));
        Path tree = Files.createDirectories(work.resolve(".git/worktrees/other"));
        Files.writeString(tree.resolve("HEAD"), "x");
        Files.writeString(tree.resolve("commondir"), "../..");
        Files.writeString(hooks.resolveSibling("config"), "x");
        Files.writeString(module.resolveSibling("config"), "x");

        List<Path> fixed = Sensitive.ofGit(work.resolve(".git"));

        assertThat(fixed)
                .contains(module, hooks, hooks.resolveSibling("config"), tree.resolve("commondir"))
                .doesNotContain(work.resolve(".git/modules/libs/inner/objects"));
    }

    @Test
    void what_is_done_in_a_directory_for_temporary_files_stays_where_that_is_meant() throws Exception {
        Path temporary = Path.of("/tmp").toRealPath();
        Path made = temporary.resolve("orchestrator-test-" + root.getFileName());
        try {
            run(enclosure(List.of(work, temporary), List.of(), List.of()), "echo kept > " + made);

            assertThat(made).hasContent("kept");
        } finally {
            Files.deleteIfExists(made);
        }
    }

    @Test
    void what_a_protected_name_leads_to_cannot_be_changed() throws Exception {
        Path hook = Files.writeString(
                Files.createDirectories(work.resolve("tools/husky")).resolve("pre-commit"), "as it was");
        Files.createSymbolicLink(work.resolve(".husky"), Path.of("tools/husky"));
        Path bare = Files.createDirectories(work.resolve(".bare"));
        Path config = Files.writeString(bare.resolve("config"), "as it was");
        Files.writeString(bare.resolve("HEAD"), "ref: refs/heads/main");
        Files.writeString(work.resolve(".git"), "gitdir: ./.bare\n");
        Sensitive sensitive = Sensitive.in(work, new SecretFiles(SecretFiles.USUAL), List.of());

        run(
                enclosure(List.of(work), sensitive.protectedOnes(), List.of()),
                "echo x > tools/husky/pre-commit; mv tools other; echo x > .bare/config; mv .bare moved; echo x > .bare/index");

        assertThat(hook).hasContent("as it was");
        assertThat(config).hasContent("as it was");
        assertThat(bare.resolve("index")).hasContent("x");
    }

    @Test
    void the_variables_inside_are_those_that_were_named() throws Exception {
        Enclosure enclosure = new Enclosure(
                work,
                List.of(),
                List.of(work),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of("PATH", "/bin", "HERE", ""));

        Command.Result.Ended ended =
                run(enclosure, "echo \"$PATH $TMPDIR ${HERE-none}\"; echo x > $TMPDIR/x && echo kept");

        assertThat(ended.stdout()).isEqualTo("/bin /tmp none\nkept\n");
    }

    @Test
    void one_that_does_not_work_is_none_and_is_tried_again_later() throws Exception {
        Path bin = Files.createDirectory(root.resolve("bin"));
        ManualTime time = new ManualTime();
        List<String> command = List.of("/bin/true");
        Sandbox wanted = new Sandbox(() -> SandboxMode.AUTO, probe(Map.of("PATH", bin.toString())), time);
        Sandbox required = new Sandbox(() -> SandboxMode.REQUIRE, probe(Map.of("PATH", bin.toString())), time);
        Sandbox.Plan plan = () -> enclosure(List.of(), List.of(), List.of());

        assertThat(wanted.enter(command, plan)).isEqualTo(new Sandbox.Entry.Open());
        assertThat(required.enter(command, plan))
                .isInstanceOfSatisfying(
                        Sandbox.Entry.Refused.class,
                        refused -> assertThat(refused.problem()).contains("apt-get install bubblewrap"));
        program(bin, "echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1");
        assertThat(required.lack().orElseThrow()).contains("apt-get");
        time.advance(Duration.ofMinutes(2));
        assertThat(required.lack().orElseThrow()).contains("setting up uid map").contains("user namespaces");
        program(bin, "exit 0");
        assertThat(required.lack()).isPresent();
        time.advance(Duration.ofMinutes(2));
        assertThat(required.lack()).isEmpty();
        assertThat(wanted.enter(command, plan)).isInstanceOf(Sandbox.Entry.Enclosed.class);
    }

    private static void program(Path bin, String script) throws IOException {
        Path program = Files.writeString(bin.resolve("bwrap"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private static SandboxProbe probe(Map<String, String> environment) {
        return new SandboxProbe(new Programs(environment, false), new ProcessRunner());
    }

    private Enclosure enclosure(List<Path> writable, List<Path> fixed, List<Path> hidden) {
        return new Enclosure(work, List.of(root), writable, List.of(), List.of(), fixed, hidden, Map.of());
    }

    private Command.Result.Ended run(Enclosure enclosure, String script) throws Exception {
        RealSandbox.require();
        Sandbox sandbox = new Sandbox(() -> SandboxMode.REQUIRE, probe(PATH), TimeSource.system());
        Sandbox.Entry entry = sandbox.enter(List.of("/bin/sh", "-c", script), () -> enclosure);
        List<String> command = ((Sandbox.Entry.Enclosed) entry).command();
        Command.Result result = new Command(new ProcessRunner())
                .run(command, work, Map.of("HERE", "1", "PATH", "/usr/bin:/bin"), Duration.ofSeconds(20));
        return (Command.Result.Ended) result;
    }
}
