/**
 * The local model, behind Ollama's HTTP API. Read {@link dev.orchestrator.mediator.ollama.OllamaClient} first (the wire), then
 * {@link dev.orchestrator.mediator.ollama.OllamaMediator} (what is asked, and what is believed of the answers).
 */
@NullMarked
package dev.orchestrator.mediator.ollama;

import org.jspecify.annotations.NullMarked;
