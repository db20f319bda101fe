package dev.orchestrator.view;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Many amounts of money in no order; never a {@code double} on the way. For one thread. */
final class Amounts {
    private final List<BigDecimal> values = new ArrayList<>();

    void add(BigDecimal value) {
        values.add(value);
    }

    void addAll(Amounts other) {
        values.addAll(other.values);
    }

    Spread<BigDecimal> spread() {
        values.sort(null);
        BigDecimal total = BigDecimal.ZERO;
        for (BigDecimal value : values) {
            total = total.add(value);
        }
        return values.isEmpty()
                ? new Spread<>(0, total, null, null, null, null, null)
                : new Spread<>(
                        values.size(),
                        total,
                        percent(50),
                        percent(90),
                        percent(95),
                        percent(99),
                        values.get(values.size() - 1));
    }

    private BigDecimal percent(int percent) {
        return values.get(NearestRank.index(percent, values.size()));
    }
}
