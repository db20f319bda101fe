package dev.orchestrator.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.Home;
import dev.orchestrator.testkit.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleChecksTest {
    @TempDir
    Path temp;

    private CheckResult look() throws Exception {
        Home home = new Home(temp);
        Settings settings = new Settings(() -> ConfigLoader.load(home, Map.of(), Map.of()));
        return ScheduleChecks.of(settings, home, new ManualTime()).body().run();
    }

    private void write(String name, String head) throws IOException {
        Files.createDirectories(temp.resolve("schedules"));
        Files.writeString(
                temp.resolve("schedules").resolve(name + ".task.md"),
                "---\n" + head + "\n---\nLook.\n",
                StandardCharsets.UTF_8);
    }

    @Test
    void without_any_all_is_well() throws Exception {
        assertThat(look()).isEqualTo(CheckResult.ok("none"));
    }

    @Test
    void what_is_due_first_is_named() throws Exception {
        write("nightly", "schedule: 0 3 * * *\ntime_zone: UTC");
        write("hourly", "schedule: '@hourly'\ntime_zone: UTC");
        assertThat(look()).isEqualTo(CheckResult.ok("2; hourly is due at 2026-11-22T15:00:00Z"));
    }

    @Test
    void a_file_of_which_nothing_comes_is_said_to_be_one() throws Exception {
        write("hourly", "schedule: '@hourly'");
        write("bad", "schedule: often");
        CheckResult result = look();
        assertThat(result.verdict()).isEqualTo(CheckResult.Verdict.FAIL);
        assertThat(result.detail()).startsWith("schedules/bad.task.md:2: schedule: 'often' has not five fields");
        assertThat(result.remedy()).contains("Write five fields");
    }

    @Test
    void each_of_several_has_a_line_and_of_many_the_first_have() throws Exception {
        for (int i = 0; i < 12; i++) {
            write("bad-" + (char) ('a' + i), "schedule: often");
        }
        CheckResult result = look();
        List<String> details = result.detail().lines().toList();
        assertThat(details).hasSize(9).endsWith("and 4 more");
        assertThat(details.get(1)).startsWith("schedules/bad-b.task.md:2: schedule: 'often' has not five fields");
        List<String> remedies = Objects.requireNonNull(result.remedy()).lines().toList();
        assertThat(remedies).hasSize(9).endsWith("and 4 more");
        assertThat(remedies.get(1)).startsWith("bad-b: Write five fields");
    }
}
