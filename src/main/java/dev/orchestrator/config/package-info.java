/**
 * Where things lie and how they are set. Read {@link dev.orchestrator.config.Home} (every path of a home, known nowhere
 * else), then {@link dev.orchestrator.config.Config} (every setting, typed; its table is
 * {@link dev.orchestrator.config.Settings}).
 *
 * <p>No configuration library: docs/RATIONALE.md says why. Both files are read by us, with the line of every value.
 */
@NullMarked
package dev.orchestrator.config;

import org.jspecify.annotations.NullMarked;
