package dev.orchestrator;

import java.security.SecureRandom;
import java.util.Base64;

/** Texts that nobody can guess. */
final class Unguessable {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Unguessable() {}

    /** Letters, digits, {@code -} and {@code _}: fit for an address. */
    static String text() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
