package dev.orchestrator.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.Home;
import dev.orchestrator.health.CheckResult.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: permissions are others there")
class OpenDoorsTest {
    private Path above;
    private Home home;

    @BeforeEach
    void home(@TempDir Path temp) throws IOException {
        for (Path each = temp.getParent(); each != null; each = each.getParent()) {
            assumeThat(Files.getPosixFilePermissions(each))
                    .as("temporary files are where others may enter")
                    .contains(PosixFilePermission.OTHERS_EXECUTE);
        }
        above = temp;
        // As a directory of all users, where it is made by none.
        allow(above, "rwxr-xr-x");
        home = new Home(Files.createDirectory(temp.resolve("home")));
        home.prepare();
        write(home.settings(), "workers: 2\n");
        write(home.dotenv(), "ORCHESTRATOR_NOTICES_WEBHOOK_SECRET=abc\n");
        for (Path path : new Path[] {home.root(), home.tasks(), home.schedules(), home.templates(), home.settings()}) {
            allow(path, "rwxr-xr-x");
        }
        allow(home.dotenv(), "rw-------");
    }

    private static void allow(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private CheckResult look() {
        return OpenDoors.check(home, ConfigLoader.load(home, Map.of(), Map.of()));
    }

    @Test
    void what_nobody_else_can_change_is_well() {
        assertThat(look()).isEqualTo(CheckResult.ok("nobody else can change it, or read its secrets"));
        assertThat(OpenDoors.told(home, ConfigLoader.load(home, Map.of(), Map.of())))
                .isEmpty();
    }

    @Test
    void each_place_that_others_can_write_to_is_named_with_the_command_that_closes_it() throws IOException {
        for (Path path : new Path[] {
            home.root(), home.tasks(), home.schedules(), home.templates(), home.attachments(), home.settings()
        }) {
            allow(path, "rwxrwxrwx");
        }
        allow(home.dotenv(), "rw-rw-rw-");

        assertThat(look().verdict()).isEqualTo(Verdict.WARN);
        assertThat(look().detail())
                .isEqualTo("other users can change the home itself, tasks, schedules, templates, attachments,"
                        + " orchestrator.yaml, .env and can read .env");
        assertThat(look().remedy())
                .startsWith("chmod go-w \"" + home.root() + "\" \"" + home.tasks() + "\"")
                .endsWith(" && chmod go-r \"" + home.dotenv() + "\"");
    }

    @Test
    void settings_are_for_others_to_read_unless_there_is_a_secret_in_them() throws IOException {
        allow(home.settings(), "rw-r--r--");
        assertThat(look().verdict()).isEqualTo(Verdict.OK);

        write(home.settings(), "notices:\n  webhook_secret: abc\n");
        write(home.dotenv(), "");

        assertThat(look().detail()).isEqualTo("other users can read orchestrator.yaml");
        assertThat(look().remedy()).isEqualTo("chmod go-r \"" + home.settings() + "\"");
    }

    @Test
    void below_a_directory_that_nobody_else_may_enter_nothing_is_open() throws IOException {
        allow(home.root(), "rwxrwxrwx");
        allow(home.dotenv(), "rw-rw-rw-");

        allow(above, "rwx------");

        assertThat(look().verdict()).isEqualTo(Verdict.OK);
    }
}
