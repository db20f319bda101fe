package dev.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import org.junit.jupiter.api.Test;

class RecordingSinkTest {
    private final RecordingSink sink = new RecordingSink(new ManualTime());

    @Test
    void a_whole_life_is_possible_and_kept() {
        sink.commit(Life.of("a"));
        assertThat(sink.events()).isEqualTo(Life.of("a"));
        assertThat(sink.events(AttemptEvent.AttemptStarted.class)).hasSize(2);
    }

    @Test
    void an_impossible_event_fails_who_emits_it() {
        sink.commit(Life.accepted("a"));
        TaskEvent impossible = new TaskEvent.TurnFinished(new TaskId("a"), 1, TaskStatus.AWAITING_REPLY);
        assertThatThrownBy(() -> sink.emit(impossible)).isInstanceOf(AssertionError.class);
    }
}
