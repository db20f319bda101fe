package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;

/**
 * Whether anything comes of a run. Lines alone do not show it: a program can keep its connection warm, try a request again
 * and talk to itself for hours. Work is a tool that came back, or a change in the working directory, in each span of the
 * idle limit; a tool that was just started gets a span of its own.
 *
 * <p>New words of the model count for less. A long answer is honest work, and all that some tasks consist of, but it comes
 * to an end; a model that loops goes on. So words alone keep a run going for {@value #MOST_TALK} spans: with the usual
 * fifteen minutes no answer of less than an hour is cut off, and no loop is paid for overnight. For one thread.
 */
final class Progress {
    private static final int MOST_TALK = 4;

    private final Transcript transcript;
    private final RunObserver observer;
    private final Duration idle;
    private final Stopwatch span;
    private boolean started;
    private int ended;
    private int begun;
    private boolean hasBegunTool;
    private int words;
    private int talked;

    /** @param idle how long a run may go without work */
    Progress(Transcript transcript, RunObserver observer, Duration idle, TimeSource time) {
        this.transcript = transcript;
        this.observer = observer;
        this.idle = idle;
        this.span = Stopwatch.start(time);
    }

    /** True when the run is to be ended. To be called often: looks at the directory only when a span is over. */
    boolean isStalled() {
        look();
        if (!span.reached(idle)) {
            return false;
        }
        if (observer.directoryChanged()) {
            worked();
            return false;
        }
        boolean talks = transcript.words() > words;
        talked++;
        beginSpan();
        return !talks || talked >= MOST_TALK;
    }

    private void look() {
        if (transcript.calls().ended() > ended || (transcript.started() && !started)) {
            started = transcript.started();
            worked();
        } else if (!hasBegunTool && transcript.calls().begun() > begun) {
            // Only the first since the last work: one that starts tools and never hears of them does not work.
            hasBegunTool = true;
            beginSpan();
        }
    }

    private void worked() {
        ended = transcript.calls().ended();
        begun = transcript.calls().begun();
        hasBegunTool = false;
        talked = 0;
        beginSpan();
    }

    private void beginSpan() {
        words = transcript.words();
        span.restart();
    }
}
