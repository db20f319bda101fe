package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.run.OutputLimit;
import dev.orchestrator.agent.run.StreamTail;
import dev.orchestrator.agent.run.Watched;
import java.io.IOException;

/**
 * What a run prints, and what is made of it.
 *
 * @param stream where it is read; feeds {@code transcript}
 * @param guarded what the guard saw of it
 * @param progress whether anything comes of the run
 * @param limit how much of it there may be
 */
record RunOutput(StreamTail stream, Transcript transcript, GuardedRun guarded, Progress progress, OutputLimit limit)
        implements Watched {

    @Override
    public boolean look() throws IOException {
        guarded.look();
        boolean news = stream.readOn();
        if (!stream.isBehind()) {
            guarded.caughtUp();
        }
        return news;
    }

    @Override
    public boolean isBehind() throws IOException {
        return stream.isBehind();
    }

    @Override
    public boolean isTooMuch() throws IOException {
        return limit.isExceededBy(stream);
    }

    @Override
    public void end(boolean tooMuch) throws IOException {
        guarded.look();
        if (tooMuch) {
            limit.cut();
        } else {
            stream.readToEnd();
        }
    }

    @Override
    public boolean hasStarted() {
        return transcript.started();
    }

    @Override
    public boolean hasResult() {
        return transcript.result().isPresent();
    }

    /** The program prints a line for each thing that it does. */
    @Override
    public boolean worksSilently() {
        return false;
    }

    @Override
    public boolean isStalled() {
        return progress.isStalled();
    }

    @Override
    public boolean isOutOfBounds() {
        return guarded.isToStop();
    }

    /** While there is more to read, the request may have come off since. */
    @Override
    public boolean isHopeless() throws IOException {
        return !stream.isBehind()
                && transcript.apiRetry().flatMap(RetryFailure::hopeless).isPresent();
    }
}
