package dev.orchestrator.telegram;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.util.List;
import java.util.Optional;

/** What comes of a button that is tapped. Knows nothing of who may. */
final class Taps {
    private final Desk desk;

    Taps(Desk desk) {
        this.desk = desk;
    }

    /**
     * A button was tapped. The first answer counts; whoever comes later is told.
     *
     * @param data of the button, which anybody may have made up
     */
    Tapped tapped(String by, String data) {
        int colon = data.indexOf(':');
        String key = data.substring(colon + 1);
        Optional<TaskView> task = waiting(key);
        if (task.isEmpty()) {
            return new Tapped("That was decided already, or does not wait any more.", true);
        }
        String text = decide(by, colon < 0 ? "" : data.substring(0, colon), task.get());
        return new Tapped(text, waiting(key).isEmpty());
    }

    /** @param over whether the buttons serve nothing any more */
    record Tapped(String text, boolean over) {}

    private Optional<TaskView> waiting(String key) {
        return Keys.find(key, desk.active())
                .filter(view -> view.status() == TaskStatus.AWAITING_APPROVAL && !view.isDecided());
    }

    private String decide(String by, String answer, TaskView task) {
        TaskId id = task.id();
        return switch (answer) {
            case Keys.APPROVE -> Conversation.told(desk.order(commands -> commands.approve(id, by, List.of())));
            case Keys.REJECT -> Conversation.told(desk.order(commands -> commands.reject(id, by, null)));
            default -> "This button says nothing.";
        };
    }
}
