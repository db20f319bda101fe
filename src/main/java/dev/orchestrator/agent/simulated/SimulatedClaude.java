package dev.orchestrator.agent.simulated;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.json.Json;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The simulated agent's program: takes the arguments of {@code claude}, reads the prompt from standard input to its end and
 * prints {@code stream-json}. The same prompt, files and arguments give the same output byte for byte, so the stream has no
 * times in it.
 */
public final class SimulatedClaude {
    private SimulatedClaude() {}

    /** Ends with 0, or with 1 and one line on standard error. */
    public static void main(String[] args) throws IOException {
        // The descriptors themselves: standard output is a protocol here, not a place for messages.
        try (InputStream in = new FileInputStream(FileDescriptor.in);
                OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            run(List.of(args), Path.of("").toRealPath(), in, out);
        }
    }

    static void run(List<String> args, Path directory, InputStream in, OutputStream out) throws IOException {
        RunOptions options = RunOptions.parse(args);
        JsonNode settings = Json.full().readTree(Files.readAllBytes(options.settings()));
        String prompt = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        StreamWriter stream = new StreamWriter(out, directory, options.sessionId());
        Guard guard = new Guard(settings, directory, options.sessionId());
        new SimulatedRun(options.tools(), new Grants(settings, directory), guard, directory, stream).run(prompt);
    }

    /** How this program is started instead of the real one: by the Java that runs now, from where these classes lie. */
    public static ClaudeOptions options() {
        String java = File.separatorChar == '\\' ? "java.exe" : "java";
        Path program = Path.of(System.getProperty("java.home"), "bin", java);
        List<String> arguments = List.of("-cp", classPath(), SimulatedClaude.class.getName());
        return new ClaudeOptions(StreamWriter.NAME, program.toString(), arguments, List.of(), null);
    }

    /** The one jar; or, when not packaged, the classes and the libraries they need. */
    private static String classPath() {
        return Stream.of(SimulatedClaude.class, ObjectMapper.class, JsonFactory.class, JsonInclude.class)
                .map(SimulatedClaude::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException("it is not known where " + type.getName() + " lies");
        }
        try {
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot name " + source.getLocation(), e);
        }
    }
}
