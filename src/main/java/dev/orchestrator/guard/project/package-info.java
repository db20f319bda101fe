/**
 * The settings that a repository brings along, {@code .claude/} and {@code .mcp.json}: what of them counts, and for whom.
 *
 * <p>Read {@link dev.orchestrator.guard.project.ProjectTrust} first (whether they count for a run), then
 * {@link dev.orchestrator.guard.project.ProjectSettings} (what is taken of them, and what never is).
 */
@NullMarked
package dev.orchestrator.guard.project;

import org.jspecify.annotations.NullMarked;
