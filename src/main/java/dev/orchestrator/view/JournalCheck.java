package dev.orchestrator.view;

import dev.orchestrator.config.Home;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.view.FileCheck.Listener;
import dev.orchestrator.view.FileCheck.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Holds the journal against the schema of its lines, and its numbers against the promise that there are no gaps. */
final class JournalCheck {
    private static final String REMEDY = "Restore the segment from a backup if there is one. Readers pass over what"
            + " is damaged; in the current segment the next start leaves it out and keeps the original.";
    private static final String CUT_REMEDY =
            "Restore logs/events*.ndjson from a backup if there is one; the next start goes on with what is left.";

    private final JournalReader journal;
    private final Schemas schemas;
    private final Numbering numbering = new Numbering();

    JournalCheck(Home home, Schemas schemas) {
        this.journal = new JournalReader(home.journal());
        this.schemas = schemas;
    }

    /** @param known the number of an event that was written */
    void all(long known, Listener listener) throws IOException {
        long before = 0;
        for (JournalPosition segment : journal.segments()) {
            if (journal.start().segment() > before) {
                // Somebody prunes it at this moment.
                numbering.beginAnew();
            }
            before = segment.segment();
            listener.checked(Result.of("journal segment " + segment.segment(), lines(segment), REMEDY));
        }
        if (known > numbering.last()) {
            String cut = "it ends with event " + numbering.last() + ", but event " + known + " was written";
            listener.checked(Result.of("journal", List.of(cut), CUT_REMEDY));
        }
    }

    private List<String> lines(JournalPosition segment) throws IOException {
        List<String> problems = new ArrayList<>();
        int[] number = {0};
        journal.readSegment(segment, (line, after) -> {
            number[0]++;
            numbering.line(line);
            FileCheck.add(problems, number[0], schemas.problems("event", line));
        });
        problems.addAll(numbering.problems());
        journal.damage(segment).ifPresent(problems::add);
        return problems;
    }
}
