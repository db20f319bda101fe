package dev.orchestrator.guard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandRulesTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiterString = " -> ",
            value = {
                "npm test -> npm test -> true",
                "npm test -> npm  'test' -> true",
                "npm test -> npm test -- --watch -> false",
                "npm test -> npm -> false",
                "npm test -> 'npm test' -> unsure",
                "npm test -> npm te'st'ing -> false",
                "npm test -> npm test '' -> false",
                "npm test -> NPM test -> false",
                "a b c -> a 'b c' -> false",
                "a b c -> a b\\ c -> false",
                "a 'b c' -> a 'b c' -> true",
                "a 'b c' -> a b c -> false",
                "npm test -> npm $X -> false",
                "npm test -> npm test $X -> false",
                "npm $X -> npm $X -> false",
                "npm test -> npm test >f -> true",
            })
    void a_rule_without_a_wildcard_grants_exactly_its_words(String rule, String command, String granted) {
        assertThat(judged(rule, command)).isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiterString = " -> ",
            value = {
                "mvn * -> mvn -> true",
                "mvn * -> mvn -q test -> true",
                "mvn * -> mvn '' -> true",
                "mvn * -> mvn $X -> true",
                "mvn * -> mvn *.java \"$X\" {a,b} -> true",
                "mvn * -> mvnd -> false",
                "mvn * -> mvn-x test -> false",
                "mvn * -> ./mvn test -> false",
                "mvn * -> /tmp/mvn test -> false",
                "mvn * -> timeout 9 mvn test -> false",
                "mvn * -> nice mvn test -> false",
                "mvn * -> nohup mvn test -> false",
                "mvn * -> env mvn test -> false",
                "mvn * -> sh -c mvn -> false",
                "timeout * -> timeout 9 mvn test -> true",
                "./mvnw * -> ./mvnw -q test -> true",
                "git log * -> git log -> true",
                "git log * -> git log -1 HEAD~1 -> true",
                "git log * -> git logs -> false",
                "git log * -> git $X -> false",
                "git log * -> git log $X -> true",
                "git log * -> git -C .. log -> false",
            })
    void a_star_at_the_end_grants_any_further_words_or_none(String rule, String command, String granted) {
        assertThat(judged(rule, command)).isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiterString = " -> ",
            value = {
                "npm run test:* -> npm run test -> true",
                "npm run test:* -> npm run test --watch -> true",
                "npm run test:* -> npm run test2 -> false",
                "npm run test:* -> npm run tests -> false",
                "npm run test:* -> npm run test:unit -> false",
                "npm run test:* -> npm run 'test --watch' -> false",
                "mvn:* -> mvn test -> true",
                "mvn:* -> mvnd test -> false",
                "npm run test:* --x -> npm run test:unit --x -> true",
            })
    void colon_and_star_at_the_end_are_the_older_way_to_write_it(String rule, String command, String granted) {
        assertThat(judged(rule, command)).isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiterString = " -> ",
            value = {
                "git * main -> git push main -> true",
                "git * main -> git push origin main -> true",
                "git * main -> git main -> false",
                "git * main -> git push domain -> false",
                "git * main -> git push 'x main' -> false",
                "git * main -> git push main x -> false",
                "git * main -> git push $X main -> false",
                "git * main -> git $X main -> false",
                "git * main * -> git push main -> true",
                "git * main * -> git push main -f $X -> true",
                "git * main * -> git push $X main -> false",
                "x a*b -> x ab -> true",
                "x a*b -> x a1b -> true",
                "x a*b -> x a 1 b -> true",
                "x a*b -> x a1bc -> false",
                "x a*b -> x a -> false",
                "x a*a -> x a -> false",
                "x *ab*abc -> x ababc -> true",
                "x *ab*abc -> x abc -> false",
                "x *X -> x $X -> false",
                "x *[a] -> x [a] -> false",
                "mvn test* -> mvn test -> true",
                "mvn test* -> mvn testing 1 -> true",
                "mvn test* -> mvn -> false",
                "git commit -m '*' -> git commit -m 'a b' -> true",
            })
    void a_star_elsewhere_grants_any_characters_over_several_words_too(String rule, String command, String granted) {
        assertThat(judged(rule, command)).isEqualTo(granted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bash",
                "Bash()",
                "Bash( )",
                "Bash(*)",
                "Bash(:*)",
                "Bash(* test)",
                "Bash(m* test)",
                "Bash(m*:*)",
                "Bash('*' test)",
                "Bash(/usr/bin/*)",
                "Bash(mvn * && npm *)",
                "Bash(mvn * > f)",
                "Bash(X=1 mvn *)",
                "Bash(time *)",
                "Bash(mvn $(x) *)",
                "Bash(mvn \\* test)",
                "Bash(mvn *",
                "bash(mvn *)",
                "BashOutput(mvn *)",
                "WebFetch(domain:mvn)",
                "Read(mvn *)",
                "mvn *",
                "",
            })
    void a_rule_that_names_no_program_or_cannot_be_understood_grants_nothing(String rule) {
        CommandRules rules = CommandRules.of(List.of(rule));

        assertThat(rules.patterns()).isEmpty();
        assertThat(rules.grants(Scripts.only("mvn test"))).isFalse();
        assertThat(rules.grants(Scripts.only("mvn"))).isFalse();
    }

    @Test
    void one_of_several_rules_is_enough_and_their_order_does_not_matter() {
        CommandRules rules = CommandRules.of(List.of("WebSearch", "Bash(*)", "Bash(npm test)", "Bash( mvn:* )"));

        assertThat(rules.patterns()).containsExactly("npm test", "mvn:*");
        assertThat(rules.grants(Scripts.only("mvn test"))).isTrue();
        assertThat(rules.grants(Scripts.only("npm test"))).isTrue();
        assertThat(rules.grants(Scripts.only("npm run test"))).isFalse();
    }

    @Test
    void no_rules_grant_nothing() {
        assertThat(CommandRules.of(List.of()).grants(Scripts.only("true"))).isFalse();
    }

    @Test
    void no_word_can_pretend_to_be_several() {
        SimpleCommand command = new SimpleCommand(List.of("npm\0test"), List.of(), false);

        assertThat(CommandRules.of(List.of("Bash(npm test)", "Bash(npm *)")).grants(command))
                .isFalse();
    }

    @Test
    @Timeout(5)
    void no_pattern_takes_long() {
        List<String> words = new ArrayList<>(List.of("x"));
        for (int i = 0; i < 5_000; i++) {
            words.add("a");
        }
        CommandRules rules = CommandRules.of(List.of(
                "Bash(x " + "a*".repeat(2_000) + "b)",
                "Bash(x " + "* a ".repeat(1_000) + "b)",
                "Bash(x " + "*".repeat(5_000) + "b)"));

        assertThat(rules.patterns()).hasSize(3);
        assertThat(rules.grants(new SimpleCommand(words, List.of(), false))).isFalse();
    }

    private static String judged(String rule, String script) {
        if (!(ShellScript.parse(script) instanceof ShellScript.Commands)) {
            return "unsure";
        }
        return String.valueOf(CommandRules.of(List.of("Bash(" + rule + ")")).grants(Scripts.only(script)));
    }
}
