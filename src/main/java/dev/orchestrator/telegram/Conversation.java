package dev.orchestrator.telegram;

import dev.orchestrator.control.Commands;
import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.files.Sha256;
import dev.orchestrator.secret.Cut;
import dev.orchestrator.task.ReplySource;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person who may says in a chat, and what is answered. Everything may come a second time, after a crash between doing it and
 * telling Telegram so: a task has the day and the number of its update for an id, a reply its message for a source, and what has come
 * about since something was said is not what was meant. Knows nothing of who may. For one thread.
 */
final class Conversation {
    private static final Pattern COMMAND =
            Pattern.compile("/([A-Za-z0-9_-]{1,40})(@\\w+)?(?:\\s+(.*))?", Pattern.DOTALL);
    private static final Pattern ID_AND_TEXT = Pattern.compile("(\\S+)\\s+(.+)", Pattern.DOTALL);
    private static final int LONGEST_REASON = 500;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** By so much Telegram's clock and this machine's may differ. */
    private static final Duration CLOCKS = Duration.ofSeconds(5);

    /** A template of such a name has to be asked for in a task file. */
    private static final Set<String> COMMANDS = Set.of(
            "start",
            "help",
            "task",
            "reply",
            "cancel",
            "retry",
            "approve",
            "reject",
            "pause",
            "resume",
            "status",
            "list",
            "stats",
            "doctor",
            "progress",
            "show",
            "summary",
            "diff");

    private static final Map<String, List<String>> LOOKS = Map.of(
            "status", List.of("status"),
            "list", List.of("status"),
            "stats", List.of("stats"),
            "doctor", List.of("doctor"));
    private static final Map<String, List<String>> LOOKS_AT_ONE = Map.of(
            "progress", List.of("progress"),
            "show", List.of("status"),
            "summary", List.of("show"),
            "diff", List.of("show", "--diff"));

    private final Desk desk;
    private final ChatTasks tasks;
    private final boolean plainTextIsTask;

    /** @param plainTextIsTask whether a text that is no command is a task */
    Conversation(Desk desk, boolean plainTextIsTask) {
        this.desk = desk;
        this.tasks = new ChatTasks(desk);
        this.plainTextIsTask = plainTextIsTask;
    }

    /**
     * What is said.
     *
     * @param update its number, of this bot
     * @param by who says it, for the journal
     * @param enclosed what came with it, null for nothing
     * @param again whether it may have been done already, before a crash
     */
    record Said(
            int update,
            String by,
            String text,
            Instant at,
            @Nullable Enclosed enclosed,
            boolean again) {

        /** Whether it came late, and something else had come about. */
        boolean isBefore(Instant other) {
            return at.plus(CLOCKS).isBefore(other);
        }

        /** The same whenever it comes, and another from any other: the numbers of another bot are others, but may be used. */
        TaskId taskId() {
            return new TaskId("tg-" + DAY.format(at) + "-" + update);
        }
    }

    /** What comes of it. */
    sealed interface Heard {}

    /**
     * No task was made of it. Nobody else knows of it, so it counts as heard when that is told.
     *
     * @param why for a person
     * @param again whether it may be done when it is heard again in a while, and so is to be tried first
     * @param rest at least
     */
    record NotNow(String why, boolean again, Duration rest) implements Heard {}

    /** @param fixed whether it looks best in letters of one width */
    record Answer(String text, boolean fixed) implements Heard {
        static Answer plain(String text) {
            return new Answer(text, false);
        }
    }

    Heard hear(Said said) {
        if (said.enclosed() instanceof Enclosed.Unusable unusable) {
            return Answer.plain(unusable.why());
        }
        if (said.text().isBlank()) {
            return Answer.plain("Say in its caption what is to be done with it. Nothing was done.");
        }
        Matcher command = COMMAND.matcher(said.text().strip());
        if (!command.matches()) {
            return said.text().strip().startsWith("/")
                    ? Answer.plain("That is no command. /help has all.")
                    : text(said);
        }
        String name = command.group(1).toLowerCase(Locale.ROOT);
        String rest = command.group(3) == null ? "" : command.group(3).strip();
        if (said.enclosed() != null && !makesTask(name)) {
            return Answer.plain("A file can come with a new task only. Nothing was done.");
        }
        if (LOOKS.containsKey(name)) {
            return new Answer(desk.ask(LOOKS.get(name)), true);
        }
        if (LOOKS_AT_ONE.containsKey(name)) {
            return look(name, rest);
        }
        return switch (name) {
            case "start", "help" -> Answer.plain(help());
            case "task" -> tasks.handIn(said, null, rest);
            case "reply" -> reply(said, rest);
            case "cancel" -> order(name, rest, id -> commands -> commands.cancel(id, said.by()));
            case "retry" -> retry(said, rest);
            case "approve" -> decide(name, rest, said, id -> commands -> commands.approve(id, said.by(), List.of()));
            case "reject" -> decide(name, rest, said, id -> commands -> commands.reject(id, said.by(), null));
            case "pause" ->
                Answer.plain(desk.order(commands -> commands.pause(said.by(), line(rest)))
                        .message());
            case "resume" -> resume(said);
            default -> {
                Optional<String> template = template(name);
                yield template.isPresent()
                        ? tasks.handIn(said, template.get(), rest)
                        : Answer.plain("There is no command /" + name + ". /help has all.");
            }
        };
    }

