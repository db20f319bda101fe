import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands as a user runs them. */
final class CommandRuns {
    private static final int TIMES = 10;

    private CommandRuns() {}

    /** How long each of ten runs took from the start of the JVM to its end, in seconds. */
    static List<Double> of(String java, Path jar, Path home, String command) throws IOException, InterruptedException {
        List<Double> took = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            took.add(once(java, jar, home, command));
        }
        return took;
    }

    static double once(String java, Path jar, Path home, String command) throws IOException, InterruptedException {
        List<String> call = new ArrayList<>(List.of(java, "-jar", jar.toString(), "--home", home.toString()));
        call.addAll(List.of(command.split(" ")));
        return once(call);
    }

    /** How long any program took, in seconds. */
    static double once(List<String> call) throws IOException, InterruptedException {
        long start = System.nanoTime();
        ProcessBuilder process = new ProcessBuilder(call).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        if (process.start().waitFor() != 0) {
            throw new IllegalStateException(call + " failed");
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
