package dev.orchestrator.intake.file;

import dev.orchestrator.task.NearestName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The values that {@code type} may have: the templates there are, and what the predecessor called them. */
final class TypeNames {
    private final Set<String> known;

    TypeNames(Set<String> known) {
        this.known = new TreeSet<>(known);
    }

    String read(Value value) throws TaskRejected {
        String name = value.text();
        String folded = name.toLowerCase(Locale.ROOT);
        if (known.contains(name)) {
            return name;
        }
        if (known.contains(folded)) {
            return folded;
        }
        if (folded.equals("fix") && known.contains("bug_fix")) {
            return "bug_fix";
        }
        Optional<String> nearest = NearestName.nearest(name, known);
        String hint = nearest.map(near -> "Did you mean '" + near + "'? ").orElse("");
        throw value.bad("is not a known type", hint + "The types are " + String.join(", ", known) + ".");
    }
}
