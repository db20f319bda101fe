package dev.orchestrator.intake.file;

import org.jspecify.annotations.Nullable;

/**
 * Why a task file was not understood, in words for the person who wrote it.
 *
 * @param reason what is wrong; a front matter value is named as {@code key: 'value'}, cut and with control characters
 *     made visible
 * @param line of the file, counted from 1; null when the problem is the file as a whole
 * @param remedy what to change
 */
public record Rejection(String reason, @Nullable Integer line, String remedy) {

    /** The same, with the line that is to blame. */
    public Rejection inLine(@Nullable Integer blamed) {
        return new Rejection(reason, blamed, remedy);
    }
}
