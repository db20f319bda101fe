package dev.orchestrator.intake.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.orchestrator.task.Terms;

/** Runs the inputs of its resource directory; {@code JAZZER_FUZZ=1} makes it look for new ones. */
class TemplateFileReaderFuzzTest {

    @FuzzTest
    void any_bytes_get_an_answer_and_none_makes_a_reader_run_programs(byte[] content) {
        TemplateFileResult result = TemplateFileReader.read(content);

        if (result instanceof TemplateFileResult.Understood understood) {
            checkHead(understood.head());
            assertThat(understood.guidance()).isNotBlank();
        } else if (result instanceof TemplateFileResult.NotUnderstood not) {
            checkRejection(not.rejection(), content.length);
        }
        assertThat(TemplateFileReader.read(content)).isEqualTo(result);
    }

    private static void checkHead(TemplateHead head) {
        assertThat(head.description()).doesNotContain("\n");
        assertThat(head.defaults().tools())
                .allMatch(rule -> rule.startsWith("Bash(") || rule.startsWith("Web") || rule.startsWith("mcp__"));
        if (head.readOnly()) {
            assertThat(head.defaults().tools()).noneMatch(Terms::runsPrograms);
            assertThat(head.defaults().acceptance()).isNull();
            assertThat(head.expectsChange()).isFalse();
        }
    }

    private static void checkRejection(Rejection rejection, int bytes) {
        assertThat(rejection.reason().codePoints()).isNotEmpty().noneMatch(Visible::isHidden);
        assertThat(rejection.remedy().codePoints()).isNotEmpty().noneMatch(Visible::isHidden);
        assertThat(rejection.line())
                .satisfiesAnyOf(
                        line -> assertThat(line).isNull(),
                        line -> assertThat(line).isBetween(1, bytes + 1));
    }
}
