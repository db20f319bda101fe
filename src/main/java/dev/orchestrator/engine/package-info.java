/**
 * Who decides when and where a task runs. Read {@link dev.orchestrator.engine.Engine} first (the port), then {@link
 * dev.orchestrator.engine.TaskHandler} (what the engine drives).
 */
@NullMarked
package dev.orchestrator.engine;

import org.jspecify.annotations.NullMarked;
