package dev.orchestrator.intake.file;

import dev.orchestrator.files.SafeName;

/**
 * Which names in {@code tasks/} are task files, and what they are called for short. The suffix tells them from everything
 * that editors and copying programs leave beside a file: {@code x.task.md~}, {@code x.task.md.tmp},
 * {@code x.task.md.partial}, {@code .x.task.md.swp}. Hidden files are none either, nor the lock files of word processors ({@code ~$x.task.md}).
 */
public final class TaskFileNames {
    private static final String SUFFIX = ".task.md";
    private static final int MAX_SLUG = 40;

    private TaskFileNames() {}

    /** @param fileName without a directory */
    public static boolean isTaskFile(String fileName) {
        return endsInSuffix(fileName) && !fileName.startsWith(".") && !fileName.startsWith("~");
    }

    /** {@code fileName} without the suffix. */
    public static String stem(String fileName) {
        return endsInSuffix(fileName) ? fileName.substring(0, fileName.length() - SUFFIX.length()) : fileName;
    }

    /** The stem in lower case letters, digits and dashes, at most 40 of them; {@code task} when none are left. */
    public static String slug(String fileName) {
        String slug = SafeName.slug(stem(fileName), MAX_SLUG);
        return slug.isEmpty() ? "task" : slug;
    }

    private static boolean endsInSuffix(String fileName) {
        int start = fileName.length() - SUFFIX.length();
        return fileName.regionMatches(true, start, SUFFIX, 0, SUFFIX.length());
    }
}
