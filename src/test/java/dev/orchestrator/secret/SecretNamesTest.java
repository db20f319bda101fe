package dev.orchestrator.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "TOKEN",
                "GITHUB_TOKEN",
                "GITHUBTOKEN",
                "TOKEN_OLD",
                "github_token2",
                "API_TOKENS",
                "CLIENT_SECRET",
                "Secret-Of-Mine",
                "PGPASSWORD",
                "DB_PASSWD",
                "SSH_PASSPHRASE",
                "OPENAI_API_KEY",
                "OPENAI_API_KEY_2",
                "apiKey",
                "TLS_PRIVATE_KEY",
                "AWS_ACCESS_KEY_ID",
                "AWS_SECRET_ACCESS_KEY",
                "GOOGLE_CREDENTIAL",
                "GOOGLE_APPLICATION_CREDENTIALS",
                "NPM_AUTH",
                "AUTH_OF_PROXY",
                "ENCRYPTION_KEY",
                "SENTRY_DSN",
                "GITLAB_PAT",
                "SESSION_KEY",
                "SESSION_KEY_OLD",
                "DB_PASS",
                "MYSQL_PWD",
                "spring.mail.password",
            })
    void a_name_that_says_so_is_secret(String name) {
        assertThat(SecretNames.include(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH_AUTH_SOCK",
                "KEYBOARD",
                "MONKEY",
                "KEY",
                "TOKENIZERS_PARALLELISM",
                "GPG_TTY",
                "AUTHOR",
                "GIT_AUTHOR_NAME",
                "OAUTHLIB_RELAX",
                "PATH",
                "PAT",
                "PATTERN",
                "PWD",
                "OLDPWD",
                "BYPASS",
                "SSH_ASKPASS",
                "SSH_PUBLIC_KEY",
                "PUBLICKEY",
                "SECRETARY",
                "HOME",
                "KEY_OF_THE_HOUSE",
                "",
            })
    void a_name_that_only_resembles_one_is_not(String name) {
        assertThat(SecretNames.include(name)).isFalse();
    }
}
