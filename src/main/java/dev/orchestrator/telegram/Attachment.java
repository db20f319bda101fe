package dev.orchestrator.telegram;

import dev.orchestrator.files.SafeName;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.photo.PhotoSize;

/**
 * A file that somebody sends with a message.
 *
 * @param name safe on every system, whatever it was called
 * @param content asked once; takes as long as Telegram does
 */
record Attachment(String name, Supplier<Outcome<byte[]>> content) implements Enclosed {
    /** More than this Telegram does not give to a bot. */
    static final int LARGEST = 20 << 20;

    private static final int LONGEST_STEM = 60;
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,10}");
    private static final Pattern DEVICE = Pattern.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]");

    /** What came with {@code message}; null when it is a text alone. */
    static @Nullable Enclosed of(Message message, Gateway gateway) {
        if (message.getMediaGroupId() != null) {
            return Unusable.SEVERAL;
        }
        if (message.hasDocument()) {
            String id = message.getDocument().getFileId();
            String name = message.getDocument().getFileName();
            return new Attachment(safe(name == null ? "" : name), () -> gateway.file(id, LARGEST));
        }
        if (message.hasPhoto()) {
            // The same in several sizes, the largest last.
            PhotoSize largest = message.getPhoto().get(message.getPhoto().size() - 1);
            return new Attachment("photo.jpg", () -> gateway.file(largest.getFileId(), LARGEST));
        }
        return message.hasText() ? null : Unusable.KIND;
    }

    static String safe(String given) {
        int dot = given.lastIndexOf('.');
        String extension = given.substring(dot + 1).toLowerCase(Locale.ROOT);
        boolean has = dot >= 0 && EXTENSION.matcher(extension).matches();
        String stem = SafeName.slug(has ? given.substring(0, dot) : given, LONGEST_STEM);
        boolean usable = !stem.isEmpty() && !DEVICE.matcher(stem).matches();
        return (usable ? stem : stem.isEmpty() ? "file" : "file-" + stem) + (has ? "." + extension : "");
    }
}
