/**
 * A real language model for tests, small enough to be committed, behind an HTTP server of Ollama's shape.
 *
 * <p>Tests use {@link dev.orchestrator.testkit.ollama.TinyModelServer}. What runs in the process that it starts begins at
 * {@link dev.orchestrator.testkit.ollama.TinyOllama}.
 */
@NullMarked
package dev.orchestrator.testkit.ollama;

import org.jspecify.annotations.NullMarked;
