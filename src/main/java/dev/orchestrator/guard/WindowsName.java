package dev.orchestrator.guard;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Paths that mean something else on Windows than they seem to. Pure, and the same on every platform, so that it can be
 * tested everywhere.
 */
final class WindowsName {
    private static final Pattern DEVICE =
            Pattern.compile("(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³])([. ].*)?");
    private static final Pattern SHORT = Pattern.compile(".*~[0-9]+(\\..*)?");
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z]:[\\\\/].*", Pattern.DOTALL);
    private static final Pattern SEPARATORS = Pattern.compile("[\\\\/]+");

    private WindowsName() {}

    /** Why nobody should open {@code path}, a clause; empty when its names are plain ones. */
    static Optional<String> problem(String path) {
        if (path.startsWith("\\\\") || path.startsWith("//")) {
            return Optional.of("it names a share or a device");
        }
        boolean absolute = ABSOLUTE.matcher(path).matches();
        String names = absolute ? path.substring(2) : path;
        if (!absolute && (path.startsWith("\\") || path.startsWith("/"))) {
            return Optional.of("it names no drive");
        }
        if (names.indexOf(':') >= 0) {
            return Optional.of("it has a colon, which names a stream of a file or a place on another drive");
        }
        for (String name : SEPARATORS.split(names)) {
            Optional<String> problem = problemOfName(name);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problemOfName(String name) {
        if (name.equals(".") || name.equals("..")) {
            return Optional.empty();
        }
        if (name.endsWith(".") || name.endsWith(" ")) {
            return Optional.of("a name in it ends with a dot or a space, which the system drops");
        }
        return DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches()
                ? Optional.of("it names a device")
                : Optional.empty();
    }

    /** True for the second name that the system makes for a long one. */
    static boolean isShort(String name) {
        return SHORT.matcher(name).matches();
    }
}
