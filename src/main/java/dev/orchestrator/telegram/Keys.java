package dev.orchestrator.telegram;

import dev.orchestrator.files.Sha256;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import java.util.List;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;

/**
 * What buttons carry: which answer, and by a hash which turn of which task it is for. Telegram takes 64 bytes, which an id may exceed;
 * and one that was made up, or is of a turn that was decided, finds nothing.
 */
final class Keys {
    static final String APPROVE = "a";
    static final String REJECT = "r";
    private static final int DIGITS = 24;

    private Keys() {}

    static InlineKeyboardMarkup buttons(TaskId id, int turn) {
        String key = of(id, turn);
        InlineKeyboardRow row =
                new InlineKeyboardRow(button("Approve", APPROVE + ":" + key), button("Reject", REJECT + ":" + key));
        return InlineKeyboardMarkup.builder().keyboardRow(row).build();
    }

    private static InlineKeyboardButton button(String text, String data) {
        return InlineKeyboardButton.builder().text(text).callbackData(data).build();
    }

    /** The task among {@code active} whose turn {@code key} is of. */
    static Optional<TaskView> find(String key, List<TaskView> active) {
        return active.stream()
                .filter(view -> of(view.id(), view.turn()).equals(key))
                .findFirst();
    }

    private static String of(TaskId id, int turn) {
        return Sha256.of(id.value() + "#" + turn).substring(0, DIGITS);
    }
}
