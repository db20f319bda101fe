package dev.orchestrator;

import java.security.SecureRandom;
import java.util.Base64;

/** Texts that nobody can guess. */
final class Secrets {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** Letters, digits, {@code -} and {@code _}: fit for an address. */
    static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
