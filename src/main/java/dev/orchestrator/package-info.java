/**
 * The program: what is started, in which order, and what ends it.
 *
 * <p>Read {@link dev.orchestrator.Main} first, then {@code Orchestrator} (all parts, put together by hand).
 */
@NullMarked
package dev.orchestrator;

import org.jspecify.annotations.NullMarked;
