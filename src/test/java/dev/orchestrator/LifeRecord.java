package dev.orchestrator;

import dev.orchestrator.testkit.disk.DiskImage;
import dev.orchestrator.testkit.disk.DiskLoss;
import dev.orchestrator.testkit.disk.DiskModel;
import dev.orchestrator.testkit.disk.DiskOperation;
import dev.orchestrator.testkit.disk.DiskOperation.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Every change that a life made on its disk, and how the disk would look had the life been cut off before any of them.
 *
 * @param before how it looked in the beginning
 */
record LifeRecord(Supplier<DiskModel> before, List<DiskOperation> log) {

    /** A disk after an end. */
    record End(int point, String how, DiskImage image) {
        /** Of what was written together, a part may be there. */
        boolean tearsWrites() {
            return how.startsWith("power cut") || how.contains("middle");
        }

        @Override
        public String toString() {
            return point + ", " + how;
        }
    }

    /** How it looked when the life was over. */
    DiskImage end() {
        return killedAt(log.size());
    }

    /** How it looked before the change {@code point}. */
    DiskImage killedAt(int point) {
        return model(point).whole();
    }

    /** All ends at {@code point}, which is the number of changes that were made before it. */
    List<End> endsAt(int point, long seed) {
        Map<String, DiskImage> ends = new LinkedHashMap<>();
        ends.put("killed", killedAt(point));
        if (point < log.size() && isTearable(log.get(point))) {
            ends.put(
                    "killed in the middle of a write",
                    model(point).apply(half(log.get(point))).whole());
        }
        ends.put("killed, and its agent ended later", withAgentsEnd(point).whole());
        ends.put("power cut, nothing kept", cut(point, DiskLoss.of(false, false)));
        ends.put("power cut, names kept", cut(point, DiskLoss.of(true, false)));
        ends.put("power cut, contents kept", cut(point, DiskLoss.of(false, true)));
        for (int i = 0; i < 2; i++) {
            Random random = new Random(seed + 31L * point + 7919L * i);
            ends.put("power cut, by chance " + i, cut(point, DiskLoss.random(random)));
        }
        List<End> all = new ArrayList<>();
        ends.forEach((how, image) -> all.add(new End(point, how, image)));
        return all;
    }

    /** The changes around {@code point}, for whoever looks for a cause. */
    String around(int point) {
        StringBuilder text = new StringBuilder();
        for (int i = Math.max(0, point - 12); i < Math.min(log.size(), point + 4); i++) {
            text.append(i == point ? "==> " : "    ")
                    .append(i)
                    .append(' ')
                    .append(log.get(i))
                    .append('\n');
        }
        return text.toString();
    }

    private DiskImage cut(int point, DiskLoss loss) {
        return model(point).after(loss);
    }

    private DiskModel model(int point) {
        DiskModel model = before.get();
        log.subList(0, point).forEach(model::apply);
        return model;
    }

    /** The daemon is gone, its agent is not, and comes to its end with nobody watching. */
    private DiskModel withAgentsEnd(int point) {
        DiskModel model = model(point);
        for (DiskOperation next : log.subList(point, log.size())) {
            if (next.foreign() && next.kind() == Kind.CREATE) {
                break;
            }
            if (next.foreign()) {
                model.apply(next);
            }
        }
        return model;
    }

    /** A line of the agent's is there or not. */
    private static boolean isTearable(DiskOperation operation) {
        return operation.kind() == Kind.WRITE && !operation.foreign();
    }

    private static DiskOperation half(DiskOperation write) {
        byte[] half = Arrays.copyOf(write.bytes(), write.bytes().length / 2);
        return new DiskOperation(Kind.WRITE, write.path(), null, write.position(), half, write.foreign());
    }
}
