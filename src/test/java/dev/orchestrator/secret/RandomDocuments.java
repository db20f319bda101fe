package dev.orchestrator.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** JSON documents with secrets at any place of their strings and names, and as numbers. */
final class RandomDocuments {
    static final List<String> KNOWN = List.of(
            "pa\"s\\s/wörd",
            "npassword1",
            "tail-of-it\\",
            "\\\"\\\"\\\"\\\"",
            "1234567890123",
            "first line of it\nand the second one",
            "and the second",
            "{\"type\":\"x1\"}",
            "key😀with-emoji",
            "ends-with-ü",
            "u00e4b1c2");
    static final List<String> TOKENS = List.of(
            "gh" + "p_a8Kd02nXq7Lw3Zr5Tb1VQe4Mh6Jy9Ps0Gc2U",
            "np" + "m_a8Kd02nXq7Lw3Zr5Tb1VQe4Mh6Jy9Ps0Gc2U",
            "rk" + "_live_a8Kd02nXq7Lw3Zr5",
            "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----");
    private static final List<String> HARMLESS = List.of(
            "a",
            " ",
            "\n",
            "\\",
            "\"",
            "\r",
            "\u001b[31m",
            "ü",
            "😀",
            "/",
            "{\"a\":1}",
            "token: ",
            "password=",
            "://a:",
            "@",
            "eyJ",
            "sk-",
            "-----BEGIN PRIVATE KEY-----",
            "[redacted]",
            "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12");
    private static final int DEEPEST = 4;

    private final JsonNodeFactory nodes = JsonNodeFactory.instance;
    /** Answers a number from 0 up to, but not including, the one it is given. */
    private final IntUnaryOperator below;

    RandomDocuments(IntUnaryOperator below) {
        this.below = below;
    }

    /** A number alone would not be told from any other text. */
    JsonNode next() {
        return below.applyAsInt(2) == 0 ? array(0) : object(0);
    }

    private JsonNode node(int depth) {
        return switch (below.applyAsInt(depth < DEEPEST ? 6 : 4)) {
            case 0 -> nodes.booleanNode(true);
            case 1 -> nodes.numberNode(below.applyAsInt(2) == 0 ? 1234567890123L : 42L);
            case 2, 3 -> nodes.textNode(text());
            case 4 -> array(depth);
            default -> object(depth);
        };
    }

    private ArrayNode array(int depth) {
        ArrayNode array = nodes.arrayNode();
        for (int i = below.applyAsInt(4); i > 0; i--) {
            array.add(node(depth + 1));
        }
        return array;
    }

    /** Names that were secret all look the same afterwards; the number keeps them apart. */
    private ObjectNode object(int depth) {
        ObjectNode object = nodes.objectNode();
        for (int i = below.applyAsInt(4); i > 0; i--) {
            object.set(i + text(), node(depth + 1));
        }
        return object;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = below.applyAsInt(6); i > 0; i--) {
            List<String> parts = List.of(HARMLESS, HARMLESS, KNOWN, TOKENS).get(below.applyAsInt(4));
            text.append(parts.get(below.applyAsInt(parts.size())));
        }
        return text.toString();
    }
}
