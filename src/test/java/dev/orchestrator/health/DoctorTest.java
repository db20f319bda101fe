package dev.orchestrator.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.health.CheckResult.Verdict;
import dev.orchestrator.health.Doctor.Finding;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void the_answers_come_in_the_order_of_the_checks() throws Exception {
        List<Finding> findings = examine(
                LONG,
                () -> CheckResult.ok("one"),
                () -> CheckResult.warn("two", "mend"),
                () -> CheckResult.ok("three"));

        assertThat(findings).extracting(finding -> finding.result().detail()).containsExactly("one", "two", "three");
    }

    @Test
    void a_check_that_throws_has_failed_and_hides_no_other() throws Exception {
        List<Finding> findings = examine(
                LONG,
                () -> {
                    throw new IOException("no disk");
                },
                () -> CheckResult.ok("fine"));

        assertThat(findings.get(0).result().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(findings.get(0).result().detail()).contains("no disk");
        assertThat(findings.get(0).result().remedy()).isNotBlank();
        assertThat(findings.get(1).result().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void a_permission_that_is_missing_is_told_in_words() throws Exception {
        List<Finding> findings = examine(LONG, () -> {
            throw new UncheckedIOException("cannot list /x", new AccessDeniedException("/x"));
        });

        assertThat(findings.get(0).result().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(findings.get(0).result().detail())
                .isEqualTo("not looked at, since /x cannot be used: permission denied");
    }

    @Test
    void checks_that_hang_cost_the_limit_once_and_are_interrupted() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(2);
        Check.Body hangs = () -> {
            try {
                never.await();
                return CheckResult.ok("cannot be");
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        };

        List<Finding> findings = examine(Duration.ofMillis(200), hangs, hangs, () -> CheckResult.ok("fine"));

        assertThat(findings)
                .extracting(finding -> finding.result().verdict())
                .containsExactly(Verdict.FAIL, Verdict.FAIL, Verdict.OK);
        assertThat(findings.get(0).result().detail()).isEqualTo("no answer within 200 ms");
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void checks_run_side_by_side() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Check.Body meets = () -> {
            both.countDown();
            return both.await(30, TimeUnit.SECONDS) ? CheckResult.ok("met") : CheckResult.fail("alone", "mend");
        };

        assertThat(examine(LONG, meets, meets))
                .allMatch(finding -> finding.result().verdict() == Verdict.OK);
    }

    private static List<Finding> examine(Duration limit, Check.Body... bodies) throws InterruptedException {
        List<Check> checks = List.of(bodies).stream()
                .map(body -> new Check("group", "name", body))
                .toList();
        return new Doctor(checks, limit, Thread::new, TimeSource.system()).examine();
    }
}
