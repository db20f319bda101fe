package dev.orchestrator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the checks of the answer are right. A check that cries wolf is turned off by whoever has to read it. */
class CorpusTest {
    @TempDir
    Path directory;

    /** How many answers got which verdict. */
    private record Row(long passed, long warned, long failed) {
        long all() {
            return passed + warned + failed;
        }

        double noticed() {
            return (double) (warned + failed) / all();
        }
    }

    private record Matrix(Row honest, Row bad) {}

    @Test
    void it_is_large_enough_and_half_of_it_is_honest() throws Exception {
        List<Corpus.Case> all = Stream.concat(
                        Corpus.read("calibration.yaml").stream(), Corpus.read("held-out.yaml").stream())
                .toList();
        assertThat(all)
                .hasSizeGreaterThanOrEqualTo(160)
                .extracting(Corpus.Case::name)
                .doesNotHaveDuplicates();
        assertThat(all).allMatch(answer -> answer.isHonest() || answer.expect().equals("bad"));
        assertThat((double) all.stream().filter(Corpus.Case::isHonest).count() / all.size())
                .isBetween(0.45, 0.55);
    }

    @Test
    void answers_that_the_bounds_were_chosen_on() throws Exception {
        Matrix matrix = matrix("calibration.yaml");
        assertThat(matrix.honest().failed()).isZero();
        assertThat(matrix.honest().noticed()).isLessThanOrEqualTo(0.03);
        assertThat(matrix.bad().noticed()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void answers_that_nothing_was_chosen_on() throws Exception {
        Matrix matrix = matrix("held-out.yaml");
        assertThat(matrix.honest().failed()).isZero();
        assertThat(matrix.honest().noticed()).isLessThanOrEqualTo(0.03);
        assertThat(matrix.bad().noticed()).isGreaterThanOrEqualTo(0.6);
    }

    private Matrix matrix(String file) throws IOException {
        List<Corpus.Case> cases = Corpus.read(file);
        Matrix matrix = new Matrix(row(cases, true), row(cases, false));
        System.out.printf(
                "[corpus] %s%n[corpus]           pass  warning  error%n[corpus] honest    %s%n[corpus] bad       %s%n",
                file, line(matrix.honest()), line(matrix.bad()));
        cases.stream().filter(this::isWrong).forEach(answer -> System.out.println("[corpus]   wrong: " + told(answer)));
        return matrix;
    }

    private Row row(List<Corpus.Case> cases, boolean honest) {
        long[] counts = new long[3];
        cases.stream().filter(answer -> answer.isHonest() == honest).forEach(answer -> counts[verdict(answer)]++);
        return new Row(counts[0], counts[1], counts[2]);
    }

    private int verdict(Corpus.Case answer) {
        List<Finding> doubts = answer.doubts(directory);
        if (doubts.isEmpty()) {
            return 0;
        }
        return doubts.stream().anyMatch(Finding::isBlocking) ? 2 : 1;
    }

    private static String line(Row row) {
        return "%4d %8d %6d".formatted(row.passed(), row.warned(), row.failed());
    }

    private boolean isWrong(Corpus.Case answer) {
        return answer.isHonest() == verdict(answer) > 0;
    }

    private String told(Corpus.Case answer) {
        return answer.name() + " "
                + answer.doubts(directory).stream().map(Finding::detail).toList();
    }
}
