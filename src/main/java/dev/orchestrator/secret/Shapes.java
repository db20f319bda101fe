package dev.orchestrator.secret;

import static dev.orchestrator.secret.Ascii.LETTERS_AND_DIGITS;
import static dev.orchestrator.secret.Ascii.TOKEN;
import static dev.orchestrator.secret.Ascii.UPPER_AND_DIGITS;

import java.util.List;

/**
 * What is taken for a secret without being known. The lengths are those of the issuers, or a little less where they have
 * grown over the years. Not taken for one: hashes, UUIDs, paths, words.
 */
final class Shapes {
    private static final Ascii DOTTED = TOKEN.and(".");
    private static final Ascii SLASHED = TOKEN.and("/+");

    static final List<Rule> ALL = List.of(
            // Anthropic: sk-ant-api03-, sk-ant-oat01-, sk-ant-admin01- ...
            Token.atLeast(20, "sk-ant-", TOKEN).atStartOfWord(),
            // OpenAI: 48 letters and digits in old keys, over a hundred in sk-proj-; others have taken sk- over.
            Token.atLeast(20, "sk-", TOKEN).atStartOfWord().random(),
            // GitHub: 36 behind the prefix; of people, OAuth, users of apps, servers, refreshing.
            Token.atLeast(36, "ghp_", TOKEN),
            Token.atLeast(36, "gho_", TOKEN),
            Token.atLeast(36, "ghu_", TOKEN),
            Token.atLeast(36, "ghs_", TOKEN),
            Token.atLeast(36, "ghr_", TOKEN),
            // GitHub, fine-grained: 22, an underscore, 59.
            Token.atLeast(22, "github_pat_", TOKEN),
            // GitLab: 20; newer ones are longer and have dots.
            Token.atLeast(20, "glpat-", TOKEN),
            Token.atLeast(20, "glpat-", DOTTED).random(),
            // npm: 36.
            Token.atLeast(36, "npm_", LETTERS_AND_DIGITS),
            // PyPI: a macaroon that begins with the name of the index.
            Token.atLeast(50, "pypi-AgE", TOKEN),
            // AWS: the id of a key, long-lived or temporary.
            Token.exactly(16, "AKIA", UPPER_AND_DIGITS),
            Token.exactly(16, "ASIA", UPPER_AND_DIGITS),
            new AwsSecretKey(),
            // Google: 35.
            Token.exactly(35, "AIza", TOKEN),
            // Slack: app, bot, user, ... and the address of a webhook, whose path is its secret.
            Token.atLeast(10, "xoxa-", TOKEN),
            Token.atLeast(10, "xoxb-", TOKEN),
            Token.atLeast(10, "xoxp-", TOKEN),
            Token.atLeast(10, "xoxo-", TOKEN),
            Token.atLeast(10, "xoxs-", TOKEN),
            Token.atLeast(10, "xoxr-", TOKEN),
            Token.atLeast(20, "hooks.slack.com/services/", SLASHED).behindPrefix(),
            Token.atLeast(20, "hooks.slack.com/workflows/", SLASHED).behindPrefix(),
            Token.atLeast(20, "hooks.slack.com/triggers/", SLASHED).behindPrefix(),
            // Stripe: secret and restricted keys that move money.
            Token.atLeast(16, "sk_live_", LETTERS_AND_DIGITS),
            Token.atLeast(16, "rk_live_", LETTERS_AND_DIGITS),
            new TelegramToken(),
            new JsonWebToken(),
            new Authorization(),
            new PrivateKey(),
            new UrlPassword(),
            new Assignment());

    private Shapes() {}
}
