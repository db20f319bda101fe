package dev.orchestrator.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** JSON that is not what is expected there, in words for whoever has to mend the file. */
final class Misfit extends JsonParseException {
    private static final long serialVersionUID = 1;

    Misfit(JsonParser at, String problem) {
        super(at, problem, at.currentTokenLocation());
    }

    Misfit(JsonParser at, String problem, Throwable cause) {
        super(at, problem, at.currentTokenLocation(), cause);
    }

    /** @param expected what belongs there, such as {@code a number} */
    static Misfit instead(JsonParser in, String expected) {
        return new Misfit(in, property(in) + what(in.currentToken()) + " where " + expected + " belongs");
    }

    /** In front of a problem with a property's value; empty where there is none. */
    static String property(JsonParser in) {
        try {
            String name = in.currentName();
            return name == null ? "" : "`" + name + "` has ";
        } catch (java.io.IOException e) {
            return "";
        }
    }

    private static String what(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> "null";
        };
    }
}
