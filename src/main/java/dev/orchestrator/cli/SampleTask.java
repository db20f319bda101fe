package dev.orchestrator.cli;

import java.util.Map;

/** A task file to start from: every key there is, those that change something commented out. Valid as it stands. */
final class SampleTask {
    private static final Map<String, String> REQUESTS = Map.of(
            "analyze",
                    "Say in a few sentences what the project in this directory does and how its parts depend on each other.",
            "summarize", "Summarise the README of this project in five sentences.",
            "code_review", "Review the code in this directory: faults first, each with its file and line.",
            "documentation", "Write a README.md for this project, or bring the one that is there up to date.",
            "bug_fix", "Describe here what happens, what should happen instead, and how to see it.");
    private static final String OTHERWISE = "Say here what is to be done, in your own words.";

    private SampleTask() {}

    static String of(String type) {
        return TEXT.replace("$TYPE", type).replace("$REQUEST", REQUESTS.getOrDefault(type, OTHERWISE));
    }

    private static final String TEXT = """
            ---
            # Every key is optional; a file of plain text is a task as well. Remove the # before a key to use it.

            # Letters, digits, '.', '_' and '-'. Without one the task gets an id made of date, file name and chance.
            # id: my-task

            # A template: what the agent is told besides your own words, and whether it may change files.
            type: $TYPE

            # high, medium or low
            priority: medium

            # Where the agent works: relative to the base directory (the setting claude.base_dir), inside an allowed root.
            cwd: .

            # Ids of tasks that must succeed before this one starts.
            # after: [other-task]

            # The time for one attempt in all, and how long the agent may be silent.
            timeout: 30m
            # idle_timeout: 10m

            # Limits of one attempt. Without them the settings decide.
            # max_turns: 40
            # max_budget_usd: 2.50
            # model: sonnet

            # Each pattern must match a file when the work is done, or the task has failed.
            # expected_files: [README.md, "docs/**/*.md"]

            # Who does it: claude, or one of `agents` in the settings; those take no max_..., no model and no allowed_tools.
            # agent: claude

            # Whether the local model leads the agent step by step; for large tasks, and for models that can use tools.
            # coordinator: true

            # Commands that the agent may run beyond reading and editing.
            # allowed_tools: ["Bash(git log *)"]

            # Commands that must pass before it is a success. We run them, not the agent, and tell it of those that do not.
            # acceptance: [make test]
            # acceptance_timeout: 10m
            # acceptance_rounds: 2

            # A task whose work the agent is told of; it is not waited for.
            # parent_task_id: other-task

            # Whether it works in a copy, so that nothing changes before you `approve` what it did.
            # guarded: true

            # A JSON Schema of an object that it is to give besides its report.
            # output_schema: {type: object, properties: {count: {type: integer}}, required: [count]}

            # Further attempts after the first, for failures that another attempt can cure.
            retries: 2

            # For your own use; they come back in the result.
            labels: [sample]
            ---

            # A sample task

            **Prompt:**
            $REQUEST

            **Success Criteria:**
            - [ ] The report says what was done or found, and what is left.
            """;
}
