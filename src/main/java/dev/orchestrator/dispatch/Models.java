package dev.orchestrator.dispatch;

import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the models are called that tasks wish for: usage limits are of one model. Thread-safe. */
final class Models {
    private static final int MOST_MODELS = 1_000;
    /** Beyond that a task that waits is taken for one of the usual model until it is asked again. */
    private static final int MOST_TASKS = 10_000;

    private final Supplier<Dispatcher.Rules> rules;
    /** What runs told of the model that they had, by what was wished for: {@code best} may be one that is called otherwise. */
    private final Map<String, String> told = new ConcurrentHashMap<>();
    /** Wishes of templates, by task. */
    private final Map<TaskId, String> wishes = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskId, String> eldest) {
            return size() > MOST_TASKS;
        }
    });

    Models(Supplier<Dispatcher.Rules> rules) {
        this.rules = rules;
    }

    /** {@code task} asks for {@code model}, itself or by its template; null when it leaves that to the settings. */
    void wish(Task task, @Nullable String model) {
        if (model == null) {
            wishes.remove(task.id());
        } else if (task.spec().model() == null) {
            wishes.put(task.id(), model);
        }
    }

    /** A run of {@code task} had {@code model}. */
    void told(Task task, String model) {
        if (told.size() < MOST_MODELS) {
            told.put(wishOf(task), model);
        }
    }

    /** What the model of {@code task} is called, if anybody has told. */
    @Nullable
    String of(Task task) {
        String wish = wishOf(task);
        String known = told.getOrDefault(wish, wish);
        return known.isEmpty() ? null : known;
    }

    /** Empty when nobody wishes for anything. */
    private String wishOf(Task task) {
        String own = task.spec().model() == null
                ? wishes.get(task.id())
                : task.spec().model();
        String wish = own == null ? rules.get().model() : own;
        return wish == null ? "" : wish;
    }
}
