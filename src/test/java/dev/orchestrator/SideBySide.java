package dev.orchestrator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many small cases of one test, some at a time. */
final class SideBySide {
    private SideBySide() {}

    /** Answers what the cases have to say, without those that say nothing. */
    static List<String> run(int lanes, List<Callable<String>> cases) throws ExecutionException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(lanes);
        try {
            List<String> said = new ArrayList<>();
            for (Future<String> done : threads.invokeAll(cases)) {
                if (!done.get().isEmpty()) {
                    said.add(done.get());
                }
            }
            return said;
        } finally {
            threads.shutdownNow();
        }
    }
}
