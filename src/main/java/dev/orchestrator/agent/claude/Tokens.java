package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the answers of a run used, as they name it themselves. The program tells the price of a run with its result; one that
 * is stopped, killed or lost has none, and was paid for all the same. So this says what it cost at most: by the list prices of
 * the dearest model of its family (November 2026), all that is written to a cache at the price of the longer one. Each block
 * of an answer has a line of its own, with the id and the usage of the whole. For one thread.
 */
final class Tokens {
    /** Whoever writes blocks of several answers in turn does not have more of them open than this. */
    private static final int MOST_OPEN = 64;

    private static final int CHARACTERS_PER_TOKEN = 3;
    /** What the program sends of its own: its instructions and its tools. */
    private static final long FIRST_CONTEXT = 25_000;

    private static final long HALF_AN_ANSWER = 2_000;
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal OUTPUT = BigDecimal.valueOf(5);
    private static final BigDecimal CACHE_READ = new BigDecimal("0.1");
    private static final BigDecimal CACHE_WRITE = BigDecimal.valueOf(2);

    private final Map<String, Answer> open = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            boolean close = size() > MOST_OPEN;
            if (close) {
                closed = closed.add(eldest.getValue().price());
                closedWeight = closedWeight.add(eldest.getValue().weight());
            }
            return close;
        }
    };
    private BigDecimal closed = BigDecimal.ZERO;
    private BigDecimal closedWeight = BigDecimal.ZERO;
    private long lastContext;
    private BigDecimal dollars = Answer.UNKNOWN;
    private boolean any;

    /** @param message of the API, one of the lines that make it up */
    void answer(JsonNode message) {
        any = true;
        Answer answer = Answer.of(message);
        lastContext = answer.context();
        dollars = answer.dollars();
        open.merge(message.path("id").asText(""), answer, Answer::and);
    }

    /** All that was answered, weighed by what each kind of token costs, in tokens of input. */
    BigDecimal weighed() {
        return open.values().stream().map(Answer::weight).reduce(closedWeight, BigDecimal::add);
    }

    static BigDecimal weight(long input, long output, long read, long written) {
        return BigDecimal.valueOf(input)
                .add(BigDecimal.valueOf(output).multiply(OUTPUT))
                .add(BigDecimal.valueOf(read).multiply(CACHE_READ))
                .add(BigDecimal.valueOf(written).multiply(CACHE_WRITE));
    }

    /** What all of it cost at most, in US dollars; empty when nothing was answered. */
    Optional<BigDecimal> costAtMost() {
        BigDecimal sum = open.values().stream().map(Answer::price).reduce(closed, BigDecimal::add);
        return any ? Optional.of(rounded(sum)) : Optional.empty();
    }

    /**
     * The same with a request that was under way when the run was ended: nothing tells of it, and it is paid for. It sent what
     * the one before did, or the prompt and what the program adds to it, and an answer was half done.
     *
     * @param model that the program said it would ask, for a first request
     */
    BigDecimal costAtMostWith(String model, long promptCharacters) {
        long context = any ? lastContext : FIRST_CONTEXT + promptCharacters / CHARACTERS_PER_TOKEN;
        Answer lost = new Answer(any ? dollars : Answer.price(model), context, HALF_AN_ANSWER, 0, 0, 0);
        return rounded(costAtMost().orElse(BigDecimal.ZERO).add(lost.price()));
    }

    private static BigDecimal rounded(BigDecimal dollars) {
        return dollars.setScale(6, RoundingMode.UP).stripTrailingZeros();
    }

    /** @param dollars for a million tokens of input */
    private record Answer(BigDecimal dollars, long input, long output, long read, long written, long characters) {
        private static final BigDecimal UNKNOWN = BigDecimal.valueOf(25);
        /** Up to 4.1; its successors cost a third. */
        private static final Pattern DEAR_OPUS = Pattern.compile("opus-4-[01](\\b|-)|opus-4[-@]20|3-opus");

        static Answer of(JsonNode message) {
            JsonNode usage = message.path("usage");
            return new Answer(
                    price(message.path("model").asText("")),
                    count(usage, "input_tokens"),
                    count(usage, "output_tokens"),
                    count(usage, "cache_read_input_tokens"),
                    count(usage, "cache_creation_input_tokens"),
                    characters(message.path("content")));
        }

        /** Another line of the same answer: it names the same usage again, or a later count. */
        Answer and(Answer later) {
            return new Answer(
                    dollars.max(later.dollars),
                    Math.max(input, later.input),
                    Math.max(output, later.output),
                    Math.max(read, later.read),
                    Math.max(written, later.written),
                    characters + later.characters);
        }

        BigDecimal price() {
            return weight().multiply(dollars).divide(MILLION, 12, RoundingMode.UP);
        }

        /** The count of what was put out is often that of the beginning, so what is there counts as well. */
        BigDecimal weight() {
            return Tokens.weight(input, Math.max(output, characters / CHARACTERS_PER_TOKEN), read, written);
        }

        /** Everything that was sent. */
        long context() {
            return input + read + written;
        }

        private static BigDecimal price(String model) {
            if (model.contains("haiku")) {
                return BigDecimal.ONE;
            }
            if (model.contains("sonnet")) {
                return BigDecimal.valueOf(6);
            }
            if (model.contains("opus")) {
                return BigDecimal.valueOf(DEAR_OPUS.matcher(model).find() ? 15 : 5);
            }
            return UNKNOWN;
        }

        private static long count(JsonNode usage, String name) {
            return Math.min(Math.max(0, usage.path(name).asLong()), 10_000_000);
        }

        private static long characters(JsonNode content) {
            long sum = 0;
            for (JsonNode block : content) {
                sum += block.path("text").asText("").length()
                        + block.path("thinking").asText("").length()
                        + (block.has("input") ? block.path("input").toString().length() : 0);
            }
            return sum;
        }
    }
}
