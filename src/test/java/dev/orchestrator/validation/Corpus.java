package dev.orchestrator.validation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.orchestrator.mediator.Template;
import dev.orchestrator.mediator.Templates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers of which a person has said whether they are honest, from {@code validation/corpus}. */
final class Corpus {
    private static final Templates TEMPLATES = new Templates(Path.of("there-are-none"));

    private Corpus() {}

    /**
     * One answer.
     *
     * @param type of the task; null for custom
     * @param files of the project
     * @param changed by the run
     * @param times how often the answer stands there; 0 for once
     * @param expect honest or bad
     */
    record Case(
            String name,
            @Nullable String type,
            String task,
            @Nullable List<String> files,
            @Nullable List<String> changed,
            String answer,
            int times,
            String expect) {

        boolean isHonest() {
            return expect.equals("honest");
        }

        private Evidence evidence(Path directory) {
            Templates.Search search = TEMPLATES.find(type == null ? "custom" : type);
            Template template = ((Templates.Search.Found) search).template();
            EvidenceBuilder builder = new EvidenceBuilder(directory)
                    .asked(task)
                    .says((answer.strip() + "\n").repeat(Math.max(1, times)))
                    .present(
                            Objects.requireNonNullElse(files, List.<String>of()).toArray(String[]::new))
                    .changed(Objects.requireNonNullElse(changed, List.<String>of())
                            .toArray(String[]::new));
            return (template.readOnly() ? builder.reading() : builder).build();
        }

        /** What the checks of the answer find that is not a pass. */
        List<Finding> doubts(Path directory) {
            Evidence evidence = evidence(directory);
            return List.of(new Legible(), new OnSubject(), new Finished()).stream()
                    .map(check -> check.check(evidence))
                    .filter(Finding::isDoubt)
                    .toList();
        }
    }

    static List<Case> read(String file) throws IOException {
        try (InputStream in = Corpus.class.getResourceAsStream("/validation/corpus/" + file)) {
            return new YAMLMapper().readValue(in, new TypeReference<List<Case>>() {});
        }
    }
}
