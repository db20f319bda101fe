package dev.orchestrator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.orchestrator";
    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROOT);
    }

    @Test
    void the_rules_are_about_something() {
        assertThat(classes.size()).isGreaterThan(200);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void the_vocabulary_and_the_primitives_know_only_the_jdk() {
        onlyTheJdk("task");
        onlyTheJdk("files");
        onlyTheJdk("time");
        onlyTheJdk("secret");
        onlyTheJdk("guard.shell");
    }

    private static void onlyTheJdk(String name) {
        String own = ROOT + "." + name;
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(own, "java..", "org.jspecify..")
                .check(classes);
    }

    @Test
    void processes_are_touched_in_one_package() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".process")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class, ProcessHandle.class, Process.class)
                .check(classes);
    }

    @Test
    void the_time_is_asked_for_in_one_package() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".time")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(classes);
    }

    @Test
    void threads_are_made_in_one_class() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Threads.class)
                .should()
                .callConstructorWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                        com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                                com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(Thread.class))))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Executors.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(classes);
    }

    @Test
    void the_console_belongs_to_the_command_line() {
        noClasses()
                .that(not(resideInAnyPackage(ROOT + ".cli..")))
                .and()
                .doNotBelongToAnyOf(Main.class)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(classes);
    }

    @Test
    void the_process_is_ended_and_its_environment_read_in_main_only() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Main.class)
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(classes);
    }

    @Test
    void the_core_knows_no_json_and_nobody_the_old_logger() {
        noClasses()
                .that(resideInAnyPackage(ROOT + ".task..", ROOT + ".engine.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.databind..")
                .check(classes);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(classes);
    }

    @Test
    void every_package_says_that_its_references_are_not_null() {
        classes.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(com.tngtech.archunit.core.domain.JavaClass::getPackage)
                .distinct()
                .forEach(owner -> assertThat(owner.isAnnotatedWith(NullMarked.class))
                        .as("package %s is annotated @NullMarked", owner.getName())
                        .isTrue());
    }
}
