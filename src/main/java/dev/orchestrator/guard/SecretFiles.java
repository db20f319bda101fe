package dev.orchestrator.guard;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names of files and directories that are likely to hold passwords and keys. No agent reads or changes them, wherever they
 * lie. A name may have {@code *} in it for any text. Pure.
 */
public final class SecretFiles {
    /** Without {@code .env.example} and its like, which are there to be read. */
    public static final List<String> USUAL = List.of(
            ".env",
            ".env.local",
            ".env.*.local",
            ".env.dev",
            ".env.development",
            ".env.test",
            ".env.staging",
            ".env.prod",
            ".env.production",
            "*.pem",
            "*.key",
            "*.p12",
            "*.pfx",
            "*.jks",
            "*.keystore",
            "*.kdbx",
            "*.ppk",
            "id_rsa",
            "id_dsa",
            "id_ecdsa",
            "id_ed25519",
            ".netrc",
            "_netrc",
            ".pgpass",
            ".pypirc",
            ".git-credentials",
            ".htpasswd",
            "credentials.json",
            ".credentials.json",
            ".ssh",
            ".gnupg",
            ".aws",
            ".azure",
            ".kube",
            ".docker",
            ".gcloud");

    private final List<String> names;

    public SecretFiles(List<String> names) {
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** As they were given, in lower case. */
    public List<String> names() {
        return names;
    }

    /** The name in {@code path} that looks like one. */
    public Optional<String> in(Path path) {
        for (Path each : path) {
            String name = each.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
            if (names.stream().anyMatch(pattern -> matches(pattern, name))) {
                return Optional.of(each.toString());
            }
        }
        return Optional.empty();
    }

    /** Greedy with one point to come back to, so that no name takes long. */
    private static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int retry = -1;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
