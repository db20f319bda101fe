/**
 * A disk that can be watched, refused, recorded and cut off: a file system in front of the real one, and a model of what a
 * power cut leaves of what was done through it.
 *
 * <p>Read {@link dev.orchestrator.testkit.disk.FaultyDisk} first, then {@link dev.orchestrator.testkit.disk.DiskModel}.
 */
@NullMarked
package dev.orchestrator.testkit.disk;

import org.jspecify.annotations.NullMarked;
