package dev.orchestrator.guard.staging;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a file is at one moment.
 *
 * @param bytes size of its content; of a link, of the path that it names
 * @param sha256 of that content, in hex
 * @param permissions such as {@code rw-r--r--}, for making the file anew; null where the platform has none, and for links
 */
public record Version(
        Kind kind, long bytes, String sha256, @Nullable String permissions) {

    /** What git tells apart too. */
    public enum Kind {
        FILE("100644"),
        EXECUTABLE("100755"),
        LINK("120000");

        private final String mode;

        Kind(String mode) {
            this.mode = mode;
        }

        /** Of a file that nobody has seen yet. */
        String usualPermissions() {
            return this == EXECUTABLE ? "rwxr-xr-x" : "rw-r--r--";
        }

        /** Who may read or write stays; whoever may read may run what can be run. Of a link there is nothing to stay. */
        String permissionsFrom(String known) {
            if (known.length() != "rwxrwxrwx".length()) {
                return usualPermissions();
            }
            StringBuilder all = new StringBuilder(known);
            for (int i = 0; i < all.length(); i += 3) {
                all.setCharAt(i + 2, this == EXECUTABLE && all.charAt(i) == 'r' ? 'x' : '-');
            }
            if (this == EXECUTABLE) {
                all.setCharAt(2, 'x');
            }
            return all.toString();
        }

        /** As git writes it. */
        String mode() {
            return mode;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Other permissions than those that git knows do not count. */
    static boolean same(@Nullable Version one, @Nullable Version other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.kind == other.kind && one.hasContentOf(other);
    }

    boolean hasContentOf(Version other) {
        return sha256.equals(other.sha256);
    }

    Version as(Kind other) {
        return new Version(other, bytes, sha256, permissions);
    }
}
