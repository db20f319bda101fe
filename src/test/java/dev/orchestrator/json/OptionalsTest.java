package dev.orchestrator.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskSource;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.task.Terms;
import dev.orchestrator.testkit.EventKinds;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptionalsTest {
    /** One that is not known costs time only; one that is known and must be there would be missed. */
    @Test
    void what_is_known_is_what_the_records_of_the_journal_say() {
        Set<String> known = Optionals.KNOWN.stream()
                .filter(name -> !name.contains("Head"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(known).isEqualTo(new TreeSet<>(nullable().toList()));
    }

    private static Stream<String> nullable() {
        Stream<Class<?>> events = EventKinds.all();
        return Stream.concat(events, Stream.of(Task.class, TaskSource.class, TaskSpec.class, Terms.class))
                .flatMap(type -> Stream.of(type.getRecordComponents())
                        .filter(Optionals::isNullable)
                        .map(component -> type.getSimpleName() + "." + Records.snakeCase(component.getName())));
    }
}
