package dev.orchestrator;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import dev.orchestrator.files.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;

/** A rolling file that is private, each time it is begun anew. */
final class OperatorLogFile extends RollingFileAppender<ILoggingEvent> {
    @Override
    public void openFile(String name) throws IOException {
        // The appender only goes on with what is there.
        PrivateFile.create(Path.of(name));
        super.openFile(name);
    }
}
