package dev.orchestrator.mediator.ollama;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Where Ollama listens, in all the forms that its own variable {@code OLLAMA_HOST} has, read by the same rules (<a
 * href="https://github.com/ollama/ollama/blob/main/envconfig/config.go">{@code Host} and {@code ConnectableHost}</a>): a host, a
 * port, both, either with a scheme and a path, and quotes around it. What means "all addresses" to a server means this machine
 * to a client. Whatever is taken for an address can be asked: a mistake is one of the settings, and never of a task.
 *
 * @param scheme http or https
 * @param host a name (also such as no standard allows, {@code llama_box}) in lower case, or a number; IPv6 in brackets and short
 * @param path empty, or with a slash at its beginning and none at its end
 */
public record OllamaAddress(String scheme, String host, int port, String path) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int USUAL_PORT = 11434;
    private static final int LAST_PORT = 65_535;
    private static final String CLOUD = "ollama.com";
    /** A name, an IPv4 address, or an IPv6 address in brackets; then a port. */
    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\[\\]]*]|[^:\\[\\]]*):([^:\\[\\]]*)");

    private static final Pattern IPV6 = Pattern.compile("\\[?([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)]?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~/%-]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");
    /** Of environment files, of which some programs leave them in. */
    private static final Pattern QUOTES = Pattern.compile("^[\"']+|[\"']+$");

    private static final Pattern LOOPBACKS = Pattern.compile("localhost|\\[::1]|127\\.[0-9]+\\.[0-9]+\\.[0-9]+");

    /** @throws IllegalArgumentException when {@code text} is no such address; the message ends a sentence about it */
    public static OllamaAddress parse(String text) {
        String address = QUOTES.matcher(text.strip()).replaceAll("").strip();
        if (address.indexOf('@') >= 0) {
            throw new IllegalArgumentException("has a user name in it, of which Ollama knows nothing");
        }
        int colon = address.indexOf("://");
        if (colon >= 0) {
            String scheme = address.substring(0, colon).toLowerCase(Locale.ROOT);
            return of(scheme, address.substring(colon + "://".length()), usualPort(scheme));
        }
        return address.equals(CLOUD) ? of("https", CLOUD, usualPort("https")) : of("http", address, USUAL_PORT);
    }

    private static int usualPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default ->
                throw new IllegalArgumentException("has the scheme " + scheme + ", where http or https is needed");
        };
    }

    private static OllamaAddress of(String scheme, String rest, int usualPort) {
        int slash = rest.indexOf('/');
        String hostAndPort = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash).replaceAll("/+$", "");
        Matcher parts = WITH_PORT.matcher(hostAndPort);
        boolean withPort = parts.matches();
        String host = connectable(withPort ? parts.group(1) : hostAndPort);
        int port = withPort ? port(parts.group(2), usualPort) : usualPort;
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("has a path with characters that do not belong there");
        }
        return new OllamaAddress(scheme, host, port, path);
    }

    /** What is no port is passed over, as Ollama does. */
    private static int port(String text, int usualPort) {
        int port = DIGITS.matcher(text).matches() ? Integer.parseInt(text) : -1;
        return port > 0 && port <= LAST_PORT ? port : usualPort;
    }

    /** No client can connect to "all addresses"; some systems take it for this machine, Windows does not. */
    private static String connectable(String host) {
        if (host.isEmpty()) {
            return LOOPBACK;
        }
        Matcher six = IPV6.matcher(host);
        if (!six.matches() && !NAME.matcher(host).matches()) {
            throw unreachable();
        }
        String canonical = canonical(six.matches() ? "[" + six.group(1) + "]" : host);
        return switch (canonical) {
            case "0.0.0.0" -> LOOPBACK;
            case "[::]" -> "[::1]";
            default -> canonical;
        };
    }

    /** As it will be asked, so that one host has one name. */
    private static String canonical(String host) {
        HttpUrl url = HttpUrl.parse("http://" + host + "/");
        if (url == null) {
            throw unreachable();
        }
        return url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
    }

    private static IllegalArgumentException unreachable() {
        return new IllegalArgumentException("has no host that can be connected to");
    }

    /** True when nothing that is sent there leaves this machine, as far as the address tells. */
    public boolean isLocal() {
        return LOOPBACKS.matcher(host).matches();
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port + path;
    }
}
