package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.mediator.Templates;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ParsingTest {
    private static final String REQUEST = "Fix the login in src/login.py. " + "word ".repeat(40_000);

    private final ObjectNode answer =
            Wire.MAPPER.createObjectNode().put("type", "bug_fix").put("title", "Fix the login");
    private final ArrayNode files = answer.putArray("files");

    private Ladder.Read<Parsing.Parsed> read() {
        return new Parsing(new Templates(Path.of("no-templates")).all(), REQUEST, 4_096)
                .wanted()
                .reader()
                .apply(answer);
    }

    private Parsing.Parsed parsed() {
        assertThat(read()).isInstanceOf(Ladder.Read.Usable.class);
        return ((Ladder.Read.Usable<Parsing.Parsed>) read()).value();
    }

    @Test
    @Timeout(20)
    void a_flood_of_files_is_not_looked_for_in_the_request() {
        files.add("src/login.py");
        for (int i = 0; i < 300_000; i++) {
            files.add("f" + i);
        }
        assertThat(parsed().files()).containsExactly("src/login.py");
    }

    @Test
    @Timeout(20)
    void a_title_that_never_ends_is_none() {
        answer.put("title", "login fix ".repeat(6_000));
        assertThat(read()).isInstanceOf(Ladder.Read.Useless.class);
    }

    @Test
    void what_is_only_a_sign_is_no_file() {
        files.add("/").add(".").add("-").add("src/login.py").add("x".repeat(5_000));
        assertThat(parsed().files()).containsExactly("src/login.py");
    }
}
