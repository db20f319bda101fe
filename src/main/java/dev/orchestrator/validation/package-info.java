/**
 * Whether a turn that calls itself done is done. Each check is one class with a verdict and a severity: a failed check of
 * severity error fails the turn, a warning is kept in the artifact.
 *
 * <p>Read {@link dev.orchestrator.validation.Validator} first (the port of a check), then {@link
 * dev.orchestrator.validation.Evidence} (what the checks look at).
 */
@NullMarked
package dev.orchestrator.validation;

import org.jspecify.annotations.NullMarked;
