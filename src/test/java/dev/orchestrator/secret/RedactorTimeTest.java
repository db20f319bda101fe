package dev.orchestrator.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts made to be looked at again and again. Eight times the text may take many times the time, but not the square. */
class RedactorTimeTest {
    private static final int LENGTH = 1 << 17;
    private static final int TIMES = 8;
    private static final int FACTOR = 24;
    private static final int ATTEMPTS = 5;

    private final Redactor redactor = Redactor.of(Map.of(), List.of("aaaaaaaaaaaaaaaa", "\\\\\\\\\\\\\\\\"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-",
                " sk-",
                "sk-a1",
                " sk-ant-",
                "ghp_",
                "AKIA",
                "AIza",
                "xoxb-",
                "glpat-a.",
                "eyJ",
                "eyJhbGciOi.",
                "eyJhbGciOieyJ.a",
                "-----BEGIN",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n\\\"",
                "-----BEGIN PRIVATE KEY-----\n-----END",
                "://",
                "a://",
                "a://a:",
                "a://a:b@",
                "https://hooks.slack.com/services/",
                "token=",
                "token='",
                "token=\"\\",
                "token=\\\"",
                "token=a1B2c3D4e5F6g7H8",
                "password: ",
                "aws_secret_access_key=",
                "Authorization: Bearer ",
                "Authorization: ",
                "1",
                "1234567890:",
                "123456789:A",
                "a",
                "\\",
                "[redacted]",
                "aaaaaaaaaaaaaaaa[redacted]",
                "a1B2c3D4+/",
                "{\"a\":\"ghp_",
                "[\"aaaaaaaaaaaaaaaa\\n\"]",
            })
    void no_text_takes_more_than_linear_time(String part) {
        String text = part.repeat(LENGTH / part.length());
        String longer = part.repeat(TIMES * (LENGTH / part.length()));

        // The compiler may come in between, and then one of the two is measured before it and the other after.
        boolean linear = false;
        for (int attempt = 0; attempt < ATTEMPTS && !linear; attempt++) {
            linear = leastNanos(longer) < FACTOR * leastNanos(text);
        }
        assertThat(linear)
                .as("%d times the text takes more than %d times the time", TIMES, FACTOR)
                .isTrue();
    }

    /** Of this thread alone, and the least of some, for others are at work on the machine. */
    private long leastNanos(String text) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = cpuNanos();
            assertThat(redactor.redact(text)).isNotEmpty();
            least = Math.min(least, cpuNanos() - start);
        }
        return least;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
