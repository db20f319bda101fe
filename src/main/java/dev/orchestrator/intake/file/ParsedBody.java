package dev.orchestrator.intake.file;

import dev.orchestrator.task.TaskBody;

/** @param title one line, never blank */
record ParsedBody(String title, TaskBody body) {}
