package dev.orchestrator.testkit.ollama;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a GGUF file says of its model, so that the server need not be told:
 *
 * <pre>
 * "GGUF", u32 version, u64 tensors, u64 entries, then for each entry
 *   string key, u32 type, value             a string is u64 length and UTF-8, all is little-endian
 * then for each tensor
 *   string name, u32 n, n times u64 size, u32 type, u64 offset
 * </pre>
 *
 * <p>Lists (the vocabulary) are passed over.
 */
final class GgufHeader {
    static final String PARAMETERS = "general.parameter_count";

    private static final int MAGIC = 0x46554747;
    private static final int STRING = 8;
    private static final int LIST = 9;

    private final ByteBuffer bytes;
    private final Map<String, Object> entries = new LinkedHashMap<>();

    private GgufHeader(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Keys and values in the order of the file; a value is a String, a Long, a Double or a Boolean. The last one is {@value
     * #PARAMETERS}, which Ollama too counts itself.
     */
    static Map<String, Object> read(Path file) {
        try {
            return new GgufHeader(ByteBuffer.wrap(Files.readAllBytes(file))).entries();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> entries() {
        if (bytes.getInt() != MAGIC) {
            throw new IllegalArgumentException("not a GGUF file");
        }
        bytes.getInt();
        long tensors = bytes.getLong();
        long count = bytes.getLong();
        for (long entry = 0; entry < count; entry++) {
            entry();
        }
        entries.put(PARAMETERS, parameters(tensors));
        return entries;
    }

    private long parameters(long tensors) {
        long sum = 0;
        for (long tensor = 0; tensor < tensors; tensor++) {
            string();
            sum += elements();
            bytes.getInt();
            bytes.getLong();
        }
        return sum;
    }

    private long elements() {
        int dimensions = bytes.getInt();
        long product = 1;
        for (int dimension = 0; dimension < dimensions; dimension++) {
            product *= bytes.getLong();
        }
        return product;
    }

    private void entry() {
        String key = string();
        int type = bytes.getInt();
        if (type == LIST) {
            passOver();
        } else {
            entries.put(key, value(type));
        }
    }

    private void passOver() {
        int type = bytes.getInt();
        long length = bytes.getLong();
        for (long element = 0; element < length; element++) {
            value(type);
        }
    }

    private Object value(int type) {
        return switch (type) {
            case 0, 1 -> (long) bytes.get();
            case 2, 3 -> (long) bytes.getShort();
            case 4 -> Integer.toUnsignedLong(bytes.getInt());
            case 5 -> (long) bytes.getInt();
            case 6 -> (double) bytes.getFloat();
            case 7 -> bytes.get() != 0;
            case STRING -> string();
            case 10, 11 -> bytes.getLong();
            case 12 -> bytes.getDouble();
            default -> throw new IllegalArgumentException("a GGUF value of the unknown type " + type);
        };
    }

    private String string() {
        byte[] text = new byte[Math.toIntExact(bytes.getLong())];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
