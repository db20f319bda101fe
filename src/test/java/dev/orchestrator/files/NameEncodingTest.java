package dev.orchestrator.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameEncodingTest {
    @ParameterizedTest
    @ValueSource(strings = {"ANSI_X3.4-1968", "US-ASCII", "ISO-8859-1", "EUC-JP", "", "no such charset!"})
    void what_lacks_some_characters_is_a_limit(String name) {
        assertThat(NameEncoding.of(name).limit()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030"})
    void what_has_them_all_is_none(String name) {
        assertThat(NameEncoding.of(name).limit()).isEmpty();
    }

    @Test
    void the_limit_names_the_encoding_and_the_remedy_the_variable() {
        assertThat(NameEncoding.of("ANSI_X3.4-1968").limit().orElseThrow()).contains("US-ASCII");
        assertThat(NameEncoding.remedy()).contains("LC_ALL=C.UTF-8");
    }

    @Test
    void a_name_that_cannot_be_written_is_told_from_one_that_can() {
        NameEncoding ascii = NameEncoding.of("ANSI_X3.4-1968");

        assertThat(ascii.canName("/home/me")).isTrue();
        assertThat(ascii.canName("/home/j\u00fcrgen")).isFalse();
        // What Java makes of bytes that it cannot read.
        assertThat(ascii.canName("/home/j\ufffd\ufffdrgen")).isFalse();
    }

    @Test
    void a_plain_name_leads_back_and_one_of_a_file_that_is_gone_does_no_harm(@TempDir Path directory)
            throws IOException {
        assertThat(NameEncoding.leadsBack(Files.createFile(directory.resolve("a.task.md"))))
                .isTrue();
        assertThat(NameEncoding.leadsBack(directory.resolve("gone.task.md"))).isTrue();
    }
}
