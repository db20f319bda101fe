package dev.orchestrator;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the JVM give memory back when there is little to do. Left alone, it takes what the machine offers in a busy minute
 * and keeps it for the rest of the night. The options can be set while it runs, so that {@code java -jar} is enough.
 */
final class HeapReturn {
    private static final Logger log = LoggerFactory.getLogger(HeapReturn.class);

    private HeapReturn() {}

    /** Has no effect on a JVM that knows no such options, or collects by other means than G1. */
    static void enable() {
        try {
            HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            // Collects, at the side, when nothing has been collected for half a minute; a few milliseconds of work.
            jvm.setVMOption("G1PeriodicGCInterval", "30000");
            // What is free beyond a third of the heap goes back to the system.
            jvm.setVMOption("MinHeapFreeRatio", "10");
            jvm.setVMOption("MaxHeapFreeRatio", "30");
        } catch (RuntimeException | LinkageError e) {
            log.debug("This JVM keeps the memory that it once had: {}", e.toString());
        }
    }
}
