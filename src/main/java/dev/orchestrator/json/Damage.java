package dev.orchestrator.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;

/**
 * Says what is wrong with a file that should hold JSON of ours, for whoever has to mend it: {@code line 2, column 13: it is
 * not JSON}. What the parser says of itself stays out.
 */
public final class Damage {
    private static final String NOT_UTF_8 = "it is not UTF-8 text";

    private Damage() {}

    /** @param why thrown by {@link Records} or {@link Json}, or by reading the file */
    public static String of(Exception why) {
        if (why instanceof JsonProcessingException json) {
            return place(json.getLocation()) + problem(json);
        }
        if (why instanceof CharConversionException || why instanceof CharacterCodingException) {
            return NOT_UTF_8;
        }
        if (why instanceof AccessDeniedException) {
            return "it cannot be read: permission denied";
        }
        return why instanceof IOException ? "it cannot be read: " + why.getMessage() : why.toString();
    }

    /** What is wrong with {@code json} as one object of any shape; empty when nothing is. */
    public static Optional<String> in(String json) {
        if (json.isBlank()) {
            return Optional.of("it is empty");
        }
        try {
            Records.tree(json);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(of(e));
        }
    }

    private static String problem(JsonProcessingException why) {
        String said = String.valueOf(why.getOriginalMessage());
        if (why instanceof Misfit) {
            return said;
        }
        if (why instanceof JsonEOFException) {
            return "it ends too early";
        }
        if (why instanceof InputCoercionException) {
            return "a number that is too large, or not whole";
        }
        return said.startsWith("Invalid UTF-8") ? NOT_UTF_8 : "it is not JSON";
    }

    private static String place(JsonLocation place) {
        return place == null || place.getLineNr() < 1
                ? ""
                : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
    }
}
