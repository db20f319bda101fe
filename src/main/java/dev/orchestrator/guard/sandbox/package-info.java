/**
 * Encloses programs, so that what they do outside of their place comes to nothing.
 *
 * <p>Read {@link dev.orchestrator.guard.sandbox.Sandbox} first (whether there is one), then
 * {@link dev.orchestrator.guard.sandbox.Enclosure} (what a program sees in it).
 */
@NullMarked
package dev.orchestrator.guard.sandbox;

import org.jspecify.annotations.NullMarked;
