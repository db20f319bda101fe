import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is said about a series of measurements. */
final class Numbers {
    private Numbers() {}

    static double percentile(List<Double> values, int percent) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.ceil(percent / 100.0 * sorted.length) - 1];
    }

    static double median(List<Double> values) {
        return percentile(values, 50);
    }

    static String all(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%.1f", value))
                .collect(Collectors.joining(", "));
    }
}
