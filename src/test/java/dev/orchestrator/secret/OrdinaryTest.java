package dev.orchestrator.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdinaryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x9$Kq2!",
                "true",
                "none",
                "123456789",
                "127.0.0.1",
                "12:34:56",
                "localhost",
                "changeme",
                "Kubernetes",
                "PRODUCTION",
                "/run/secrets/db_password",
                "/home/user1/.config/gcloud/key.json",
                "/usr/lib/x86_64-linux-gnu/libcrypto.so.3",
                "C:\\Users\\Me\\secrets\\token.txt",
                "D:/build/keys/upload.jks",
                "https://login.example.com/oauth2/v2.0/token",
                "unix:///var/run/agent.sock",
            })
    void what_turns_up_everywhere_is_ordinary(String value) {
        assertThat(Ordinary.is(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x9$Kq2!p",
                "1234567890",
                "192.168.100.2001",
                "aBcDeFgHiJ",
                "abcdefghijklmnop",
                "correct-horse",
                "two words",
                "/wJalrXUtnFEMI/K7MDENG/bPxRfiCY8",
                "/srv/keys/9fK2mXq7Lw3Z",
                "C:\\9fK2mXq7Lw3Z",
                "https://user:pass@example.com/",
                "https://example.com/hook?key=abc",
                "https://hooks.example.com/T1/a8Kd02nXq7Lw3Z",
                "bücherwurm",
            })
    void anything_else_may_be_a_secret(String value) {
        assertThat(Ordinary.is(value)).isFalse();
    }
}
