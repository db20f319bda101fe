package dev.orchestrator;

import dev.orchestrator.process.ProcessFamily;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Processes of the agents of a home, found without the program that looks for them: by their environment, on Linux. */
final class MarkedInProc {
    private static final Pattern SESSION = Pattern.compile("\"session_id\":\"([^\"]+)\"");
    private static final Pattern PID = Pattern.compile("[0-9]+");

    private MarkedInProc() {}

    /** All that are alive, of any run in the journal. */
    static List<ProcessHandle> of(FaultRoot root) throws IOException {
        Set<String> marks = new HashSet<>();
        for (Path segment : FaultRoot.files(root.home().logs())
                .filter(file -> String.valueOf(file.getFileName()).startsWith("events"))
                .toList()) {
            Matcher sessions = SESSION.matcher(Files.readString(segment));
            while (sessions.find()) {
                marks.add(ProcessFamily.MARK + "=" + sessions.group(1));
            }
        }
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(process ->
                            PID.matcher(process.getFileName().toString()).matches())
                    .filter(process -> environment(process).anyMatch(marks::contains))
                    .flatMap(process -> ProcessHandle.of(
                            Long.parseLong(process.getFileName().toString()))
                            .stream())
                    .toList();
        }
    }

    private static Stream<String> environment(Path process) {
        try {
            byte[] bytes = Files.readAllBytes(process.resolve("environ"));
            return Arrays.stream(new String(bytes, StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException e) {
            // It has gone, or is another user's.
            return Stream.of();
        }
    }
}
