package dev.orchestrator.guard.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.guard.Bounds;
import dev.orchestrator.guard.OwnFiles;
import dev.orchestrator.guard.Policy;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Access;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardServerTest {
    @TempDir
    Path temp;

    private final AtomicInteger secrets = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private GuardServer server = server();

    @AfterEach
    void close() {
        server.close();
        threads.shutdownNow();
    }

    @Test
    void what_is_outside_is_denied_with_the_reason_and_what_is_inside_is_left_to_the_rules() throws Exception {
        Watch watch = watch();

        assertThat(ask(watch, write("t1", "/etc/passwd")))
                .contains("\"permissionDecision\":\"deny\"", "outside of " + directory());
        assertThat(ask(watch, write("t2", directory() + "/a.txt"))).isEqualTo("{}");
        assertThat(watch.sightings().hasSeen("t1")).isTrue();
        assertThat(watch.sightings().hasSeen("t2")).isTrue();
        assertThat(watch.sightings().hasSeen("t3")).isFalse();
        assertThat(watch.sightings().newlyRefused())
                .extracting(GuardRecord.Refused::call)
                .containsExactly("t1");
        assertThat(watch.sightings().newlyRefused()).isEmpty();
    }

    @Test
    void a_command_that_the_task_grants_is_allowed_and_any_other_is_denied() throws Exception {
        Watch watch = watch();

        assertThat(ask(watch, bash("t1", "mvn -q test"))).contains("\"permissionDecision\":\"allow\"");
        assertThat(ask(watch, bash("t2", "mvn -q test; rm -rf /"))).contains("\"permissionDecision\":\"deny\"");
    }

    /** A command finds the address in the settings of its run, and its own id in the session. */
    @Test
    void who_asks_again_by_the_id_of_a_call_that_was_let_pass_does_not_make_it_a_refused_one() throws Exception {
        Watch watch = watch();
        ask(watch, bash("t1", "mvn -q test"));

        assertThat(ask(watch, write("t1", "/etc/passwd"))).contains("\"permissionDecision\":\"deny\"");

        assertThat(watch.sightings().hasRefused("t1")).isFalse();
        assertThat(GuardRecord.read(record()).hasRefused("t1")).isFalse();
        assertThat(record()).content().contains("\"decision\":\"refused\"");
        assertThat(watch.sightings().newlyRefused())
                .extracting(GuardRecord.Refused::tool)
                .containsExactly("Write");
    }

    @Test
    void a_call_that_was_refused_stays_so_whoever_asks_again() throws Exception {
        Watch watch = watch();
        ask(watch, write("t1", "/etc/passwd"));

        ask(watch, write("t1", directory() + "/a.txt"));

        assertThat(watch.sightings().hasRefused("t1")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Write\"}",
                "{\"hook_event_name\":\"PostToolUse\",\"tool_name\":\"Write\",\"tool_use_id\":\"t\",\"cwd\":\"/\"}",
                "{\"hook_event_name\":\"PreToolUse\",\"tool_name\":1,\"tool_use_id\":\"t\",\"cwd\":\"/\"}",
                "{\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Write\",\"tool_use_id\":\"t\",\"cwd\":\"\\u0000\"}",
            })
    void what_is_not_understood_is_denied(String body) throws Exception {
        assertThat(ask(watch(), body)).contains("\"permissionDecision\":\"deny\"");
    }

    @Test
    void a_path_that_no_run_was_given_is_nowhere() throws Exception {
        Watch watch = watch();
        URI other = watch.address().resolve("/other");

        assertThat(post(other, write("t1", "/etc/passwd")).statusCode()).isEqualTo(404);
        watch.close();
        assertThat(post(watch.address(), write("t1", "/etc/passwd")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void runs_are_told_apart() throws Exception {
        Watch one = watch();
        Watch other = watch();

        ask(one, write("t1", "/etc/passwd"));

        assertThat(one.sightings().hasSeen("t1")).isTrue();
        assertThat(other.sightings().hasSeen("t1")).isFalse();
    }

    /** A page in a browser can be made to ask a name that leads to this machine, but not by our address. */
    @Test
    void who_names_another_host_is_not_answered() throws Exception {
        Watch watch = watch();
        String answer = raw(
                watch.address().getPort(),
                "POST " + watch.address().getPath() + " HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 2\r\n"
                        + "Connection: close\r\n\r\n{}");

        assertThat(answer).startsWith("HTTP/1.1 404");
    }

    @Test
    void only_this_machine_can_ask() throws Exception {
        Watch watch = watch();

        assertThat(InetAddress.getByName(watch.address().getHost()).isLoopbackAddress())
                .isTrue();
        try (ServerSocket elsewhere = new ServerSocket()) {
            // The port is free on all other interfaces.
            elsewhere.bind(new InetSocketAddress("127.0.0.2", watch.address().getPort()));
        }
    }

    @Test
    void a_run_that_goes_on_finds_its_guard_again_with_all_that_was_seen_before() throws Exception {
        Watch before = watch();
        ask(before, write("t1", "/etc/passwd"));
        ask(before, write("t2", directory() + "/a.txt"));
        server.close();

        server = server();
        Watch again = server.watchAgain(before.address(), policy(), record());

        assertThat(again.sightings().hasSeen("t1")).isTrue();
        assertThat(again.sightings().hasSeen("t2")).isTrue();
        assertThat(again.sightings().newlyRefused())
                .extracting(GuardRecord.Refused::tool)
                .containsExactly("Write");
        assertThat(ask(again, write("t3", "/etc/shadow"))).contains("deny");
        assertThat(server.watch(policy(), temp.resolve("other")).address().getPort())
                .isEqualTo(before.address().getPort());
    }

    /** Two bytes from anybody on this machine must not keep an agent from being answered. */
    @Test
    void who_begins_a_question_and_does_not_go_on_is_not_waited_for() throws Exception {
        Watch watch = watch();
        try (Socket slow = new Socket("127.0.0.1", watch.address().getPort())) {
            slow.getOutputStream().write('G');
            slow.getOutputStream().flush();

            assertThat(ask(watch, write("t1", "/etc/passwd"))).contains("deny");
        }
    }

    @Test
    void what_a_full_disk_left_of_a_line_costs_no_other() throws Exception {
        Watch watch = watch();
        ask(watch, write("t1", "/etc/passwd"));
        watch.close();
        Files.write(record(), new byte[] {'{', '"', (byte) 0xE2, (byte) 0x82}, StandardOpenOption.APPEND);

        Watch again = server.watchAgain(watch.address(), policy(), record());
        ask(again, write("t2", "/etc/shadow"));

        Sightings sight = GuardRecord.read(record());
        assertThat(sight.hasRefused("t1")).isTrue();
        assertThat(sight.hasRefused("t2")).isTrue();
    }

    @Test
    void half_a_line_that_a_dead_daemon_left_is_passed_over() throws Exception {
        Watch watch = watch();
        ask(watch, write("t1", "/etc/passwd"));
        Files.writeString(record(), "{\"call\":\"t2\",\"deci", StandardOpenOption.APPEND);

        Sightings sight = GuardRecord.read(record());

        assertThat(sight.hasSeen("t1")).isTrue();
        assertThat(sight.hasSeen("t2")).isFalse();
        assertThat(sight.newlyRefused()).hasSize(1);
        assertThat(sight.newlyRefused()).isEmpty();
    }

    @Test
    void a_port_that_somebody_else_has_is_a_failure_and_not_a_guard() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + taken.getLocalPort() + "/secret");

            assertThatThrownBy(() -> server.watchAgain(address, policy(), record()))
                    .isInstanceOf(IOException.class);
        }
    }

    private GuardServer server() {
        return new GuardServer(
                () -> "secret-" + secrets.incrementAndGet(), threads, Redactor.SHAPES_ONLY, TimeSource.system());
    }

    private Watch watch() throws IOException {
        return server.watch(policy(), record());
    }

    private Path record() {
        return temp.resolve("guard.ndjson");
    }

    private Path directory() {
        try {
            return Files.createDirectories(temp.resolve("work")).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Policy policy() {
        Bounds bounds = new Bounds(directory(), Access.WRITE, List.of(), List.of("Bash(mvn *)"));
        return new Policy(bounds, new OwnFiles(List.of(), List.of(), false), new SecretFiles(SecretFiles.USUAL));
    }

    private String write(String id, String file) {
        return message(id, "Write", "\"file_path\":\"" + file + "\",\"content\":\"{\\\"tool_name\\\":\\\"Read\\\"}\"");
    }

    private String bash(String id, String command) {
        return message(id, "Bash", "\"command\":\"" + command + "\",\"description\":\"d\"");
    }

    private String message(String id, String tool, String input) {
        return "{\"session_id\":\"s\",\"cwd\":\"" + directory()
                + "\",\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"" + tool
                + "\",\"effort\":{\"level\":\"low\"},\"tool_input\":{" + input + "},\"tool_use_id\":\"" + id + "\"}";
    }

    private String ask(Watch watch, String body) throws Exception {
        HttpResponse<String> answer = post(watch.address(), body);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().strip();
    }

    private HttpResponse<String> post(URI address, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(address)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
