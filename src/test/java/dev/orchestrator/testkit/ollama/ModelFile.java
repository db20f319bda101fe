package dev.orchestrator.testkit.ollama;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The model that the server offers, as Ollama knows it.
 *
 * @param name with its tag, as Ollama lists every model: {@code ato-tiny:latest}
 * @param digest SHA-256 of the file, in hexadecimal
 */
record ModelFile(Path path, String name, long size, String digest, Instant modified, Map<String, Object> info) {
    private static final String LATEST = ":latest";

    static ModelFile read(Path path) {
        try {
            String base = path.getFileName().toString().replaceFirst("\\.gguf$", "");
            Instant modified = Files.getLastModifiedTime(path).toInstant();
            return new ModelFile(path, base + LATEST, Files.size(path), sha256(path), modified, GgufHeader.read(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a request means this model: the tag may be left out, and case does not matter. */
    boolean isCalled(String wanted) {
        String tagged = wanted.contains(":") ? wanted : wanted + LATEST;
        return tagged.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
    }

    String family() {
        return (String) info.getOrDefault("general.architecture", "");
    }

    /** How many tokens it was trained for. */
    int contextLength() {
        return Math.toIntExact((Long) info.getOrDefault(family() + ".context_length", 0L));
    }

    /** {@code 283.49K}. */
    String parameterSize() {
        long parameters = (Long) info.getOrDefault(GgufHeader.PARAMETERS, 0L);
        return String.format(Locale.ROOT, "%.2fK", parameters / 1000.0);
    }

    String template() {
        return (String) info.getOrDefault("tokenizer.chat_template", "");
    }

    private static String sha256(Path path) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
