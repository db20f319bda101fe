package dev.orchestrator.testkit.ollama;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** llama.cpp with one model in it. It answers one request at a time; the others wait, in their order. */
final class Engine implements AutoCloseable {
    /** The tokenizer puts {@code <s>} before every prompt, which its count leaves out. */
    private static final int BEGIN = 1;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final LlamaModel model;

    Engine(ModelFile file) {
        // One thread: more would only wait for each other, with a model as small as this one.
        model = new LlamaModel(new ModelParameters()
                .setModel(file.path().toString())
                .setCtxSize(file.contextLength())
                .setThreads(1)
                .setThreadsBatch(1)
                .setParallel(1)
                .setGpuLayers(0));
    }

    /** Takes the pieces of an answer; an {@link IOException} ends the generation. */
    @FunctionalInterface
    interface Sink {
        void accept(String piece) throws IOException;
    }

    /** @param predict the most tokens of an answer */
    record Settings(Optional<String> grammar, float temperature, int seed, int predict) {}

    /** @param complete whether the model ended the answer itself */
    record Answer(String text, int tokens, boolean complete, long promptNanos, long nanos) {}

    int count(String prompt) {
        return BEGIN + model.encode(prompt).length;
    }

    /** The first {@code head} and the last {@code tail} tokens of a prompt. */
    String cut(String prompt, int head, int tail) {
        int[] tokens = model.encode(prompt);
        String begin = model.decode(Arrays.copyOf(tokens, Math.max(0, head - BEGIN)));
        String end = model.decode(Arrays.copyOfRange(tokens, tokens.length - tail, tokens.length));
        // The tokenizer began the prompt with a space, and will do so again.
        return begin.replaceFirst("^ ", "") + end;
    }

    /** @throws IOException when the sink does not want any more */
    Answer generate(String prompt, Settings settings, Sink sink) throws IOException {
        turn.lock();
        try {
            return generateNow(prompt, settings, sink);
        } finally {
            turn.unlock();
        }
    }

    private Answer generateNow(String prompt, Settings settings, Sink sink) throws IOException {
        long started = System.nanoTime();
        LlamaIterator pieces = model.generate(parameters(prompt, settings)).iterator();
        StringBuilder text = new StringBuilder();
        long prompted = 0;
        while (pieces.hasNext()) {
            String piece = pieces.next().text;
            prompted = prompted == 0 ? System.nanoTime() - started : prompted;
            text.append(piece);
            pass(piece, sink, pieces);
        }
        int tokens = answerTokens(text.toString());
        boolean complete = tokens < settings.predict();
        return new Answer(text.toString(), tokens, complete, prompted, System.nanoTime() - started - prompted);
    }

    private static void pass(String piece, Sink sink, LlamaIterator pieces) throws IOException {
        if (piece.isEmpty()) {
            return;
        }
        try {
            sink.accept(piece);
        } catch (IOException e) {
            pieces.cancel();
            throw e;
        }
    }

    private static InferenceParameters parameters(String prompt, Settings settings) {
        // A cached prompt is computed in other portions, which may change the last bits, and with them the answer.
        InferenceParameters parameters = new InferenceParameters(prompt)
                .setCachePrompt(false)
                .setNPredict(settings.predict())
                .setTemperature(settings.temperature())
                .setSeed(settings.seed());
        settings.grammar().ifPresent(parameters::setGrammar);
        return parameters;
    }

    /** The engine does not say why an answer ended, so it is counted; its first token is the tokenizer's own space. */
    private int answerTokens(String text) {
        return Math.max(0, model.encode(text).length - 1);
    }

    @Override
    public void close() {
        model.close();
    }
}
