package dev.orchestrator.testkit.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * The {@code options} of a request. As with Ollama an unknown name is passed over, and a value of the wrong JSON type is an
 * error: {@code {"num_ctx":"8192"}} is refused, not understood.
 */
record ModelOptions(JsonNode values) {
    private static final Set<String> INTEGERS = Set.of(
            "main_gpu",
            "num_batch",
            "num_ctx",
            "num_gpu",
            "num_keep",
            "num_predict",
            "num_thread",
            "repeat_last_n",
            "seed",
            "top_k");
    private static final Set<String> NUMBERS = Set.of(
            "frequency_penalty", "min_p", "presence_penalty", "repeat_penalty", "temperature", "top_p", "typical_p");
    private static final int OPEN_ENDED_CONTEXTS = 10;

    ModelOptions {
        if (!values.isMissingNode() && !values.isNull() && !values.isObject()) {
            throw Refused.badRequest("json: cannot unmarshal value into Go struct field ChatRequest.options");
        }
        values.properties().forEach(option -> check(option.getKey(), option.getValue()));
    }

    private static void check(String name, JsonNode value) {
        if (INTEGERS.contains(name)) {
            demand(value.isNumber(), name, "of type integer");
        } else if (NUMBERS.contains(name)) {
            demand(value.isNumber(), name, "of type float32");
        } else if (name.equals("use_mmap")) {
            demand(value.isBoolean(), name, "of type boolean");
        } else if (name.equals("stop")) {
            demand(value.isArray(), name, "of type array");
        }
    }

    private static void demand(boolean fits, String name, String type) {
        if (!fits) {
            throw Refused.badRequest("option \"" + name + "\" must be " + type);
        }
    }

    float temperature() {
        return (float) values.path("temperature").asDouble(0.8);
    }

    int seed() {
        return values.path("seed").asInt(-1);
    }

    int keep() {
        return values.path("num_keep").asInt(4);
    }

    /** The context that is asked for, never more than the model was trained for. */
    int context(int trained) {
        int wanted = values.path("num_ctx").asInt(trained);
        return wanted > 0 ? Math.min(wanted, trained) : trained;
    }

    /** How many tokens the answer may have; "until it stops" is ten contexts. */
    int predict(int context) {
        int most = OPEN_ENDED_CONTEXTS * context;
        int wanted = values.path("num_predict").asInt(-1);
        return wanted < 0 ? most : Math.min(wanted, most);
    }
}
