package dev.orchestrator.secret;

import java.util.regex.Pattern;

/**
 * Which variables are secret, by their names. Upper and lower case are the same; a word ends where no letter follows, so
 * {@code TOKENIZERS_PARALLELISM}, {@code AUTHOR} and {@code MONKEY} are none.
 */
public final class SecretNames {
    private static final Pattern SECRET = Pattern.compile(
            // At the end of a word: GITHUB_TOKEN, PGPASSWORD, TOKEN_OLD.
            "(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL)S?(?![A-Z])"
                    + "|(API|PRIVATE|ACCESS|SESSION)[_.-]?KEYS?(?![A-Z])"
                    // A word of its own: NPM_AUTH.
                    + "|(?<![A-Z])(AUTH|DSN)(?![A-Z])"
                    // The last word, and not the only one: PWD is a directory.
                    + "|[_.-](KEY|PAT|PASS|PWD)$",
            Pattern.CASE_INSENSITIVE);

    /** What the words say is wrong here: the path of a socket, which has a random part, and what everybody may know. */
    private static final Pattern NOT_SECRET =
            Pattern.compile(".*_AUTH_SOCK|(.*[_.-])?PUBLIC[_.-]?KEY", Pattern.CASE_INSENSITIVE);

    private SecretNames() {}

    public static boolean include(String name) {
        return SECRET.matcher(name).find() && !NOT_SECRET.matcher(name).matches();
    }
}
