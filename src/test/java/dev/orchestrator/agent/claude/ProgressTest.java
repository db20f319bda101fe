package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.testkit.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    private static final Duration IDLE = Duration.ofMinutes(15);
    private static final String RETRY = "{'type':'system','subtype':'api_retry','error':'overloaded'}";

    private final ManualTime time = new ManualTime();
    private final Directory directory = new Directory();
    private final Transcript transcript = new Transcript();
    private final Progress progress = new Progress(transcript, directory, IDLE, time);

    @BeforeEach
    void begin() {
        line("{'type':'system','subtype':'init','session_id':'s'}");
        assertThat(progress.isStalled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                RETRY,
                "{'type':'system','subtype':'status'}",
                "{'type':'rate_limit_event','rate_limit_info':{'status':'allowed'}}",
                "no JSON at all"
            })
    void lines_of_which_nothing_comes_are_no_work(String keepalive) {
        assertThat(minutesOf(keepalive)).isEqualTo(15);
        assertThat(directory.asked).isEqualTo(1);
    }

    @Test
    void a_tool_that_comes_back_is_work() {
        for (int i = 0; i < 10; i++) {
            line(use("t" + i));
            line(back("t" + i));
            assertThat(stalledAfter(14)).isFalse();
        }
        assertThat(directory.asked)
                .as("nobody looks at the directory of a run that works")
                .isZero();
        assertThat(minutesOf(RETRY)).isEqualTo(1);
    }

    @Test
    void a_tool_has_its_own_time_from_its_start() {
        assertThat(stalledAfter(14)).isFalse();
        line(use("long"));
        assertThat(minutesOf(RETRY)).isEqualTo(15);
    }

    @Test
    void a_tool_that_came_back_late_is_work_and_the_next_has_its_own_time_again() {
        for (int i = 0; i < 5; i++) {
            assertThat(stalledAfter(14)).isFalse();
            line(use("t" + i));
            assertThat(stalledAfter(14)).isFalse();
            line(back("t" + i));
        }
    }

    @Test
    void one_that_starts_tools_and_never_hears_of_them_does_not_work() {
        int minutes = 0;
        while (!stalledAfter(1)) {
            minutes++;
            line(use("t" + minutes));
        }
        assertThat(minutes).isEqualTo(15);
    }

    @Test
    void a_change_in_the_directory_is_work() {
        for (int i = 0; i < 10; i++) {
            directory.changed = true;
            assertThat(stalledAfter(15)).isFalse();
        }
        directory.changed = false;
        assertThat(stalledAfter(15)).isTrue();
        assertThat(directory.asked).as("once in each span").isEqualTo(11);
    }

    /** The program prints an answer when it is complete, its thoughts before. */
    @Test
    void a_long_answer_is_not_cut_off() {
        assertThat(stalledAfter(14)).isFalse();
        line(says("the first chapter"));
        assertThat(stalledAfter(14)).isFalse();
        line("{'type':'assistant','message':{'content':[{'type':'thinking','thinking':'what next?'}]}}");
        assertThat(stalledAfter(14)).isFalse();
        line(says("the second chapter"));
        assertThat(stalledAfter(14)).isFalse();
    }

    @Test
    void talk_without_end_is_ended() {
        int minutes = 0;
        while (!stalledAfter(1)) {
            line(says("line " + minutes++));
        }
        assertThat(minutes).isEqualTo(59);
    }

    @Test
    void the_same_words_over_and_over_are_nothing_new() {
        line(says("I am working."));
        assertThat(stalledAfter(15)).isFalse();
        assertThat(minutesOf(says("I am working."))).isEqualTo(15);
    }

    @Test
    void work_between_the_words_gives_them_their_time_again() {
        for (int i = 0; i < 20; i++) {
            line(says("thought " + i));
            assertThat(stalledAfter(14)).isFalse();
            if (i % 3 == 0) {
                line(use("t" + i));
                line(back("t" + i));
            }
        }
    }

    @Test
    void noise_before_the_first_sign_of_life_is_no_work_either() {
        Transcript nothing = new Transcript();
        Progress none = new Progress(nothing, directory, IDLE, time);
        time.advance(IDLE);
        assertThat(none.isStalled()).isTrue();
    }

    /** Until it is stalled, with this line in every minute. */
    private int minutesOf(String line) {
        int minutes = 0;
        boolean stalled = false;
        while (!stalled) {
            line(line);
            stalled = stalledAfter(1);
            minutes++;
        }
        return minutes;
    }

    private boolean stalledAfter(int minutes) {
        progress.isStalled();
        time.advance(Duration.ofMinutes(minutes));
        return progress.isStalled();
    }

    private void line(String json) {
        transcript.line(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String use(String id) {
        return "{'type':'assistant','message':{'content':[{'type':'tool_use','id':'" + id + "','name':'Bash'}]}}";
    }

    private static String back(String id) {
        return "{'type':'user','message':{'content':[{'type':'tool_result','tool_use_id':'" + id + "'}]}}";
    }

    private static String says(String text) {
        return "{'type':'assistant','message':{'content':[{'type':'text','text':'" + text + "'}]}}";
    }

    private static final class Directory implements RunObserver {
        private boolean changed;
        private int asked;

        @Override
        public void started(long pid, @Nullable Instant processStartedAt, boolean adopted) {}

        @Override
        public void answered() {}

        @Override
        public void toolUsed(ToolCall call) {}

        @Override
        public void refused(ToolCall call, Refusal refusal) {}

        @Override
        public boolean directoryChanged() {
            asked++;
            return changed;
        }
    }
}