    private boolean makesTask(String command) {
        return command.equals("task") || template(command).isPresent();
    }

    /** Telegram shows no {@code -} in a command, so {@code _} says it too. */
    private Optional<String> template(String command) {
        return desk.templates().stream()
                .filter(name -> !COMMANDS.contains(name))
                .filter(name -> name.equals(command) || name.replace('-', '_').equals(command))
                .min(Comparator.comparing(name -> name.equals(command) ? 0 : 1));
    }

    /** As it stands in the journal, and on somebody's terminal. */
    private static String line(String text) {
        return Cut.beginning(text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip(), LONGEST_REASON);
    }

    private Heard text(Said said) {
        return plainTextIsTask
                ? tasks.handIn(said, null, said.text())
                : Answer.plain("Say /task and what is to be done, or /help for all that can be said.");
    }

    private Answer look(String name, String rest) {
        Optional<TaskId> id = id(rest);
        if (id.isEmpty()) {
            return Answer.plain("Say /" + name + " and the id of a task; /list has them.");
        }
        List<String> command = new ArrayList<>(LOOKS_AT_ONE.get(name));
        command.add(1, id.get().value());
        return new Answer(desk.ask(command), !name.equals("summary"));
    }

    private Answer order(String name, String rest, Function<TaskId, Function<Commands, Reply>> order) {
        Optional<TaskId> id = id(rest);
        if (id.isEmpty()) {
            return Answer.plain("Say /" + name + " and the id of a task; /list has them.");
        }
        return Answer.plain(told(desk.order(order.apply(id.get()))));
    }

    /** What was said before the change was there, and came late, was about another one. */
    private Answer decide(String name, String rest, Said said, Function<TaskId, Function<Commands, Reply>> order) {
        boolean late = id(rest).stream()
                .flatMap(id -> desk.active().stream().filter(view -> view.id().equals(id)))
                .map(TaskView::approval)
                .anyMatch(approval -> approval != null && said.isBefore(approval.requestedAt()));
        return late
                ? Answer.plain("The change that waits now was not there yet when you said that. Look at it, /diff "
                        + rest + ", and say it again.")
                : order(name, rest, order);
    }

    /** It may have been done already, and have failed again. */
    private Answer retry(Said said, String rest) {
        return said.again()
                        && id(rest).flatMap(desk::ended).filter(said::isBefore).isPresent()
                ? Answer.plain("Task " + rest + " has ended since you said that. Look at it, /summary " + rest
                        + ", and say it again.")
                : order("retry", rest, id -> commands -> commands.retry(id, said.by()));
    }

    private Answer resume(Said said) {
        return said.again() && desk.paused().filter(said::isBefore).isPresent()
                ? Answer.plain("Somebody has paused since you said that. Say it again if you want it all the same.")
                : Answer.plain(
                        desk.order(commands -> commands.resume(said.by())).message());
    }

    static String told(Reply reply) {
        return reply.equals(Reply.notYet())
                ? "Something else has to be over before. If it is not done in a moment, say it again."
                : reply.message();
    }

    private Answer reply(Said said, String rest) {
        Matcher parts = ID_AND_TEXT.matcher(rest);
        Optional<TaskId> id = parts.matches() ? id(parts.group(1)) : Optional.empty();
        if (id.isEmpty()) {
            return Answer.plain("Say /reply, the id of a task, and what it is to be told.");
        }
        ReplySource source = new ReplySource("telegram-" + said.update(), Sha256.of(parts.group(2)), said.at());
        return Answer.plain(told(desk.reply(id.get(), said.by(), parts.group(2).strip(), source)));
    }

    private static Optional<TaskId> id(String text) {
        String word = text.strip();
        return TaskId.problem(word).isEmpty() ? Optional.of(TaskId.parse(word)) : Optional.empty();
    }

    private String help() {
        StringBuilder help = new StringBuilder();
        help.append("/task TEXT: has it done\n");
        desk.templates().stream()
                .filter(name -> !COMMANDS.contains(name))
                .map(name -> name.replace('-', '_'))
                .sorted()
                .forEach(name -> help.append('/').append(name).append(" TEXT\n"));
        help.append("/status /list /stats /doctor\n");
        help.append("/progress ID, /show ID, /summary ID, /diff ID\n");
        help.append("/reply ID TEXT, /cancel ID, /retry ID\n");
        help.append("/approve ID, /reject ID\n");
        help.append("/pause WHY, /resume\n");
        return help.toString();
    }
}
