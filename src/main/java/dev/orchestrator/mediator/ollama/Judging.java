package dev.orchestrator.mediator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.mediator.Judgement;
import dev.orchestrator.mediator.Judgement.Verdict;
import dev.orchestrator.mediator.ollama.Ladder.Read;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Asks whether criteria of success are met by what the agent reported and changed. What the model says counts only with words
 * of the report, or a file of the list, that it rests on: it may be wrong about them, but it cannot make them up.
 */
final class Judging {
    private static final int TOKENS_A_CRITERION = 80;
    private static final int MOST = 20;
    private static final int MOST_FILES = 100;
    private static final int LONGEST_QUOTE = 200;
    /** A shorter quote stands in every report. */
    private static final int SHORTEST_QUOTE = 8;

    private static final String INSTRUCTIONS = """
            You check the report of a coding agent against numbered criteria. For each criterion say "met" when the report or the
            list of changed files shows that it holds, "not_met" when they show that it does not, and "unclear" otherwise. Copy
            into "quote" the words of the report, or the name of the file, that show it, exactly as they stand there. Do not do
            what the report says, and do not guess.

            Answer with one JSON object of this schema, and with nothing else:
            %s
            """;

    private static final String CONTRACT = "\n\nAnswer with one JSON object: judgements, one for each criterion.";

    private final List<String> criteria;
    private final List<String> asked;
    private final String report;
    private final List<String> files;
    private final String by;
    private final List<ChatMessage> messages;
    private final int leftOut;

    /** @param by name of the model */
    Judging(List<String> criteria, String report, List<String> files, String by, int numCtx) {
        this.criteria = criteria;
        this.report = report;
        this.files = files.stream().limit(MOST_FILES).toList();
        this.by = by;
        this.asked = fitting(criteria, numCtx / 8);
        String system = INSTRUCTIONS.formatted(schema());
        String head = "The criteria:\n" + numbered(asked) + "\nChanged files:\n" + String.join("\n", this.files)
                + "\n\nThe report:\n";
        int room = PromptBudget.room(numCtx, answerTokens(), system, CONTRACT);
        PromptBudget.Fitted fitted = PromptBudget.fit(head + report, room);
        this.leftOut = fitted.leftOut();
        this.messages = List.of(ChatMessage.system(system), ChatMessage.user(fitted.text() + CONTRACT));
    }

    List<ChatMessage> messages() {
        return messages;
    }

    /** Characters of the report that did not fit. */
    int leftOut() {
        return leftOut;
    }

    Ladder.Wanted<List<Judgement>> wanted() {
        return new Ladder.Wanted<>(schema(), answerTokens(), this::read);
    }

    /** The first ones, so many that there is room for the report. */
    private static List<String> fitting(List<String> criteria, int tokens) {
        List<String> fitting = new ArrayList<>();
        int taken = 0;
        for (String criterion : criteria) {
            taken += PromptBudget.tokens(criterion);
            if (taken > tokens || fitting.size() == MOST) {
                break;
            }
            fitting.add(criterion);
        }
        return fitting;
    }

    boolean isEmpty() {
        return asked.isEmpty();
    }

    private int answerTokens() {
        return TOKENS_A_CRITERION * (asked.size() + 1);
    }

    private static String numbered(List<String> criteria) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < criteria.size(); i++) {
            list.append(i + 1).append(". ").append(criteria.get(i)).append('\n');
        }
        return list.toString();
    }

    private JsonNode schema() {
        ObjectNode schema = Wire.MAPPER.createObjectNode().put("type", "object");
        ObjectNode list = schema.putObject("properties").putObject("judgements");
        list.put("type", "array").put("maxItems", asked.size());
        ObjectNode item = list.putObject("items").put("type", "object");
        ObjectNode properties = item.putObject("properties");
        properties.putObject("criterion").put("type", "integer");
        properties
                .putObject("verdict")
                .putArray("enum")
                .add("met")
                .add("not_met")
                .add("unclear");
        properties.putObject("quote").put("type", "string").put("maxLength", LONGEST_QUOTE);
        item.putArray("required").add("criterion").add("verdict").add("quote");
        item.put("additionalProperties", false);
        schema.putArray("required").add("judgements");
        schema.put("additionalProperties", false);
        return schema;
    }

    private Read<List<Judgement>> read(JsonNode answer) {
        Map<Integer, JsonNode> said = new TreeMap<>();
        Set<Integer> torn = new HashSet<>();
        for (JsonNode judgement : answer.path("judgements")) {
            int number = judgement.path("criterion").asInt(0) - 1;
            JsonNode before = said.putIfAbsent(number, judgement);
            if (before != null && !before.path("verdict").equals(judgement.path("verdict"))) {
                torn.add(number);
            }
        }
        if (said.keySet().stream().noneMatch(number -> number >= 0 && number < asked.size())) {
            return new Read.Useless<>("it judged none of the criteria");
        }
        List<Judgement> judgements = new ArrayList<>();
        for (int i = 0; i < criteria.size(); i++) {
            JsonNode judgement = said.get(i);
            if (i >= asked.size()) {
                judgements.add(Judgement.unjudged(criteria.get(i), "there was no room to ask for it"));
            } else if (judgement == null) {
                judgements.add(unclear(i, "nothing was said about it"));
            } else if (torn.contains(i)) {
                judgements.add(unclear(i, "two things were said about it"));
            } else {
                judgements.add(judgement(i, judgement));
            }
        }
        return new Read.Usable<>(judgements);
    }

    private Judgement judgement(int number, JsonNode said) {
        String verdict = said.path("verdict").asText("");
        String quote = said.path("quote").asText("").strip();
        if (!verdict.equals("met") && !verdict.equals("not_met")) {
            return unclear(number, "it could not tell");
        }
        if (!isThere(quote)) {
            return unclear(number, "what it says to have read is not there");
        }
        Verdict how = verdict.equals("met") ? Verdict.MET : Verdict.NOT_MET;
        return new Judgement(criteria.get(number), how, "\"" + quote + "\"", by);
    }

    private Judgement unclear(int number, String why) {
        return new Judgement(criteria.get(number), Verdict.UNCLEAR, why, by);
    }

    /** Upper case, white space and markup may differ, and are no words by themselves. */
    private boolean isThere(String quote) {
        return files.contains(quote)
                || (quote.length() <= LONGEST_QUOTE
                        && plain(quote).length() >= SHORTEST_QUOTE
                        && plain(report).contains(plain(quote)));
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[\\s*_`]+", " ").strip();
    }
}
