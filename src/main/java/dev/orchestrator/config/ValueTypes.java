package dev.orchestrator.config;

import dev.orchestrator.config.ValueType.Kind;
import dev.orchestrator.mediator.ollama.OllamaAddress;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.slf4j.event.Level;

/** The types that settings have. */
final class ValueTypes {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,9}");
    /** Bounded, because a number such as 1e999999999 is short to write and long to print. */
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,6})?");

    private static final Pattern VARIABLE_GLOB = Pattern.compile("[^=\\s,]+");
    /** One name, with nothing in it that has a meaning of its own in a permission rule. */
    private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\()\\[\\]{}?!,\\p{Cntrl}]+");

    private static final List<String> YES = List.of("true", "yes", "on", "1");
    private static final List<String> NO = List.of("false", "no", "off", "0");

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private ValueTypes() {}

    static ValueType<String> text() {
        return ValueType.single("a text in one line", ValueTypes::parseText, Function.identity());
    }

    static ValueType<List<String>> commandLine() {
        return new ValueType<>(
                "a program and its arguments, as a list in YAML or as a text; what a shell is to do, sh -c '...'",
                CommandLines::parse,
                CommandLines::print,
                Kind.COMMAND_LINE);
    }

    static ValueType<Secret> secret() {
        return new ValueType<>("a text in one line", text -> new Secret(parseText(text)), Secret::reveal, Kind.SECRET);
    }

    static ValueType<Integer> wholeNumber(int min, int max) {
        return ValueType.single(
                "a whole number from " + min + " to " + max,
                text -> within(parseWholeNumber(text), min, max, String::valueOf),
                String::valueOf);
    }

    static ValueType<BigDecimal> amount() {
        return ValueType.single("an amount above 0 such as 2.50", ValueTypes::parseAmount, BigDecimal::toPlainString);
    }

    /** A duration above zero. */
    static ValueType<Duration> duration() {
        return ValueType.single(
                Durations.FORM,
                text -> within(Durations.parse(text), SHORTEST, Durations.LONGEST, Durations::print),
                Durations::print);
    }

    static ValueType<Duration> durationOrZero() {
        return ValueType.single(Durations.FORM + ", or 0s", Durations::parse, Durations::print);
    }

    static ValueType<Long> size(long min, long max) {
        return ValueType.single(
                Sizes.FORM + ", from " + Sizes.print(min) + " to " + Sizes.print(max),
                text -> within(Sizes.parse(text), min, max, Sizes::print),
                Sizes::print);
    }

    static ValueType<Boolean> yesOrNo() {
        return ValueType.single("true or false", ValueTypes::parseYesOrNo, String::valueOf);
    }

    static ValueType<OllamaAddress> ollamaAddress() {
        return ValueType.single(
                "an address as `OLLAMA_HOST` has it: a host, a port, both, or a URL",
                OllamaAddress::parse,
                OllamaAddress::toString);
    }

    static ValueType<Level> level() {
        return choice("a log level", Level.class);
    }

    /** One of the names of an enumeration, in lower case. */
    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        return choice("one of them", type);
    }

    private static <E extends Enum<E>> ValueType<E> choice(String what, Class<E> type) {
        E[] choices = type.getEnumConstants();
        String names = Arrays.stream(choices).map(ValueTypes::printName).collect(Collectors.joining(", "));
        return ValueType.single(
                "one of " + names,
                text -> Arrays.stream(choices)
                        .filter(each -> each.name().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("is not " + what)),
                ValueTypes::printName);
    }

    static ValueType<Path> path() {
        return ValueType.single("a path; a relative one starts at the home", ValueTypes::parsePath, Path::toString);
    }

    static ValueType<List<Path>> paths() {
        return listOf("paths; relative ones start at the home", path());
    }

    static ValueType<List<String>> variableGlobs() {
        return listOf(
                "names of environment variables, in which * stands for any text",
                ValueType.single("", ValueTypes::parseVariableGlob, Function.identity()));
    }

    /** Names in which {@code *} stands for any text; without what would mean something else in a permission rule. */
    static ValueType<List<String>> fileNames() {
        return listOf(
                "names of files, in which * stands for any text",
                ValueType.single("", ValueTypes::parseFileName, Function.identity()));
    }

    /** Some of the names of an enumeration, in lower case. */
    static <E extends Enum<E>> ValueType<List<E>> choices(Class<E> type) {
        ValueType<E> one = choice(type);
        return listOf("words, each " + one.form(), one);
    }

    static ValueType<List<Long>> userNumbers() {
        return listOf(
                "numbers of users", ValueType.single("a number above 0", ValueTypes::parseUserNumber, String::valueOf));
    }

    private static Long parseUserNumber(String text) {
        if (!text.strip().matches("[1-9]\\d{0,17}")) {
            throw new IllegalArgumentException(
                    text.strip().startsWith("-")
                            ? "is the number of a group, where nobody is heard"
                            : "is no such number");
        }
        return Long.valueOf(text.strip());
    }

    /** Of somebody who takes what is posted there. */
    static ValueType<String> webAddress() {
        return new ValueType<>(
                "an address that begins with https:// or http://",
                ValueTypes::parseWebAddress,
                Function.identity(),
                Kind.ADDRESS);
    }

    /** Of a web address the part that says where it leads; {@code ***} for the rest. */
    static String server(String address) {
        HttpUrl url = HttpUrl.parse(address);
        if (url == null) {
            return address.isEmpty() ? address : Secret.MASK;
        }
        String server = url.newBuilder()
                .encodedPath("/")
                .query(null)
                .fragment(null)
                .build()
                .toString();
        return url.toString().equals(server) ? address : server + Secret.MASK;
    }

    private static String parseWebAddress(String text) {
        HttpUrl url = text.matches("(?i)https?://.*") ? HttpUrl.parse(text) : null;
        if (url == null) {
            throw new IllegalArgumentException("is no such address");
        }
        if (!url.password().isEmpty() || !url.username().isEmpty()) {
            throw new IllegalArgumentException("has a user in it, which would be shown; leave it out");
        }
        return text;
    }

    /** Of a server that says by itself what lies where. */
    static ValueType<String> server() {
        return ValueType.single("an address of a server, without a path", ValueTypes::parseServer, Function.identity());
    }

    private static String parseServer(String text) {
        HttpUrl url = HttpUrl.get(parseWebAddress(text));
        if (!url.encodedPath().equals("/") || url.query() != null || url.fragment() != null) {
            throw new IllegalArgumentException("has more than the name of a server and a port in it");
        }
        return text;
    }

    private static <T> ValueType<List<T>> listOf(String items, ValueType<T> item) {
        return new ValueType<>(
                "a comma-separated list of " + items,
                text -> Arrays.stream(text.split(","))
                        .filter(part -> !part.isBlank())
                        .map(item::parse)
                        .toList(),
                values -> values.stream().map(item::print).collect(Collectors.joining(",")),
                Kind.LIST);
    }

    private static <T extends Comparable<T>> T within(T value, T min, T max, Function<T, String> printer) {
        if (value.compareTo(min) < 0) {
            throw new IllegalArgumentException("is below " + printer.apply(min) + ", the smallest allowed value");
        }
        if (value.compareTo(max) > 0) {
            throw new IllegalArgumentException("is above " + printer.apply(max) + ", the largest allowed value");
        }
        return value;
    }

    private static String parseFileName(String text) {
        require(FILE_NAME.matcher(text).matches(), "is no name of a file; a path is not either");
        return text;
    }

    private static String parseText(String text) {
        require(!text.isEmpty(), "is empty");
        require(text.chars().noneMatch(Character::isISOControl), "holds a control character");
        return text;
    }

    private static boolean parseYesOrNo(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        boolean yes = YES.contains(folded);
        require(yes || NO.contains(folded), "is neither true nor false");
        return yes;
    }

    private static int parseWholeNumber(String text) {
        require(WHOLE_NUMBER.matcher(text).matches(), "is not a whole number of at most nine digits");
        return Integer.parseInt(text);
    }

    private static BigDecimal parseAmount(String text) {
        require(AMOUNT.matcher(text).matches(), "is not an amount");
        BigDecimal amount = new BigDecimal(text);
        require(amount.signum() > 0, "is not above 0");
        return amount;
    }

    private static String printName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Path parsePath(String text) {
        parseText(text);
        require(!text.matches("~([/\\\\].*)?"), "starts with ~, which only a shell replaces by your home directory");
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is not a path on this system: " + e.getReason(), e);
        }
    }

    private static String parseVariableGlob(String text) {
        require(VARIABLE_GLOB.matcher(text).matches(), "has an entry that cannot be the name of a variable");
        return text;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
