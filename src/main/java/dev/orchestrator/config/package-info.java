/**
 * Where things lie and how they are set. Read {@link dev.orchestrator.config.Home} (every path of a home, known nowhere
 * else), then {@link dev.orchestrator.config.Config} (every setting, typed, with its default).
 */
@NullMarked
package dev.orchestrator.config;

import org.jspecify.annotations.NullMarked;
