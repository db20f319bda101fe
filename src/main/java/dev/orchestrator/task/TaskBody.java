package dev.orchestrator.task;

import java.util.List;

/**
 * The Markdown part of a task file.
 *
 * @param instructions what to do, in the user's words; never blank
 * @param targets files the user named
 * @param criteria what must be true afterwards
 * @param context background, may be empty
 */
public record TaskBody(String instructions, List<String> targets, List<String> criteria, String context) {

    public TaskBody {
        targets = List.copyOf(targets);
        criteria = List.copyOf(criteria);
    }
}
