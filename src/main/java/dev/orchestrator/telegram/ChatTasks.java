package dev.orchestrator.telegram;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.telegram.Conversation.Answer;
import dev.orchestrator.telegram.Conversation.Heard;
import dev.orchestrator.telegram.Conversation.NotNow;
import dev.orchestrator.telegram.Conversation.Said;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes tasks of what is said. The same message makes one, however often it comes. */
final class ChatTasks {
    private static final int SHORTEST = 10;
    private static final Pattern LIKE_A_KEY = Pattern.compile("---|[A-Za-z_-]+\\s*:");

    private final Desk desk;

    ChatTasks(Desk desk) {
        this.desk = desk;
    }

    /** @param type null for the one that the text looks like */
    Heard handIn(Said said, @Nullable String type, String text) {
        if (text.strip().length() < SHORTEST) {
            return Answer.plain("Say in some more words what is to be done.");
        }
        TaskId id = said.taskId();
        try {
            if (desk.isKnown(id)) {
                return Answer.plain("Task " + id + " is there. /progress " + id);
            }
            return said.enclosed() instanceof Attachment attachment
                    ? withFile(id, attachment, type, text)
                    : handedIn(id, type, text, "");
        } catch (IOException e) {
            return new NotNow("The task could not be written down: " + e.getMessage(), true, Duration.ZERO);
        }
    }

    /** Without what came with it the agent would do something else. */
    private Heard withFile(TaskId id, Attachment attachment, @Nullable String type, String text) throws IOException {
        Outcome<byte[]> content = attachment.content().get();
        if (desk.isKnown(id)) {
            // Whoever was to stop while it was fetched came to it first.
            return Answer.plain("Task " + id + " is there. /progress " + id);
        }
        if (content instanceof Outcome.Done<byte[]> done) {
            String about = "\nThe file that came with this: " + desk.attach(id, attachment.name(), done.value()) + "\n";
            return handedIn(id, type, text, about);
        }
        String why = "The file could not be had from Telegram (" + Outcome.why(content)
                + "), so no task was made of it. Send it once more.";
        return new NotNow(why, !(content instanceof Outcome.Refused), Outcome.rest(content));
    }

    /** Under one, nothing in a text is taken for a key. */
    private static String heading(String text) {
        return LIKE_A_KEY.matcher(text).lookingAt() ? "# From a chat\n\n" : "";
    }

    private Answer handedIn(TaskId id, @Nullable String type, String text, String about) throws IOException {
        String head = "---\nid: " + id + "\n" + (type == null ? "" : "type: " + type + "\n") + "---\n\n";
        desk.drop(id, head + heading(text.strip()) + text.strip() + "\n" + about);
        return Answer.plain("Task " + id + " is handed in. /progress " + id);
    }
}
