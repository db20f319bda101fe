package dev.orchestrator.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.config.Home;
import dev.orchestrator.health.CheckResult.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who runs the tests may be root, whom no permission keeps out: what may be read is told to the check. */
class FileChecksTest {
    private Home home;

    @BeforeEach
    void home(@TempDir Path root) throws IOException {
        home = new Home(root);
        home.prepare();
        for (Path file : new Path[] {home.state(), home.dotenv(), home.journal()}) {
            Files.createFile(file);
        }
    }

    private CheckResult without(Path... unreadable) throws IOException {
        Set<Path> all = Set.of(unreadable);
        return new FileChecks(home, path -> !all.contains(path)).readable();
    }

    @Test
    void a_home_that_can_be_read_is_well() throws IOException {
        assertThat(without()).isEqualTo(CheckResult.ok("all can be read"));
        assertThat(new FileChecks(home, FileChecks::isReadable).readable().verdict())
                .isEqualTo(Verdict.OK);
    }

    @Test
    void what_cannot_be_read_is_named_once_with_the_command_that_mends_it() throws IOException {
        CheckResult result = without(home.state(), home.dotenv(), home.templates());

        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.detail()).isEqualTo("cannot be read: templates, .env, " + home.relative(home.state()));
        assertThat(result.remedy())
                .startsWith("chmod -R u+rwX \"" + home.templates() + "\" \"" + home.dotenv() + "\"")
                .contains("sudo chown -R \"$USER\" \"" + home.templates() + "\"");
    }

    @Test
    void another_check_says_in_words_what_it_could_not_look_at() throws Exception {
        AccessDeniedException denied = new AccessDeniedException(home.state().toString());

        for (Exception thrown : new Exception[] {denied, new UncheckedIOException("cannot list x", denied)}) {
            CheckResult result = inWords(thrown);

            assertThat(result.verdict()).isEqualTo(Verdict.WARN);
            assertThat(result.detail())
                    .isEqualTo("not looked at, since logs/state.json cannot be used: permission denied");
            assertThat(result.remedy()).contains("`home files`");
        }
    }

    @Test
    void what_is_wrong_elsewhere_is_left_to_the_check() {
        assertThatThrownBy(() -> inWords(new AccessDeniedException("/elsewhere")))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> inWords(new IOException("no disk"))).hasMessage("no disk");
    }

    private CheckResult inWords(Exception thrown) throws Exception {
        Check check = new Check("machine", "clock", () -> {
            throw thrown;
        });
        return new FileChecks(home, path -> true).inWords(check).body().run();
    }
}
