package dev.orchestrator.testkit.disk;

import java.util.Random;

/** What a power cut takes of that which was not synced. Asked once for each change, in order. */
public interface DiskLoss {
    boolean keepsName();

    boolean keepsContent();

    /** How much of an unsynced write that is kept comes to the disk. */
    default int kept(int length) {
        return length;
    }

    static DiskLoss of(boolean keepsNames, boolean keepsContent) {
        return new DiskLoss() {
            @Override
            public boolean keepsName() {
                return keepsNames;
            }

            @Override
            public boolean keepsContent() {
                return keepsContent;
            }
        };
    }

    /** Anything may be lost, and every eighth write is torn. */
    static DiskLoss random(Random random) {
        return new DiskLoss() {
            @Override
            public boolean keepsName() {
                return random.nextBoolean();
            }

            @Override
            public boolean keepsContent() {
                return random.nextBoolean();
            }

            @Override
            public int kept(int length) {
                return random.nextInt(8) == 0 ? random.nextInt(length + 1) : length;
            }
        };
    }
}
