package dev.orchestrator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.txt           | a.txt
            *.txt           | .txt
            *               | a
            src/*.java      | src/A.java
            src/**          | src/a/b/C.java
            **/C.java       | C.java
            **/C.java       | a/b/C.java
            src/**/C.java   | src/C.java
            src/**/C.java   | src/a/b/C.java
            ?.md            | a.md
            [a-c]x          | bx
            [!a-c]x         | dx
            []]x            | ]x
            [a-]x           | -x
            {a,b*}/c        | bbb/c
            {**/a,b}.txt    | x/y/a.txt
            a{,b}           | a
            \\*             | *
            """)
    void what_it_means(String pattern, String path) {
        assertThat(matches(pattern, path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.txt         | b.txt
            *.txt         | a/b.txt
            src/*.java    | src/a/B.java
            src/**        | srca
            **/C.java     | XC.java
            ?             | /
            [!a]b         | /b
            a             | aa
            aa            | a
            {a,b}         | ab
            A             | a
            """)
    void what_it_does_not_mean(String pattern, String path) {
        assertThat(matches(pattern, path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'{a,b'", "'[a'", "'['", "'a\\'", "'[a-'"})
    void an_open_bracket_is_no_pattern(String pattern) {
        assertThat(Glob.of(pattern, false)).isEmpty();
    }

    @Test
    void case_is_ignored_where_the_files_ignore_it() {
        assertThat(Glob.of("Src/*.JAVA", true).orElseThrow().matches("src/a.java"))
                .isTrue();
    }

    @Test
    void many_stars_and_a_name_that_nearly_fits_take_no_time() {
        String pattern = "*a".repeat(100) + "b";

        boolean matches =
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> matches(pattern, "a".repeat(4000)));

        assertThat(matches).isFalse();
    }

    /** The seed is in the message of a failure. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the matcher of the JDK ignores case there")
    void it_agrees_with_the_jdk_on_what_both_know() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String pattern = text(random, "ab/*?*", 8);
            String path = text(random, "ab/", 8);
            PathMatcher jdk = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            boolean plain = !pattern.contains("**") && !pattern.contains("//") && !pattern.endsWith("/");
            if (plain && Path.of(path).toString().equals(path)) {
                assertThat(matches(pattern, path))
                        .as("%s of %s, seed %d", pattern, path, seed)
                        .isEqualTo(jdk.matches(Path.of(path)));
            }
        }
    }

    private static String text(Random random, String alphabet, int most) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(most);
        while (text.length() < length) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static boolean matches(String pattern, String path) {
        return Glob.of(pattern, false).orElseThrow().matches(path);
    }
}
