package dev.orchestrator.mediator.ollama;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.mediator.Errand;
import dev.orchestrator.mediator.RuleMediator;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.mediator.Understanding;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.testkit.RecordingSink;
import dev.orchestrator.testkit.ollama.HeldOut;
import dev.orchestrator.testkit.ollama.TinyModelServer;
import dev.orchestrator.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real, very small model: what it understands of requests that it has never seen, and what is believed of it. */
@Tag("model")
class RealModelTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    /** Its own is half of that; it does not read our instructions, which are counted. */
    private static final int CONTEXT = 2_048;

    private static TinyModelServer server;

    @BeforeAll
    static void start() {
        server = TinyModelServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static OllamaClient client(TinyModelServer of) {
        return new OllamaClient(
                OllamaAddress.parse(of.url().toString()), new OllamaClient.Patience(LONG, LONG, LONG, LONG));
    }

    private static LocalModel model(OllamaClient client, TinyModelServer of) {
        return new LocalModel(
                client,
                new LocalModel.Profile(of.model(), CONTEXT, Duration.ofMinutes(5), 1, LONG),
                RandomGenerator.getDefault(),
                TimeSource.system());
    }

    private static OllamaMediator mediator(LocalModel model) {
        return new OllamaMediator(
                model,
                new RuleMediator(),
                new Templates(Path.of("no-templates")),
                new OllamaMediator.Uses(false, false, true),
                Redactor.SHAPES_ONLY,
                new RecordingSink(TimeSource.system()),
                TimeSource.system());
    }

    /** As a plain file of prose gets it: its first line is the title. */
    private static Understanding understand(OllamaMediator mediator, String text) throws InterruptedException {
        return mediator.understand(spec(text), body(text), new Errand(new TaskId("t"), 1, new Cancellation()))
                .orElseThrow();
    }

    private static TaskSpec spec(String text) {
        String title = text.lines().findFirst().orElse("").replaceFirst("^#+\\s*", "");
        return task("t")
                .title(title.substring(0, Math.min(80, title.length())))
                .build()
                .spec();
    }

    private static TaskBody body(String text) {
        return new TaskBody(text, List.of(), List.of(), "");
    }

    @Test
    void of_a_hundred_requests_most_are_understood_and_nothing_that_is_made_up_is_believed() throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        try (OllamaClient client = client(server)) {
            OllamaMediator mediator = mediator(model(client, server));
            for (HeldOut request : HeldOut.all()) {
                Understanding understanding = understand(mediator, request.text());
                boolean right = understanding.type().equals(request.type());
                counts.merge(understanding.mode() + (right ? " right" : " wrong"), 1, Integer::sum);
                if (understanding.mode().equals("rules")) {
                    counts.merge("fell back: " + last(understanding.steps()), 1, Integer::sum);
                } else if (Set.copyOf(understanding.files()).equals(Set.copyOf(request.files()))) {
                    counts.merge("llm files right", 1, Integer::sum);
                }
                counts.merge("rules alone right", byRules(request).equals(request.type()) ? 1 : 0, Integer::sum);
                if (!right) {
                    wrong.add(understanding.type() + " for " + request.type() + ": "
                            + request.text().lines().findFirst().orElse(""));
                }
                assertThat(understanding.steps()).noneMatch(step -> step.contains("no JSON"));
                assertThat(understanding.files())
                        .allSatisfy(file -> assertThat(request.text()).contains(file));
            }
        }
        System.out.println("[model] 100 held-out requests: " + counts);
        wrong.forEach(each -> System.out.println("[model]   " + each));
        assertThat(HeldOut.all()).hasSize(100);
        // What the rules get right when the model was of no help is no merit of it.
        assertThat(counts.getOrDefault("llm right", 0)).isGreaterThanOrEqualTo(80);
        assertThat(counts.getOrDefault("llm files right", 0)).isGreaterThanOrEqualTo(85);
        assertThat(counts.getOrDefault("llm right", 0)).isGreaterThan(counts.getOrDefault("rules alone right", 0));
    }

    private static String byRules(HeldOut request) {
        return new RuleMediator()
                .understand(spec(request.text()), body(request.text()))
                .type();
    }

    private static String last(List<String> steps) {
        return steps.get(steps.size() - 1);
    }

    @Test
    void the_same_request_is_understood_in_the_same_way_again() throws Exception {
        try (OllamaClient client = client(server)) {
            OllamaMediator mediator = mediator(model(client, server));
            String text = "Fix the crash of the report export in src/report.py";
            assertThat(understand(mediator, text)).isEqualTo(understand(mediator, text));
        }
    }

    @Test
    void a_request_that_is_too_long_is_cut_here_and_never_there() throws Exception {
        try (OllamaClient client = client(server)) {
            Understanding understanding =
                    understand(mediator(model(client, server)), "Fix the parser. " + "word ".repeat(5_000));
            assertThat(understanding.mode())
                    .as(understanding.steps().toString())
                    .isIn("llm", "rules");
            assertThat(understanding.type()).isEqualTo("bug_fix");
        }
    }

    @Test
    void an_answer_without_room_is_known_to_be_cut_off() throws Exception {
        try (OllamaClient client = client(server)) {
            LocalModel model = model(client, server);
            ChatRequest question = new ChatRequest(
                    server.model(),
                    List.of(ChatMessage.user("Fix the parser." + Parsing.CONTRACT)),
                    null,
                    false,
                    null,
                    model.options(5));
            Reply<ChatAnswer> reply = model.ask(question, new Cancellation());
            assertThat(((Reply.Answered<ChatAnswer>) reply).value().isCutOff()).isTrue();
        }
    }

    @Test
    void a_server_that_is_killed_leaves_the_rest_to_the_rules() throws Exception {
        try (TinyModelServer mortal = TinyModelServer.start();
                OllamaClient client = client(mortal)) {
            OllamaMediator mediator = mediator(model(client, mortal));
            assertThat(understand(mediator, "Fix the parser in src/parser.py").mode())
                    .isEqualTo("llm");
            mortal.kill();
            Understanding understanding = understand(mediator, "Fix the parser in src/parser.py");
            assertThat(understanding.mode()).isEqualTo("rules");
            assertThat(understanding.type()).isEqualTo("bug_fix");
        }
    }
}
