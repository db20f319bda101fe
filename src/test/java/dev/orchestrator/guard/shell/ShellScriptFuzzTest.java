package dev.orchestrator.guard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

class ShellScriptFuzzTest {
    private static final CommandRules SOME =
            CommandRules.of(List.of("Bash(mvn *)", "Bash(npm test)", "Bash(npm run test:*)", "Bash(git * a*b * c)"));

    @FuzzTest(maxDuration = "1m")
    void any_text_is_refused_with_a_reason_or_has_a_plain_name_in_each_command(FuzzedDataProvider data) {
        ShellScript script = ShellScript.parse(data.consumeRemainingAsString());

        if (script instanceof ShellScript.Unsure unsure) {
            assertThat(unsure.why()).isNotBlank().doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
            return;
        }
        List<SimpleCommand> commands = ((ShellScript.Commands) script).commands();
        assertThat(commands).isNotEmpty().allSatisfy(command -> {
            assertThat(command.words().get(0)).matches("[A-Za-z0-9_./@+-]+");
            assertThat(command.redirections()).extracting(Redirection::target).doesNotContain("");
            assertThat(SOME.grants(command) && HarmlessCommands.isHarmless(command))
                    .isFalse();
        });
    }

    @FuzzTest(maxDuration = "1m")
    void whatever_stands_in_single_quotes_is_one_word(FuzzedDataProvider data) {
        List<String> words = new ArrayList<>(List.of("x"));
        while (data.remainingBytes() > 0 && words.size() < 20) {
            words.add(data.consumeString(50).replaceAll("[^\\n\\t -~]", ""));
        }
        String script = words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(data.consumeBoolean() ? " " : " \\\n\t"));

        assertThat(ShellScript.parse(script))
                .isEqualTo(new ShellScript.Commands(List.of(new SimpleCommand(words, List.of(), false))));
    }

    /** However much of it is understood: a substitution outside of single quotes is never. */
    @FuzzTest(maxDuration = "1m")
    void no_text_around_a_substitution_makes_it_acceptable(FuzzedDataProvider data) {
        String front = data.consumeString(200).replaceAll("[\\\\'\"]", "");
        String substitution = data.pickValue(List.of("$(y)", "`y`", "\"$(y)\"", "\"`y`\"", "<(y)", "${y:-z}", "$'y'"));

        assertThat(ShellScript.parse("x " + front + substitution + data.consumeRemainingAsString()))
                .isInstanceOf(ShellScript.Unsure.class);
    }
}
