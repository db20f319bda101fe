package dev.orchestrator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.orchestrator.secret.Redactor;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The operator log: a rolling file, and unless it is to be quiet the same lines on standard error. Only the daemon has one;
 * for every other command whatever logs, such as a library, is silent.
 */
final class Logging {
    /** Names of files come into messages: what a terminal obeys, or looks like a line of its own, is not written. */
    private static final String OBEYED = "[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]";
    /** The same for stack traces, whose line breaks and tabs stay. */
    private static final String OBEYED_IN_LINES =
            "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]";

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level [%thread] %logger{0} - "
            + "%replace(%msg){'" + OBEYED + "', '?'}%n%replace(%ex){'" + OBEYED_IN_LINES + "', '?'}%nopex";
    private static final String FILE_SIZE = "5MB";
    private static final int FILES_KEPT = 5;
    private static final String PROVIDER = "slf4j.provider";

    private Logging() {}

    /**
     * Keeps SLF4J from starting Logback, which without a configuration prints on standard output. Before anything asks for
     * a logger.
     */
    static void silence() {
        System.setProperty(PROVIDER, "org.slf4j.helpers.NOP_FallbackServiceProvider");
        // SLF4J itself would print that it was told so.
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    /**
     * Nothing may have asked for a logger before, or it stays silent.
     *
     * @param redactor hides what no line may say
     */
    static void start(Path file, org.slf4j.event.Level level, boolean quiet, Redactor redactor) {
        System.clearProperty(PROVIDER);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.convertAnSLF4JLevel(level));
        // It writes a stack trace for each rule of a .gitignore that it does not understand, and anybody may write
        // thousands.
        context.getLogger("org.eclipse.jgit").setLevel(Level.OFF);
        root.addAppender(rollingFile(context, file, redactor));
        if (!quiet) {
            root.addAppender(console(context, redactor));
        }
    }

    /** What was started writes from now on what is at least this grave. */
    static void level(org.slf4j.event.Level level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.convertAnSLF4JLevel(level));
        }
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context, Redactor redactor) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        return started(console, context, redactor);
    }

    private static RollingFileAppender<ILoggingEvent> rollingFile(LoggerContext context, Path file, Redactor redactor) {
        RollingFileAppender<ILoggingEvent> appender = new OperatorLogFile();
        appender.setContext(context);
        appender.setFile(file.toString());
        FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(appender);
        window.setFileNamePattern(file + ".%i");
        window.setMinIndex(1);
        window.setMaxIndex(FILES_KEPT);
        window.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> bySize = new SizeBasedTriggeringPolicy<>();
        bySize.setContext(context);
        bySize.setMaxFileSize(FileSize.valueOf(FILE_SIZE));
        bySize.start();
        appender.setRollingPolicy(window);
        appender.setTriggeringPolicy(bySize);
        return started(appender, context, redactor);
    }

    private static <A extends OutputStreamAppender<ILoggingEvent>> A started(
            A appender, LoggerContext context, Redactor redactor) {
        RedactingEncoder encoder = new RedactingEncoder(context, PATTERN, redactor);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
