package dev.orchestrator.guard.sandbox;

import dev.orchestrator.guard.SecretFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a user's home directory keeps passwords and keys, by name and by place. Looks at the disk. */
public final class UserSecrets {
    private static final List<String> PLACES = List.of(
            ".config/gh",
            ".config/git/credentials",
            ".config/sops",
            ".npmrc",
            ".yarnrc.yml",
            ".s3cfg",
            ".boto",
            ".terraformrc",
            ".Xauthority",
            ".local/share/fish/fish_history",
            ".config/hub",
            ".config/gcloud",
            ".config/op",
            ".config/rclone",
            ".config/google-chrome",
            ".config/chromium",
            ".config/BraveSoftware",
            ".config/microsoft-edge",
            ".config/vivaldi",
            ".config/opera",
            // Ubuntu's own browsers, and what Flatpak installs.
            "snap/firefox",
            "snap/chromium",
            ".var/app",
            ".config/containers/auth.json",
            ".config/doctl",
            ".composer/auth.json",
            ".config/composer/auth.json",
            ".nuget/NuGet/NuGet.Config",
            ".oci",
            ".fly",
            ".local/share/keyrings",
            ".mozilla",
            ".thunderbird",
            ".password-store",
            ".vault-token",
            ".m2/settings.xml",
            ".m2/settings-security.xml",
            ".gradle/gradle.properties",
            ".cargo/credentials",
            ".cargo/credentials.toml",
            ".gem/credentials",
            ".terraform.d/credentials.tfrc.json",
            ".bash_history",
            ".zsh_history",
            ".psql_history",
            ".mysql_history",
            ".python_history",
            ".node_repl_history");

    private UserSecrets() {}

    public static List<Path> in(Path home, SecretFiles secrets) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                home, entry -> secrets.in(entry.getFileName()).isPresent())) {
            entries.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
            return List.of();
        }
        PLACES.forEach(place -> found.add(home.resolve(place)));
        return found;
    }
}
