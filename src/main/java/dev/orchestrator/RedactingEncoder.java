package dev.orchestrator;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.orchestrator.secret.Redactor;
import java.nio.charset.StandardCharsets;

/** Hides secrets in what is logged, in whatever part of a message or a stack trace they are. */
final class RedactingEncoder extends LayoutWrappingEncoder<ILoggingEvent> {
    private final Redactor redactor;

    RedactingEncoder(Context context, String pattern, Redactor redactor) {
        this.redactor = redactor;
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(pattern);
        layout.getInstanceConverterMap().put("msg", () -> new Message(redactor));
        layout.start();
        setContext(context);
        setLayout(layout);
        setCharset(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return redactor.redact(super.encode(event));
    }

    /** Before its line breaks are taken out, by which a key of many lines is known. */
    private static final class Message extends MessageConverter {
        private final Redactor redactor;

        Message(Redactor redactor) {
            this.redactor = redactor;
        }

        @Override
        public String convert(ILoggingEvent event) {
            return redactor.redact(super.convert(event));
        }
    }
}
