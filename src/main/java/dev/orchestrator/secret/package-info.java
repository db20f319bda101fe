/**
 * Keeps secrets out of what is written: the values of secret variables, and texts that have the shape of well-known tokens.
 * Read {@link dev.orchestrator.secret.Redactor} (what every sink calls), then {@link dev.orchestrator.secret.Shapes} (what
 * counts as a token). Pure, and depends on nothing.
 *
 * <p>One pass of an automaton ({@link dev.orchestrator.secret.Anchors}) over the text finds the few places where a secret may
 * be; a {@link dev.orchestrator.secret.Rule} looks closer there. Every rule looks at a bounded number of characters, or takes
 * what it has looked at, so that no text takes more than linear time.
 */
@NullMarked
package dev.orchestrator.secret;

import org.jspecify.annotations.NullMarked;
