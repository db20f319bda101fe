package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.run.RunEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final String INIT =
            "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s\",\"model\":\"m\"}\n";
    private static final String SAID =
            "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"Half way.\"}]}}\n";

    @Test
    void a_report_is_complete_once_a_result_was_read_whatever_it_says() {
        assertThat(report(INIT + SAID + "{\"type\":\"result\",\"result\":\"Done.\"}\n")
                        .complete())
                .isTrue();
        assertThat(report(INIT + "{\"type\":\"result\",\"result\":\"\"}\n").complete())
                .as("an empty text is no lost result")
                .isTrue();
        assertThat(report(INIT + "{\"type\":\"result\",\"is_error\":true,\"errors\":[\"x\"]}\n")
                        .complete())
                .isTrue();
    }

    @Test
    void a_report_of_a_run_that_was_cut_off_is_not_complete_though_the_agent_had_spoken() {
        AgentReport cutOff = report(INIT + SAID + "{\"type\":\"result\",\"resu");

        assertThat(cutOff.complete()).isFalse();
        assertThat(cutOff.text()).isEqualTo("Half way.");
        assertThat(cutOff.numTurns()).as("it had answered").isEqualTo(1);
        assertThat(report("").complete()).isFalse();
    }

    private static AgentReport report(String stream) {
        RunEnd end = new RunEnd(RunEnd.Cause.EXITED, OptionalInt.of(0));
        return Reports.of(end, Evidence.read(stream), Duration.ofSeconds(1), Requests.in(Path.of("project")));
    }
}
