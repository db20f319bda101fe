package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.run.LineFramer;
import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.secret.Redactor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a run left behind, written down in a test. */
final class Evidence {
    static final String KNOWN = "host=db user=shop password=correct horse battery staple";
    private static final Redactor REDACTOR = Redactor.of(Map.of("SHOP_SECRET", KNOWN), List.of());

    private Evidence() {}

    static RunEvidence of(RunEnd.Cause cause, int exit, String stream, String stderr) {
        return of(cause, exit, stream, stderr, false, Instant.EPOCH, null);
    }

    static RunEvidence of(
            RunEnd.Cause cause,
            int exit,
            String stream,
            String stderr,
            boolean resumed,
            Instant now,
            @Nullable String wanted) {
        return new RunEvidence(
                new RunEnd(cause, OptionalInt.of(exit)),
                read(stream),
                stderr,
                resumed,
                now,
                ZoneOffset.UTC,
                REDACTOR,
                wanted);
    }

    static Transcript read(String stream) {
        Transcript transcript = new Transcript();
        LineFramer framer = new LineFramer(1 << 20, transcript::line);
        framer.feed(ByteBuffer.wrap(stream.getBytes(StandardCharsets.UTF_8)));
        framer.finish();
        return transcript;
    }
}
