package dev.orchestrator.history;

import dev.orchestrator.history.HistoryFile.End;
import dev.orchestrator.journal.JournalPosition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Optional;

/**
 * What a damaged history file still has of segments that are removed from the journal, and that nobody else has: each line that is whole
 * is written behind the header of a new file. What the journal has is read there.
 */
final class HistoryRescue {
    private final JournalPosition start;
    private final OutputStream out;
    private End end;

    /**
     * @param start of the journal, as far as it still exists
     * @param out has nothing yet
     */
    HistoryRescue(JournalPosition start, OutputStream out) throws IOException {
        this.start = start;
        this.out = out;
        byte[] header = HistoryFormat.header(start).getBytes(StandardCharsets.US_ASCII);
        out.write(header);
        this.end = new End(header.length, 0, start);
    }

    /** Where the new file ends, and from where on the journal is read: its start. */
    End of(Path damaged) throws IOException {
        // In this charset each byte is a character, so what is written is what was read.
        try (BufferedReader lines = Files.newBufferedReader(damaged, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take((line + '\n').getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return end;
    }

    private void take(byte[] line) throws IOException {
        Optional<HistoryLine> read = read(line);
        if (read.isPresent()
                && read.get().seq() > end.seq()
                && read.get().after().segment() < start.segment()) {
            out.write(line);
            end = new End(end.length() + line.length, read.get().seq(), start);
        }
    }

    private static Optional<HistoryLine> read(byte[] line) {
        try {
            return Optional.of(HistoryFormat.decode(new Scan(line, line.length)));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
