package dev.orchestrator.intake.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Runs the inputs beside this class; {@code JAZZER_FUZZ=1} makes it look for new ones. */
class TaskFileReaderFuzzTest {

    @FuzzTest
    void any_bytes_get_an_answer(byte[] content) {
        TaskFileResult result = Reading.READER.read("sample.task.md", content);

        if (result instanceof TaskFileResult.Understood understood) {
            checkDraft(understood.draft());
        } else if (result instanceof TaskFileResult.NotUnderstood notUnderstood) {
            checkRejection(notUnderstood.rejection(), content.length);
        }
        assertThat(Reading.READER.read("sample.task.md", content)).isEqualTo(result);
    }

    private static void checkDraft(TaskDraft draft) {
        assertThat(draft.spec().title())
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(200)
                .doesNotContain("\n");
        assertThat(draft.body().instructions()).isNotBlank();
        assertThat(draft.body().targets()).allMatch(target -> !target.isBlank());
        assertThat(draft.body().criteria()).allMatch(criterion -> !criterion.isBlank());
        assertThat(draft.spec().allowedTools()).allMatch(rule -> rule.startsWith("Bash(") || rule.startsWith("Web"));
        assertThat(draft.spec().type())
                .satisfiesAnyOf(
                        type -> assertThat(type).isNull(),
                        type -> assertThat(Reading.TYPES).contains(type));
    }

    private static void checkRejection(Rejection rejection, int bytes) {
        assertThat(rejection.reason()).isNotBlank().hasSizeLessThanOrEqualTo(2000);
        assertThat(rejection.reason().codePoints()).noneMatch(Visible::isHidden);
        assertThat(rejection.remedy()).isNotBlank();
        assertThat(rejection.remedy().codePoints()).noneMatch(Visible::isHidden);
        assertThat(rejection.line())
                .satisfiesAnyOf(
                        line -> assertThat(line).isNull(),
                        line -> assertThat(line).isBetween(1, bytes + 1));
    }
}
