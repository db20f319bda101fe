package dev.orchestrator.guard.manifest;

import dev.orchestrator.guard.manifest.FileStat.Kind;
import dev.orchestrator.guard.manifest.Manifest.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A manifest as text. The first line names format and version, the last one counts those between them: without it the
 * text is torn. Before the entries come the texts of git's ignore files, see {@link IgnoreFiles}, each with its directory and a tab
 * before it ({@code exclude} for the rules of a clone). An entry is kind (file, link, other, directory), permissions (octal), size, modified, changed, inode, git blob or {@code -},
 * and the path, which for a link ends in a tab and the target. Sample:
 *
 * <pre>
 * orchestrator-manifest 2
 * directory file:///home/me/project/
 * gap private
 * exclude 	*.local\n
 * gitignore src	*.class\n
 * f 644 812 1763821501120000000 1763821501120000000 1048 5f2a09c1e8f6d1a1c6c0c1f3a1b2c3d4e5f60718 src/login.py
 * l 777 8 1763821501120000000 1763821501120000000 1049 - src/latest	login.py
 * end 5
 * </pre>
 *
 * In texts from outside, a backslash, a line break and a tab are written {@code \\}, {@code \n}, {@code \r} and
 * {@code \t}.
 */
final class ManifestLines {
    private static final String HEADER = "orchestrator-manifest 2";
    private static final String DIRECTORY = "directory ";
    private static final String GAP = "gap ";
    private static final String EXCLUDE = "exclude ";
    private static final String GITIGNORE = "gitignore ";
    private static final String END = "end ";
    private static final String NO_BLOB = "-";
    private static final int OCTAL = 8;

    private ManifestLines() {}

    static void write(Manifest manifest, Writer out) throws IOException {
        out.write(HEADER + '\n' + DIRECTORY + manifest.directory().toUri() + '\n');
        for (String gap : manifest.gaps()) {
            out.write(GAP + escaped(gap) + '\n');
        }
        write(EXCLUDE, manifest.ignoreFiles().excludes(), out);
        write(GITIGNORE, manifest.ignoreFiles().gitignores(), out);
        StringBuilder line = new StringBuilder();
        for (Entry entry : manifest.entries()) {
            line.setLength(0);
            append(line, entry);
            out.append(line);
        }
        out.write(END + parts(manifest.entries(), manifest.gaps(), manifest.ignoreFiles()) + '\n');
    }

    private static void write(String keyword, SortedMap<String, String> texts, Writer out) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            out.write(keyword + escaped(text.getKey()) + '\t' + escaped(text.getValue()) + '\n');
        }
    }

    /** Empty when the text is not what {@link #write} writes, from its first line to its last. */
    static Optional<Manifest> read(BufferedReader in) throws IOException {
        try {
            return Optional.of(parse(in));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | FileSystemNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Manifest parse(BufferedReader in) throws IOException {
        require(HEADER.equals(in.readLine()));
        Path directory = Path.of(URI.create(after(DIRECTORY, in.readLine())));
        List<String> gaps = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        String line = in.readLine();
        for (; line != null && line.startsWith(GAP); line = in.readLine()) {
            gaps.add(unescaped(after(GAP, line)));
        }
        SortedMap<String, String> excludes = new TreeMap<>();
        for (; line != null && line.startsWith(EXCLUDE); line = in.readLine()) {
            addText(after(EXCLUDE, line), excludes);
        }
        SortedMap<String, String> gitignores = new TreeMap<>();
        for (; line != null && line.startsWith(GITIGNORE); line = in.readLine()) {
            addText(after(GITIGNORE, line), gitignores);
        }
        for (; line != null && !line.startsWith(END); line = in.readLine()) {
            entries.add(entry(line));
        }
        IgnoreFiles ignoreFiles = new IgnoreFiles(excludes, gitignores);
        require(Integer.parseInt(after(END, line)) == parts(entries, gaps, ignoreFiles) && in.readLine() == null);
        return Manifest.of(directory, entries, gaps, ignoreFiles);
    }

    private static int parts(List<Entry> entries, List<String> gaps, IgnoreFiles ignoreFiles) {
        return entries.size()
                + gaps.size()
                + ignoreFiles.excludes().size()
                + ignoreFiles.gitignores().size();
    }

    private static void addText(String line, SortedMap<String, String> texts) {
        int tab = line.indexOf('\t');
        texts.put(unescaped(line.substring(0, tab)), unescaped(line.substring(tab + 1)));
    }

    private static void append(StringBuilder line, Entry entry) {
        FileStat stat = entry.stat();
        line.append(letter(stat.kind())).append(' ');
        line.append(Integer.toOctalString(stat.permissions())).append(' ');
        line.append(stat.size()).append(' ');
        line.append(stat.modified()).append(' ');
        line.append(stat.changed()).append(' ');
        line.append(stat.inode()).append(' ');
        line.append(entry.blob() == null ? NO_BLOB : entry.blob().name()).append(' ');
        line.append(escaped(entry.path()));
        if (stat.target() != null) {
            line.append('\t').append(escaped(stat.target()));
        }
        line.append('\n');
    }

    private static Entry entry(String line) {
        String[] fields = line.split(" ", 8);
        int tab = fields[7].indexOf('\t');
        String target = tab < 0 ? null : unescaped(fields[7].substring(tab + 1));
        String path = unescaped(tab < 0 ? fields[7] : fields[7].substring(0, tab));
        FileStat stat = new FileStat(
                kind(fields[0]),
                Integer.parseInt(fields[1], OCTAL),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]),
                Long.parseLong(fields[5]),
                target);
        return new Entry(path, stat, NO_BLOB.equals(fields[6]) ? null : ObjectId.fromString(fields[6]));
    }

    private static char letter(Kind kind) {
        return switch (kind) {
            case FILE -> 'f';
            case SYMLINK -> 'l';
            case OTHER -> 'o';
            case DIRECTORY -> 'd';
        };
    }

    private static Kind kind(String letter) {
        return switch (letter) {
            case "f" -> Kind.FILE;
            case "l" -> Kind.SYMLINK;
            case "o" -> Kind.OTHER;
            case "d" -> Kind.DIRECTORY;
            default -> throw new IllegalArgumentException("unknown kind " + letter);
        };
    }

    private static String after(String keyword, @Nullable String line) {
        if (line == null || !line.startsWith(keyword)) {
            throw new IllegalArgumentException("no " + keyword.strip());
        }
        return line.substring(keyword.length());
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not a whole manifest");
        }
    }

    private static String escaped(String text) {
        boolean clean =
                text.indexOf('\\') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && text.indexOf('\t') < 0;
        return clean
                ? text
                : text.replace("\\", "\\\\")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t");
    }

    private static String unescaped(String text) {
        int at = text.indexOf('\\');
        if (at < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int from = 0;
        for (; at >= 0; at = text.indexOf('\\', from)) {
            plain.append(text, from, at).append(meant(text.charAt(at + 1)));
            from = at + 2;
        }
        return plain.append(text, from, text.length()).toString();
    }

    private static char meant(char escape) {
        return switch (escape) {
            case '\\' -> '\\';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw new IllegalArgumentException("unknown escape \\" + escape);
        };
    }
}
