package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.cli.DaemonRunner;
import dev.orchestrator.task.Hold;
import dev.orchestrator.testkit.EffectOf;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What may be spent, from the settings to what is started and what is not. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agents are shell scripts")
class LimitsSettingsEffectTest {
    private SettingsLab lab;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        lab = new SettingsLab(temp);
        lab.set("workers", "1");
    }

    /** Each run of the agent costs one dollar. */
    private BigDecimal budgetOfSecondRun() throws Exception {
        lab.drop("one", "Look.").drop("two", "Look.", "after: one");
        assertThat(lab.once().succeeded()).isEqualTo(2);
        String arguments = lab.seen("arguments").lines().skip(1).findFirst().orElseThrow();
        return new BigDecimal(arguments.substring(arguments.lastIndexOf(' ') + 1));
    }

    @Test
    @EffectOf("limits.usd_per_task")
    void a_run_may_cost_what_its_task_may() throws Exception {
        lab.set("limits.usd_per_task", "5");
        assertThat(budgetOfSecondRun()).isEqualByComparingTo("5");
    }

    @Test
    @EffectOf("limits.usd_per_day")
    void a_run_may_cost_what_is_left_of_the_day_s() throws Exception {
        lab.set("limits.usd_per_day", "20");
        assertThat(budgetOfSecondRun()).isEqualByComparingTo("19");
    }

    @Test
    @EffectOf("limits.usd_total")
    void a_run_may_cost_what_is_left_of_all() throws Exception {
        lab.set("limits.usd_total", "500");
        assertThat(budgetOfSecondRun()).isEqualByComparingTo("499");
    }

    /** It would be told of the red command three times. */
    @Test
    @EffectOf("limits.runs_per_task")
    void a_task_has_no_more_runs_than_it_may() throws Exception {
        Files.createDirectories(lab.home.root().resolve("red"));
        lab.set("limits.runs_per_task", "1")
                .file("red", "id: red\ntype: custom\ncwd: red\nacceptance: ['false']", "MARK-WRITE");
        lab.once();
        assertThat(lab.category("red")).isEqualTo("acceptance");
        assertThat(lab.artifact("red").at("/error/message").asText()).contains("1 of 1 runs were begun");
        assertThat(lab.starts()).isEqualTo(1);
    }

    private void stopsAfterOne(String setting) throws Exception {
        lab.set(setting, "1").drop("one", "Look.").drop("two", "Look.", "after: one");

        DaemonRunner.Result.Stopped stopped = lab.once();

        assertThat(stopped.succeeded()).isEqualTo(1);
        assertThat(stopped.unfinished()).isEqualTo(1);
        assertThat(lab.starts()).isEqualTo(1);
        assertThat(stopped.holds()).singleElement().satisfies(hold -> {
            assertThat(hold.cause()).isEqualTo(Hold.Cause.BUDGET);
            assertThat(hold.remedy()).contains(setting);
        });
    }

    @Test
    @EffectOf("limits.runs_per_day")
    void a_day_has_no_more_runs_than_it_may() throws Exception {
        stopsAfterOne("limits.runs_per_day");
    }

    @Test
    @EffectOf("limits.runs_total")
    void there_are_no_more_runs_than_there_may_be_ever() throws Exception {
        stopsAfterOne("limits.runs_total");
    }

    /** With the default nothing would end before the window begins anew, in an hour. */
    @Test
    @EffectOf("limits.resume")
    void after_a_spent_window_somebody_is_waited_for_when_that_is_wanted() throws Exception {
        lab.set("limits.resume", "ask").drop("spent", "MARK-LIMIT");

        assertThat(lab.once().holds())
                .singleElement()
                .satisfies(hold -> assertThat(hold.remedy()).contains("you are told, and `resume` goes on"));

        lab.set("limits.resume", "off");
        assertThat(lab.once().holds())
                .singleElement()
                .satisfies(hold -> assertThat(hold.remedy()).startsWith("The window begins anew at about "));
    }

    /** With the default it would wait for half a day. */
    @Test
    @EffectOf("limits.outage")
    void a_network_that_is_gone_is_a_failure_when_it_is_not_waited_for() throws Exception {
        lab.set("limits.outage", "0s").drop("offline", "MARK-OFFLINE", "retries: 0");
        lab.once();
        assertThat(lab.category("offline")).isEqualTo("network");
    }
}
