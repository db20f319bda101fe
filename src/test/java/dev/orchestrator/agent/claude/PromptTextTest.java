package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTextTest {
    /** Behind each of these version 2.1.330 of the program follows a mention; found by trying every one. */
    private static final String OPENERS =
            "\t\n\u000b\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
                    + "\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u3001\u3002\ufeff\uff01\uff1f";

    @TempDir
    Path project;

    @Test
    void a_mention_is_disarmed_behind_everything_the_program_takes_for_the_start_of_a_word() {
        for (char opener : OPENERS.toCharArray()) {
            assertThat(harmless("see" + opener + "@/etc/passwd"))
                    .as("U+%04x", (int) opener)
                    .isEqualTo("see" + opener + "\\@/etc/passwd");
        }
        assertThat(harmless("@/etc/passwd")).isEqualTo("\\@/etc/passwd");
    }

    @Test
    void a_mention_inside_of_the_word_of_another_is_disarmed_too() {
        assertThat(harmless("@foo\u3001@/etc/passwd")).isEqualTo("@foo\u3001\\@/etc/passwd");
        assertThat(harmless("@foo\u00a0@/etc/passwd")).isEqualTo("@foo\u00a0\\@/etc/passwd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@/etc/passwd",
                "@~/x",
                "@../x",
                "@a/../../x",
                "@\"a b\"",
                "@'x'",
                "@./x",
                "@.env",
                "@$HOME/x",
                "@C:\\x",
                "@file:///x",
                "@%HOME%",
                "@notes.txt",
                "@notes.txt,",
                "@notes.txt#L1-3",
                "@src",
                "@src/main/A.java",
                "@notes.txt\u3002and",
                "@server:resource"
            })
    void what_the_program_might_follow_is_disarmed(String mention) throws IOException {
        Files.writeString(project.resolve("notes.txt"), "x");
        Files.createDirectory(project.resolve("src"));

        assertThat(harmless("see " + mention)).isEqualTo("see \\" + mention);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Override",
                "me@example.org",
                "@param name the name",
                "git@example.org:a/b.git",
                "a @ b",
                "@",
                "x@/etc/passwd"
            })
    void other_at_signs_stay_as_they_are(String text) {
        assertThat(harmless(text)).isEqualTo(text);
    }

    @Test
    void a_command_of_the_program_is_text() {
        assertThat(harmless("/help me")).isEqualTo("\n/help me");
        assertThat(harmless("see /help")).isEqualTo("see /help");
    }

    private String harmless(String prompt) {
        return PromptText.harmless(prompt, project);
    }
}
