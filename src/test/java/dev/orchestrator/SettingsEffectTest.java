package dev.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.config.Provenance;
import dev.orchestrator.testkit.EffectOf;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.annotation.Testable;

/** No setting is there for nothing: for each some test says that it does something, and what it says somebody asks. */
class SettingsEffectTest {
    private static final String ROOT = "dev.orchestrator";
    private static List<JavaMethod> claims;

    @BeforeAll
    static void read() {
        claims = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests()).importPackages(ROOT).stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(EffectOf.class))
                        .toList();
    }

    @Test
    void each_setting_has_a_test_that_fails_when_it_does_nothing(@TempDir Path temp) {
        Set<String> settings = settings(new Home(temp));
        Set<String> claimed = claims.stream()
                .flatMap(test ->
                        Arrays.stream(test.getAnnotationOfType(EffectOf.class).value()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(settings);

        System.out.println(settings.size() + " settings, each with a test of its effect");
    }

    @Test
    void what_claims_it_is_a_test_that_runs() {
        assertThat(claims)
                .allMatch(test -> test.isMetaAnnotatedWith(Testable.class))
                .noneMatch(test -> test.isAnnotatedWith(Disabled.class))
                .noneMatch(test -> test.getOwner().isAnnotatedWith(Disabled.class));
    }

    /** As the table has them, with {@code NAME} for the name of an agent. */
    private static Set<String> settings(Home home) {
        ConfigOutcome outcome = ConfigLoader.load(home, Map.of("agents.any.command", "any"), Map.of());
        return ((ConfigOutcome.Loaded) outcome)
                .provenance().stream()
                        .map(Provenance::setting)
                        .map(name -> name.replace("agents.any.", "agents.NAME."))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void each_value_of_the_configuration_is_asked_for_by_somebody_else() {
        Set<Class<?>> records = new LinkedHashSet<>();
        collect(Config.class, records);
        assertThat(records).hasSizeGreaterThan(10);

        methods()
                .that(areAccessorsOf(records))
                .should(beCalledFromOutside(Config.class.getPackageName()))
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(ROOT));
    }

    /** Those of its package that {@code type} has, at any depth. */
    private static void collect(Type type, Set<Class<?>> records) {
        if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(each -> collect(each, records));
        } else if (type instanceof Class<?> known
                && known.isRecord()
                && known.getPackage().equals(Config.class.getPackage())
                && records.add(known)) {
            Stream.of(known.getRecordComponents())
                    .map(RecordComponent::getGenericType)
                    .forEach(each -> collect(each, records));
        }
    }

    private static DescribedPredicate<JavaMethod> areAccessorsOf(Set<Class<?>> records) {
        Set<String> names = records.stream()
                .flatMap(type -> Stream.of(type.getRecordComponents()))
                .map(component -> component.getDeclaringRecord().getName() + "." + component.getName() + "()")
                .collect(Collectors.toSet());
        return DescribedPredicate.describe(
                "are accessors of the configuration", method -> names.contains(method.getFullName()));
    }

    private static ArchCondition<JavaMethod> beCalledFromOutside(String own) {
        return new ArchCondition<>("be called from outside of " + own) {
            @Override
            public void check(JavaMethod accessor, ConditionEvents events) {
                boolean called = accessor.getAccessesToSelf().stream()
                        .map(access -> access.getOriginOwner())
                        .map(JavaClass::getPackageName)
                        .anyMatch(name -> !name.equals(own));
                events.add(new SimpleConditionEvent(
                        accessor, called, accessor.getFullName() + " is called by nobody outside of " + own));
            }
        };
    }
}
