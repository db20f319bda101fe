package dev.orchestrator.agent.command;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.run.FileTail;
import dev.orchestrator.secret.Redactor;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run has left that is over: all that it is judged by.
 *
 * @param exit empty when nobody knows how it ended
 * @param errors the end of its error output
 */
record Remains(Optional<ExitNote> exit, AnswerForm form, Answer answer, String errors) {
    /** More than that no answer has, and no memory should. */
    private static final int MOST_JSON = 16 * 1024 * 1024;
    /** With room for the colours that are taken out. */
    private static final int MOST_TEXT = 1024 * 1024;

    /**
     * @param seen the exit code, when somebody saw the process end; for systems where nothing writes it down
     * @param redactor hides secrets in what is quoted of its errors
     */
    static Remains of(AgentRequest request, OptionalInt seen, Redactor redactor) throws IOException {
        Optional<AnswerForm> known = RunRecord.read(request.files()).map(RunRecord::output);
        AnswerForm form = known.orElse(AnswerForm.TEXT);
        String printed = FileTail.raw(request.files().stream(), form == AnswerForm.JSON ? MOST_JSON : MOST_TEXT);
        Optional<ExitNote> noted = ExitNote.read(request.files().exit());
        return new Remains(
                noted.or(() -> seen.isPresent() ? Optional.of(new ExitNote(seen.getAsInt(), false)) : Optional.empty()),
                form,
                known.isPresent() ? Answer.of(form, printed) : Answer.ofUnknownForm(printed),
                FileTail.text(request.files().stderr(), redactor));
    }

    /**
     * True when it came to an end of its own, well and with an answer. A text that ends because somebody asked for the end looks
     * like one that is whole; a JSON object does not.
     */
    boolean isSuccess() {
        boolean whole = form == AnswerForm.JSON || exit.filter(ExitNote::asked).isEmpty();
        return whole && exit.filter(note -> note.code() == 0).isPresent() && answer.isGood();
    }

    /** True when it came to a result of its own, good or bad. */
    boolean isComplete() {
        return isSuccess() || (form == AnswerForm.JSON && exit.isPresent() && answer.problem() == null);
    }

    /** True when how it ended is known, and it was not that somebody asked for its end. */
    boolean endedByItself() {
        return exit.filter(note -> !note.asked()).isPresent();
    }
}
