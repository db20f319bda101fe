package dev.orchestrator;

import dev.orchestrator.config.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * What is dropped into a home.
 *
 * @param tasks content by id; each file is called like its task
 * @param rejected content by the stem of a file that is not understood
 * @param firstRun what becomes of the agent's first process
 */
record FaultScenario(String name, Map<String, String> tasks, Map<String, String> rejected, FirstRun firstRun) {
    private static final String AGENT = """
            #!/bin/sh
            # Writes down that it was started, then what the real one would print. In good order it is the shell alone, to be fast.
            starts=$1 first=$2 n=0
            while [ $# -gt 0 ]; do
              case $1 in --session-id|--resume) session=$2;; esac
              shift
            done
            while read -r line; do n=$((n + 1)); done < "$starts"
            echo "$session" >> "$starts"
            [ "$n" = 0 ] || first=ENDS
            at() { [ "$first" = "$1" ]; }
            die() { kill -9 $$; }
            result='{"type":"result","subtype":"success","is_error":false,"result":"done","num_turns":1,"session_id":"'"$session"'","total_cost_usd":0,"usage":{},"permission_denials":[],"terminal_reason":"completed"}'
            at DIES_BEFORE_ITS_FIRST_LINE && die
            at DIES_IN_A_LINE && printf '{"type":"sys' && die
            echo '{"type":"system","subtype":"init","session_id":"'"$session"'","model":"none"}'
            at DIES_AFTER_ITS_FIRST_LINE && die
            at DIES_IN_ITS_RESULT && printf '%.60s' "$result" && die
            at LEAVES_A_CHILD_BEHIND && sleep 60 &
            at LEAVES_A_DEAF_CHILD_BEHIND && (trap "" TERM; exec sleep 60) &
            if at WAITS_TO_BE_TOLD; then while [ ! -e "$starts.go" ]; do sleep 0.02; done; fi
            echo "$result"
            at DIES_AFTER_ITS_RESULT && die
            at FAILS_AFTER_ITS_RESULT && exit 1
            at LINGERS_AFTER_ITS_RESULT && sleep 0.3
            at LEAVES_A_DEAF_CHILD_BEHIND && sleep 0.3
            exit 0
            """;

    static final FaultScenario ONE =
            new FaultScenario("one task", Map.of("one", task("one", "")), Map.of(), FirstRun.ENDS);
    static final FaultScenario RETRY =
            new FaultScenario("a retry", Map.of("one", task("one", "")), Map.of(), FirstRun.DIES_AFTER_ITS_FIRST_LINE);
    static final FaultScenario AFTER = new FaultScenario(
            "one after the other",
            Map.of("first", task("first", ""), "then", task("then", "after: [first]\n")),
            Map.of(),
            FirstRun.ENDS);
    static final FaultScenario REJECTED = new FaultScenario(
            "a rejected file",
            Map.of("good", task("good", "")),
            Map.of("bad", "---\nprioritty: high\n---\nLook.\n"),
            FirstRun.ENDS);

    static final List<FaultScenario> ALL = List.of(ONE, RETRY, AFTER, REJECTED);

    /** One task whose first process ends like that. */
    static FaultScenario of(FirstRun run) {
        return new FaultScenario(run.name(), ONE.tasks, Map.of(), run);
    }

    static String task(String id, String frontMatter) {
        return "---\nid: " + id + "\ntype: analyze\n" + frontMatter + "---\nLook.\n";
    }

    /** The way a careful program drops files: each complete. */
    void drop(Home home) throws IOException {
        Files.createDirectories(home.tasks());
        for (Map<String, String> files : List.of(tasks, rejected)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(home.tasks().resolve(file.getKey() + ".task.md"), file.getValue());
            }
        }
    }

    List<String> agentArguments(Path starts) {
        return List.of(starts.toString(), firstRun.name());
    }

    static Path agent(Path directory) throws IOException {
        Path agent = Files.writeString(directory.resolve("agent.sh"), AGENT);
        return Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwx------"));
    }
}
