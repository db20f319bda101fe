/**
 * Where time comes from. Read {@link dev.orchestrator.time.TimeSource} first: it is the only code that asks the system
 * for the time, so that everything else can be driven by a test's clock.
 */
@NullMarked
package dev.orchestrator.time;

import org.jspecify.annotations.NullMarked;
