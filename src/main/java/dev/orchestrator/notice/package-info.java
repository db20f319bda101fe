/**
 * Tells persons who do not look what they may want to hear. What is to be told is in the journal until it was.
 *
 * <p>Read {@link dev.orchestrator.notice.Postman} first (how a notice is told once), then {@link
 * dev.orchestrator.notice.Channel} (the ways to a person).
 */
@NullMarked
package dev.orchestrator.notice;

import org.jspecify.annotations.NullMarked;
