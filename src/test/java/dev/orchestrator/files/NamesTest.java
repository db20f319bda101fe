package dev.orchestrator.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:25:01.007Z");

    @TempDir
    Path directory;

    @Test
    void a_file_is_set_aside_under_a_name_that_says_when() throws IOException {
        Path file = Files.writeString(directory.resolve("events.ndjson"), "one");
        assertThat(Quarantine.setAside(file, NOW))
                .hasFileName("events.ndjson.corrupt-20261122T142501007")
                .hasContent("one");
        assertThat(file).doesNotExist();
    }

    @Test
    void what_was_set_aside_at_the_same_time_is_kept() throws IOException {
        Path file = directory.resolve("a");
        Quarantine.setAside(Files.writeString(file, "one"), NOW);
        Quarantine.setAside(Files.writeString(file, "two"), NOW);
        assertThat(Quarantine.setAside(Files.writeString(file, "three"), NOW)).hasContent("three");
        assertThat(directory.resolve("a.corrupt-20261122T142501007")).hasContent("one");
        assertThat(directory.resolve("a.corrupt-20261122T142501007-2")).hasContent("two");
    }

    @ParameterizedTest
    @CsvSource({
        "Fix the login timeout, 40, fix-the-login-timeout",
        "Überprüfe çalışma, 40, uberprufe-cal-sma",
        "../../etc/passwd, 40, etc-passwd",
        "a  --  b, 40, a-b",
        "abc def, 4, abc",
        "'   ', 40, ''",
        "日本語, 40, ''",
        "x, 0, ''",
    })
    void a_slug_has_only_letters_digits_and_single_dashes(String text, int longest, String slug) {
        assertThat(SafeName.slug(text, longest)).isEqualTo(slug);
    }
}
