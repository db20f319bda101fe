package dev.orchestrator.cli;

import dev.orchestrator.guard.project.Hook;
import dev.orchestrator.guard.project.ProjectFiles;
import dev.orchestrator.guard.project.ProjectSettings;
import dev.orchestrator.guard.project.ProjectTrust;
import dev.orchestrator.guard.project.Server;
import dev.orchestrator.guard.project.TrustedDirectories;
import dev.orchestrator.guard.project.TrustedDirectory;
import dev.orchestrator.guard.project.Unusable;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "trust",
        mixinStandardHelpOptions = true,
        description =
                "Shows the hooks and MCP servers that a repository brings along; with --yes they count for tasks in"
                        + " it, until they change.")
final class TrustCommand extends HomeCommand {
    /** All of it: what is cut off would be trusted unseen. */
    private static final int LONGEST_SHOWN = Integer.MAX_VALUE;

    private final TimeSource time;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "The top of the repository: what has .claude/.")
    private @Nullable String directory;

    @Option(names = "--yes", description = "Trust them as they are now.")
    private boolean yes;

    @Option(names = "--list", description = "Show which directories are trusted.")
    private boolean list;

    @Option(names = "--revoke", paramLabel = "DIR", description = "Trust this one no longer.")
    private @Nullable String revoked;

    TrustCommand(TimeSource time) {
        this.time = time;
    }

    @Override
    public Integer call() throws IOException {
        int wishes = (directory == null ? 0 : 1) + (list ? 1 : 0) + (revoked == null ? 0 : 1);
        if (wishes != 1 || (yes && directory == null)) {
            throw usage("Say one of: trust DIR [--yes], trust --list, trust --revoke DIR.");
        }
        TrustedDirectories trusted = new TrustedDirectories(home().trusted());
        if (directory != null) {
            return show(real(directory), trusted).code();
        }
        return (revoked == null ? list(trusted) : revoke(revoked, trusted)).code();
    }

    private ExitCode show(Path top, TrustedDirectories trusted) throws IOException {
        try {
            ProjectFiles files = ProjectFiles.read(top);
            ProjectSettings settings = ProjectSettings.of(files);
            if (settings.hooks().isEmpty() && settings.servers().isEmpty()) {
                settings.leftOut().forEach(this::leftOut);
                throw new CommandFailed(
                        ExitCode.FAILED,
                        top + " brings no hooks and no MCP servers along that could count. Name the directory that has"
                                + " .claude/settings.json or .mcp.json.");
            }
            print(top, settings);
            if (!yes) {
                throw new CommandFailed(
                        ExitCode.FAILED,
                        "Nothing is trusted by that. If you want all of it: orchestrator --home \"" + home().root()
                                + "\" trust \"" + top + "\" --yes");
            }
            trusted.add(new TrustedDirectory(top.toString(), files.sha256(), time.now()));
            out().println("Trusted, as it is now. Permissions, environment and the rest of its settings do not count.");
            return ExitCode.DONE;
        } catch (Unusable e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    top + " cannot be trusted: " + Shown.line(e.problem(), LONGEST_SHOWN)
                            + ". Mend that, then run `trust` again.");
        }
    }

    private void print(Path top, ProjectSettings settings) {
        out().println("In tasks in " + Shown.line(top.toString(), LONGEST_SHOWN) + " these would run, as you:");
        for (Hook hook : settings.hooks()) {
            String about = hook.matcher() == null || hook.matcher().isEmpty() ? "" : " (" + hook.matcher() + ")";
            String only = hook.condition() == null ? "" : " if " + hook.condition();
            out().println("  hook    " + shown(hook.event() + about + only) + ": " + shown(hook.command()));
        }
        for (Server server : settings.servers()) {
            out().println("  server  " + server.name() + ": " + shown(server.shown()));
        }
        settings.leftOut().forEach(this::leftOut);
        out().println("What they read and start outside of .claude/ is not looked at, and a task may change it.");
    }

    private void leftOut(String what) {
        out().println("  left out: " + shown(what));
    }

    private static String shown(String text) {
        return Shown.line(text, LONGEST_SHOWN);
    }

    private ExitCode list(TrustedDirectories trusted) throws IOException {
        for (TrustedDirectory known : trusted.all()) {
            Optional<String> problem = ProjectTrust.problem(known);
            out().println(shown(known.directory()) + "  since " + Shown.time(known.trustedAt()) + " UTC"
                    + problem.map(why -> ", off: " + shown(why)).orElse(""));
        }
        if (trusted.all().isEmpty()) {
            out().println("No directory is trusted: settings of repositories are off.");
        }
        return ExitCode.DONE;
    }

    private ExitCode revoke(String text, TrustedDirectories trusted) throws IOException {
        Path given = path(text).toAbsolutePath().normalize();
        // One that is gone, or has become a link, is known by the name it had.
        boolean known = (Files.exists(given) && trusted.remove(given.toRealPath())) || trusted.remove(given);
        if (!known) {
            throw new CommandFailed(ExitCode.FAILED, given + " was not trusted. `trust --list` shows which are.");
        }
        out().println("No longer trusted: " + shown(given.toString()));
        return ExitCode.DONE;
    }

    private static Path real(String text) throws IOException {
        Path given = path(text);
        if (!Files.isDirectory(given)) {
            throw new CommandFailed(ExitCode.USAGE, "There is no directory " + given + ".");
        }
        return given.toRealPath();
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CommandFailed(ExitCode.USAGE, "'" + Shown.line(text, 200) + "' is not a path on this system.");
        }
    }
}
