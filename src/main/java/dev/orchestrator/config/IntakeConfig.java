package dev.orchestrator.config;

import java.time.Duration;

/**
 * How task files are taken in.
 *
 * @param debounce how long a file must rest before it is read
 * @param scanInterval between two looks at the whole directory
 * @param maxFileSize of one task file, in bytes
 * @param maxQueued accepted tasks that may wait; further files stay where they are
 */
public record IntakeConfig(Duration debounce, Duration scanInterval, long maxFileSize, int maxQueued) {

    static IntakeConfig from(Values values) {
        return new IntakeConfig(
                values.get(Settings.INTAKE_DEBOUNCE),
                values.get(Settings.INTAKE_SCAN_INTERVAL),
                values.get(Settings.INTAKE_MAX_FILE_SIZE),
                values.get(Settings.INTAKE_MAX_QUEUED));
    }
}
