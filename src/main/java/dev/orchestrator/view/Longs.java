package dev.orchestrator.view;

import java.util.Arrays;

/** Many numbers in no order, without an object for each. For one thread. */
final class Longs {
    private long[] values = new long[16];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    void addAll(Longs other) {
        int both = size + other.size;
        if (both > values.length) {
            values = Arrays.copyOf(values, Math.max(both, size * 2));
        }
        System.arraycopy(other.values, 0, values, size, other.size);
        size = both;
    }

    long[] all() {
        return Arrays.copyOf(values, size);
    }

    Spread<Long> spread() {
        Arrays.sort(values, 0, size);
        long total = 0;
        for (int i = 0; i < size; i++) {
            total += values[i];
        }
        return size == 0
                ? new Spread<>(0, 0L, null, null, null, null, null)
                : new Spread<>(size, total, percent(50), percent(90), percent(95), percent(99), values[size - 1]);
    }

    private long percent(int percent) {
        return values[NearestRank.index(percent, size)];
    }
}
