package dev.orchestrator.guard.manifest;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * File names as text: different names give different text, the text leads back to the file, and every encoder takes it.
 *
 * <p>A POSIX name is bytes. {@code Path.toString} decodes them with the locale's charset and puts replacement characters
 * where that fails; in the C locale, which services often run in, everything but ASCII is lost that way. Here a name is
 * UTF-8; a byte that is not UTF-8 becomes {@code \xE9}, and a backslash that only looks like the start of that becomes
 * {@code \x5C}. All other names are left as they are. Half of a surrogate pair in a Windows name is written as its three
 * bytes, {@code \xED\xA0\x80}.
 */
final class NativeName {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern LOOKS_ESCAPED = Pattern.compile("\\\\(?=x[0-9A-F]{2})");
    private static final Pattern ESCAPED_SURROGATE = Pattern.compile("\\\\xED\\\\x([AB][0-9A-F])\\\\x([89AB][0-9A-F])");
    private static final boolean LOCALE_IS_UTF8 = "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
    private static final char REPLACEMENT = '\uFFFD';

    private NativeName() {}

    /** The last name of {@code path}. */
    static String of(Path path) {
        String shown = String.valueOf(path.getFileName());
        if (isPlain(shown)) {
            return shown;
        }
        if (!isBytes(path.getFileSystem())) {
            return withoutLoneSurrogates(shown);
        }
        boolean faithful = LOCALE_IS_UTF8 && shown.indexOf(REPLACEMENT) < 0;
        return faithful ? escaped(shown) : of(bytesOf(path));
    }

    /** A whole path, such as a symlink's target, as it is, with the separators of its platform. */
    static String ofAll(Path path) {
        String shown = path.toString();
        if (isPlain(shown) || !isBytes(path.getFileSystem())) {
            return withoutLoneSurrogates(shown);
        }
        StringBuilder all = new StringBuilder(path.isAbsolute() ? "/" : "");
        for (int i = 0; i < path.getNameCount(); i++) {
            all.append(i == 0 ? "" : "/").append(of(path.getName(i)));
        }
        return all.toString();
    }

    /** A POSIX name, or several with slashes between them. */
    static String of(byte[] name) {
        String ascii = new String(name, StandardCharsets.ISO_8859_1);
        return isPlain(ascii) ? ascii : decoded(name);
    }

    private static String decoded(byte[] name) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(name);
        CharBuffer decoded = CharBuffer.allocate(name.length);
        StringBuilder text = new StringBuilder(name.length);
        while (true) {
            CoderResult result = decoder.decode(in, decoded, true);
            text.append(escaped(decoded.flip().toString()));
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                appendEscaped(text, in.get());
            }
            decoded.clear();
            decoder.reset();
        }
    }

    /** The file that {@code relative}, made of names from here with forward slashes between them, stands for. */
    static Path resolve(Path directory, String relative) {
        if (isPlain(relative)) {
            return directory.resolve(relative);
        }
        if (!isBytes(directory.getFileSystem())) {
            return directory.resolve(withLoneSurrogates(relative));
        }
        String base = directory.toUri().toString();
        return Path.of(URI.create(base + (base.endsWith("/") ? "" : "/") + percentEncoded(bytesOf(relative))));
    }

    /** Where a link leads. A slash at its end is lost where a path is made of text, and not in a URI. */
    static Path target(String text) {
        Path plain = Path.of(text);
        boolean faithful = plain.toString().equals(text) && ofAll(plain).equals(text);
        if (faithful || text.isEmpty() || !isBytes(plain.getFileSystem())) {
            return plain;
        }
        String encoded = percentEncoded(bytesOf(text));
        // One slash at its end is no part of a path that a URI stands for.
        String ended = encoded.endsWith("/") ? encoded + "/" : encoded;
        Path absolute = Path.of(URI.create("file://" + (text.startsWith("/") ? "" : "/") + ended));
        return text.startsWith("/") ? absolute : absolute.subpath(0, absolute.getNameCount());
    }

    /** Only the default file system on POSIX has names of bytes; a URI is the one public way to them. */
    private static boolean isBytes(FileSystem fileSystem) {
        return fileSystem.equals(FileSystems.getDefault()) && "/".equals(fileSystem.getSeparator());
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytesOf(Path path) {
        String uri = path.toUri().getRawPath();
        int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
        String name = uri.substring(uri.lastIndexOf('/', end - 1) + 1, end);
        return unescaped(name, "%");
    }

    static byte[] bytesOf(String text) {
        return unescaped(text, "\\x");
    }

    /** Bytes of {@code text} with each {@code mark} and the two hex digits behind it taken for one byte. */
    private static byte[] unescaped(String text, String mark) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int from = 0;
        for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
            int digits = at + mark.length();
            if (at >= from && digits + 2 <= text.length() && isHex(text, digits)) {
                bytes.writeBytes(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
                bytes.write(HexFormat.fromHexDigits(text, digits, digits + 2));
                from = digits + 2;
            }
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** Upper case only, as both ways of escaping write it. */
    private static boolean isHex(String text, int at) {
        return "0123456789ABCDEF".indexOf(text.charAt(at)) >= 0 && "0123456789ABCDEF".indexOf(text.charAt(at + 1)) >= 0;
    }

    private static String percentEncoded(byte[] bytes) {
        StringBuilder encoded = new StringBuilder(bytes.length * 3);
        for (byte b : bytes) {
            if (b == '/') {
                encoded.append('/');
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static String escaped(String text) {
        return text.indexOf('\\') < 0 ? text : LOOKS_ESCAPED.matcher(text).replaceAll("\\\\x5C");
    }

    private static void appendEscaped(StringBuilder text, int value) {
        text.append("\\x").append(HEX.toHexDigits((byte) value));
    }

    private static String withoutLoneSurrogates(String text) {
        if (text.codePoints().noneMatch(NativeName::isSurrogate)) {
            return text;
        }
        StringBuilder clean = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isSurrogate(c)) {
                appendEscaped(clean, 0xED);
                appendEscaped(clean, 0x80 | (c >> 6 & 0x3F));
                appendEscaped(clean, 0x80 | (c & 0x3F));
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private static String withLoneSurrogates(String text) {
        return ESCAPED_SURROGATE.matcher(text).replaceAll(found -> {
            int high = HexFormat.fromHexDigits(found.group(1)) & 0x3F;
            int low = HexFormat.fromHexDigits(found.group(2)) & 0x3F;
            return String.valueOf((char) (0xD000 | (high << 6) | low));
        });
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
