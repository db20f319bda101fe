package dev.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.secret.Redactor;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who writes files: whoever comes anew has to say here what is in them, and that they are private. */
class SinksTest {
    /** Texts come to these from outside. They hide the secrets in them, by the redactor that they are given. */
    private static final Set<String> HIDE = Set.of(
            "control.ControlInbox",
            "guard.hook.GuardRecord",
            "intake.RejectedFiles",
            "pipeline.AcceptanceRecord",
            "pipeline.PersistStep",
            "pipeline.RecordFile");

    /** These write what one of those has written, or the journal has told; or a letter, in which secrets are hidden. */
    private static final Set<String> WRITE_AGAIN = Set.of(
            "artifact.ArtifactStore",
            "artifact.IndexFile",
            "history.HistoryFile",
            "journal.JournalArchive",
            "journal.SegmentRecovery",
            "journal.SegmentWriter",
            "process.Command",
            "state.StateFile");

    /** Pids and versions, ids and hashes; names of files in a working directory. */
    private static final Set<String> NO_TEXTS = Set.of(
            "HomeSurroundings",
            "artifact.Tombstones",
            "guard.manifest.ManifestFile",
            "pipeline.Changes",
            "telegram.Bookmark",
            "view.DaemonInfo");

    /** The user's own words, for the agent or the daemon to act upon; private, or the user's own file. */
    private static final Set<String> WORDS = Set.of(
            "agent.claude.ClaudeLauncher",
            "agent.command.CommandLauncher",
            "HandIn",
            "control.ControlClient",
            "intake.AcceptedInJournal");

    /** Contents of the user's files, to be put in place to the byte, with names and hashes of them. */
    private static final Set<String> CONTENTS = Set.of(
            "guard.staging.Applier",
            "guard.staging.BaseFiles",
            "guard.staging.Blobs",
            "guard.staging.BorrowedRepository",
            "guard.staging.ChangeStore",
            "guard.staging.Placing",
            "guard.staging.Staging",
            "agent.claude.RunProject",
            "guard.project.TrustedDirectories",
            "pipeline.GuardedTurns",
            "pipeline.SentinelWatch");

    /** The same whatever comes from outside. */
    private static final Set<String> CONSTANT =
            Set.of("agent.claude.ClaudeFiles", "agent.claude.Confinement", "guard.sandbox.SandboxTrial");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.orchestrator");
    }

    @Test
    void everybody_who_writes_a_file_is_known() {
        Set<String> known = new TreeSet<>();
        Stream.of(HIDE, WRITE_AGAIN, NO_TEXTS, WORDS, CONTENTS, CONSTANT).forEach(known::addAll);

        assertThat(classes.stream()
                        .filter(type -> !type.getPackageName().endsWith(".files"))
                        .filter(type -> type.getAccessesFromSelf().stream().anyMatch(SinksTest::writes))
                        .map(SinksTest::outermost))
                .containsOnlyOnceElementsOf(known)
                .isSubsetOf(known);
    }

    @Test
    void those_to_whom_texts_come_have_somebody_who_hides_secrets() {
        assertThat(HIDE)
                .allSatisfy(name -> assertThat(
                                classes.get("dev.orchestrator." + name).getDirectDependenciesFromSelf())
                        .as(name)
                        .anySatisfy(dependency -> assertThat(
                                        dependency.getTargetClass().getSimpleName())
                                .isIn(Redactor.class.getSimpleName(), "Redaction")));
    }

    @Test
    void nobody_writes_past_what_makes_files_private() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.orchestrator.files", "dev.orchestrator.agent.simulated")
                .and()
                .doNotHaveSimpleName("DemoHome")
                .and()
                // It prints.
                .doNotHaveSimpleName("Main")
                .should()
                .callMethodWhere(call("write", "writeString", "newBufferedWriter", "newOutputStream"))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(FileOutputStream.class)
                .check(classes);
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> call(String... names) {
        return DescribedPredicate.describe(
                "Files." + String.join(", ", names),
                call -> call.getTargetOwner().isEquivalentTo(Files.class)
                        && Set.of(names).contains(call.getName()));
    }

    private static boolean writes(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        boolean file = owner.isEquivalentTo(AtomicFile.class) || owner.isEquivalentTo(PrivateFile.class);
        return file && Set.of("write", "writeShared", "open").contains(access.getName());
    }

    private static String outermost(JavaClass type) {
        String name = type.getName().substring("dev.orchestrator.".length());
        return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
    }
}
