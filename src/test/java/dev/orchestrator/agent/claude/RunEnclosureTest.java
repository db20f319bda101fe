package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.sandbox.Enclosure;
import dev.orchestrator.task.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a run may change, what it cannot see, and what is made for that. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: there is no sandbox on Windows")
class RunEnclosureTest {
    @TempDir
    Path temp;

    private Path user;
    private Path work;

    @BeforeEach
    void lay_out() throws IOException {
        user = Files.createDirectory(temp.toRealPath().resolve("user"));
        work = Files.createDirectories(user.resolve("work"));
    }

    @Test
    void a_reading_task_changes_nothing_but_the_programs_own() throws Exception {
        Files.createDirectories(work.resolve(".git"));

        Enclosure enclosure = enclosure(work, Access.READ, List.of());

        assertThat(enclosure.writable()).containsExactly(user.resolve(".claude"));
        assertThat(user.resolve(".claude")).isEmptyDirectory();
    }

    @Test
    void a_task_with_commands_has_made_what_it_could_make_otherwise() throws Exception {
        Path dotenv = work.resolve(".env");

        Enclosure enclosure = enclosure(work, Access.WRITE, List.of("Bash(mvn *)"));

        assertThat(dotenv).isEmptyFile();
        assertThat(enclosure.hidden()).contains(dotenv);
        assertThat(user.resolve(".claude/settings.json")).hasContent("{}");
        assertThat(enclosure.fixed()).contains(user.resolve(".claude/settings.json"), user.resolve(".claude/commands"));
    }

    @Test
    void the_program_keeps_its_own_where_the_task_works_in_the_users_home() throws Exception {
        Path login = Files.writeString(
                Files.createDirectories(user.resolve(".claude")).resolve(".credentials.json"), "{}");
        Path key = Files.createDirectories(user.resolve(".ssh"));
        Path browser = Files.createDirectories(user.resolve("snap/firefox"));

        Enclosure enclosure = enclosure(user, Access.WRITE, List.of());

        assertThat(enclosure.hidden()).contains(key, browser).doesNotContain(login, user.resolve(".claude"));
        assertThat(enclosure.fixed()).doesNotContain(user.resolve(".claude"));
    }

    @Test
    void the_surroundings_are_laid_out_for_those_who_have_a_login_to_renew() throws Exception {
        assertThat(enclosure(work, Access.WRITE, List.of()).ownLayer()).isEmpty();
        Files.writeString(user.resolve(".claude/.credentials.json"), "{}");

        assertThat(enclosure(work, Access.WRITE, List.of()).ownLayer()).containsExactly(user);
    }

    @Test
    void what_names_programs_in_a_repository_is_fixed_and_the_rest_is_not() throws Exception {
        Path nested = Files.createDirectories(work.resolve("lib/.git"));
        Path editor = Files.createDirectories(work.resolve(".vscode"));
        Path secret = Files.writeString(work.resolve("lib/server.pem"), "x");

        Enclosure enclosure = enclosure(work, Access.WRITE, List.of());

        assertThat(enclosure.fixed()).contains(nested.resolve("hooks"), nested.resolve("config"), editor);
        assertThat(enclosure.writable()).contains(nested);
        assertThat(enclosure.hidden()).contains(secret);
    }

    @Test
    void secrets_of_the_users_own_home_are_hidden_from_a_run_that_was_given_another() throws Exception {
        Path own = Path.of(System.getProperty("user.home"));

        Enclosure enclosure = enclosure(work, Access.WRITE, List.of());

        assertThat(enclosure.hidden()).contains(own.resolve(".config/gh"), user.resolve(".config/gh"));
        assertThat(enclosure.readable()).doesNotContain(own);
    }

    @Test
    void keys_in_what_the_user_opens_stay_hidden_unless_they_are_named() throws Exception {
        Path cache = Files.createDirectories(user.resolve("cache/keys"));
        Path key = Files.writeString(cache.resolve("server.pem"), "x");
        Path named = Files.writeString(cache.resolve("ca.pem"), "x");

        Enclosure enclosure = enclosure(work, Access.WRITE, List.of(), List.of(user.resolve("cache"), named));

        assertThat(enclosure.writable()).contains(user.resolve("cache"), named);
        assertThat(enclosure.hidden()).contains(key).doesNotContain(named);
    }

    private Enclosure enclosure(Path directory, Access access, List<String> tools) throws IOException {
        return enclosure(directory, access, tools, List.of());
    }

    private Enclosure enclosure(Path directory, Access access, List<String> tools, List<Path> users)
            throws IOException {
        Path program = Files.exists(temp.resolve("agent"))
                ? temp.resolve("agent")
                : Files.writeString(temp.resolve("agent"), "x");
        Confinement.Own own = new Confinement.Own(List.of(), List.of(work.resolve(".env")), List.of());
        return new RunEnclosure(
                        own,
                        users,
                        Requests.in(directory, access, List.of(), tools),
                        new SecretFiles(SecretFiles.USUAL))
                .of(List.of(program.toString()), Map.of("HOME", user.toString()));
    }
}
