package dev.orchestrator.agent.command;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.run.LineFramer;
import dev.orchestrator.agent.run.OutputLimit;
import dev.orchestrator.agent.run.StreamTail;
import dev.orchestrator.agent.run.Watched;
import dev.orchestrator.secret.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A run while it is watched. What it prints means nothing before it is over; that it prints, also errors, is a sign of life. One
 * that is silent works when files in its directory change. For one thread.
 */
final class CommandRun implements Watched, AutoCloseable {
    /** Nobody wants the lines; a reader that keeps none counts what comes. */
    private static final int NO_LINES = 1;

    private final AgentRequest request;
    private final RunObserver observer;
    private final StreamTail stream;
    private final OutputLimit limit;
    private long errors;
    private boolean succeeded;

    private CommandRun(AgentRequest request, RunObserver observer, StreamTail stream, OutputLimit limit) {
        this.request = request;
        this.observer = observer;
        this.stream = stream;
        this.limit = limit;
    }

    static CommandRun open(AgentRequest request, RunObserver observer, long mostOutput) throws IOException {
        Path out = request.files().stream();
        LineFramer nobody = new LineFramer(NO_LINES, line -> {});
        return new CommandRun(
                request,
                observer,
                StreamTail.open(out, nobody, mostOutput),
                new OutputLimit(out, request.files().stderr(), mostOutput));
    }

    @Override
    public boolean look() throws IOException {
        long now = size(request.files().stderr());
        boolean complains = now != errors;
        errors = now;
        return stream.readOn() || complains;
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
        if (tooMuch) {
            limit.cut();
        } else {
            succeeded = Remains.of(request, OptionalInt.empty(), Redactor.SHAPES_ONLY)
                    .isSuccess();
        }
    }

    /** Many programs print nothing before they are done. */
    @Override
    public boolean hasStarted() {
        return true;
    }

    /** Not before it is over: an answer that is there may go on. */
    @Override
    public boolean hasResult() {
        return succeeded;
    }

    @Override
    public boolean worksSilently() {
        return observer.directoryChanged();
    }

    /** Whether anything comes of what it prints nobody can tell; its total time bounds it. */
    @Override
    public boolean isStalled() {
        return false;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
