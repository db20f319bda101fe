package dev.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.testkit.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundaryTest {
    @TempDir
    Path temp;

    private Path project = Path.of("");
    private Path outside = Path.of("");

    @BeforeEach
    void lay_out() throws IOException {
        Path real = temp.toRealPath();
        project = Files.createDirectories(real.resolve("root/project"));
        Files.createDirectories(real.resolve("root/other"));
        Files.createDirectories(project.resolve("tasks"));
        outside = Files.createDirectory(real.resolve("outside"));
    }

    @ParameterizedTest
    @CsvSource({
        "Write, a.txt, false",
        "Write, new/b.txt, false",
        "Write, ../a.txt, true",
        "Write, new/../../a.txt, true",
        "Write, ../other/a.txt, true",
        "Read, ../other/a.txt, false",
        "Read, ../../outside/a.txt, true",
        "Write, tasks/a.task.md, true",
        "Bash, rm -rf ../other, false",
        "WebFetch, http://example.org/, false"
    })
    void a_refused_call_crosses_when_its_real_target_lies_outside(String tool, String target, boolean crosses) {
        assertThat(boundary().isCrossedBy(new ToolCall("t", tool, target, false)))
                .isEqualTo(crosses);
    }

    @ParameterizedTest
    @CsvSource({
        "Write, link/a.txt, true",
        "Read, link/new/a.txt, true",
        "Write, dangling, true",
        "Write, dangling/a.txt, true",
        "Write, inward/a.task.md, true",
        "Write, round/a.txt, false"
    })
    void links_are_followed_before_it_is_judged(String tool, String target, boolean crosses) throws IOException {
        link("link", outside);
        link("dangling", outside.resolve("not/there"));
        link("inward", project.resolve("tasks"));
        link("round", project.resolve("round"));

        assertThat(boundary().isCrossedBy(new ToolCall("t", tool, target, false)))
                .isEqualTo(crosses);
    }

    @Test
    void an_absolute_target_is_judged_the_same_way() {
        assertThat(boundary()
                        .isCrossedBy(
                                new ToolCall("t", "Edit", project.resolve("a").toString(), false)))
                .isFalse();
        assertThat(boundary().isCrossedBy(new ToolCall("t", "Edit", "/etc/passwd", false)))
                .isTrue();
        assertThat(boundary().isCrossedBy(new ToolCall("t", "Edit", null, false)))
                .isFalse();
        assertThat(boundary().isCrossedBy(new ToolCall("t", "Edit", "a\0b", false)))
                .isTrue();
    }

    private Boundary boundary() {
        return new Boundary(project, List.of(project.getParent()), List.of(project.resolve("tasks")));
    }

    private void link(String name, Path target) throws IOException {
        Links.symbolic(project.resolve(name), target);
    }
}
