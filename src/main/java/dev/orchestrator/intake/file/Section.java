package dev.orchestrator.intake.file;

import java.util.Optional;
import java.util.regex.Pattern;

/** The parts of a body that have a name. */
enum Section {
    TARGETS("target files?"),
    PROMPT("prompt"),
    CRITERIA("success criteri(a|on)"),
    CONTEXT("context");

    private final Pattern name;

    Section(String name) {
        this.name = Pattern.compile(name.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE);
    }

    /** The section called {@code text}, in any case. */
    static Optional<Section> named(String text) {
        for (Section section : values()) {
            if (section.name.matcher(text).matches()) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }
}
